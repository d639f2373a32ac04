"""The numbers of the metrics tab: against scikit-learn, undefined ones, several labels, held-out samples."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from sklearn import metrics as reference

from engine.activations import sigmoid
from engine.classification import class_scores
from engine.document.state import DocumentState, Settings
from engine.samples import Samples
from engine.specs import ModelSpec
from gui.document import Document
from gui.plots.metrics import feed as feed_module
from gui.plots.metrics.feed import MetricsFeed
from gui.plots.metrics.score_formulas import formula_template
from gui.plots.metrics.table import score_text
from gui.plots.metrics.words import threshold_text
from gui.plots.metrics.work import PartKeeper, Question, decision_threshold, evaluate, subject_of
from tests.gui.metrics_bench import SCALER, WEIGHTS, Bench, people_state, softmax_weights
from tests.gui.view_fakes import frame_of, snapshot_of


class TestNumbers:
    def test_the_matrix_is_scikit_learns_for_the_selected_model(self, qtbot):
        bench = Bench(qtbot)
        labels = bench.rows().class_index
        for row in (0, 1):
            bench.interaction.set_selected_model(row)
            bench.settle()
            expected = reference.confusion_matrix(labels, bench.p(row) >= 0.5)
            assert bench.tab.answers.matrix.counts.tolist() == expected.tolist()
            assert bench.tab.model_switch.key == str(row)

    def test_the_table_shows_precision_recall_f1_and_their_means(self, qtbot):
        bench = Bench(qtbot)
        labels, answer = bench.rows().class_index, bench.p() >= 0.5
        table = bench.tab.answers.table
        found = reference.precision_recall_fscore_support(labels, answer)
        for row in (0, 1):
            for values, column in zip(found[:3], ("precision", "recall", "f1"), strict=True):
                assert table.text(row, column) == f"{values[row]:.3f}"
            assert table.text(row, "support") == str(found[3][row])
        mean = reference.f1_score(labels, answer, average="macro")
        assert table.text(2, "f1") == f"{mean:.3f}"
        assert table.text(2, "support") == "90"

    def test_the_summary_names_every_model_with_its_accuracy(self, qtbot):
        bench = Bench(qtbot)
        labels = bench.rows().class_index
        shares = [f"{100 * np.mean((bench.p(row) >= 0.5) == labels):.0f} %" for row in (0, 1)]
        expected = f"Accuracy on 90 training samples (p ≥ 0.50): BCE {shares[0]}, MSE {shares[1]}."
        assert bench.summary() == f"{expected} No sample is held out."

    def test_the_curves_are_the_engines_and_the_point_is_that_of_the_answers(self, qtbot):
        bench = Bench(qtbot)
        is_positive = bench.rows().class_index == 1
        curves = bench.tab.roc.plot.content.curves
        assert [loss for loss, _ in curves] == ["mse", "bce"]  # the selected model's on top
        assert curves[1][1].area == pytest.approx(reference.roc_auc_score(is_positive, bench.p(0)))
        assert curves[0][1].area == pytest.approx(reference.roc_auc_score(is_positive, bench.p(1)))
        answer = bench.p(0) >= 0.5
        expected = (answer[~is_positive].mean(), answer[is_positive].mean())
        assert bench.tab.roc.plot.content.point == pytest.approx(expected)
        assert f"AUC {score_text(curves[1][1].area)}" in bench.tab.roc.heading.text()
        brier = reference.brier_score_loss(is_positive, bench.p(0))
        assert f"Brier {score_text(brier)}" in bench.tab.calibration.heading.text()

    def test_the_threshold_moves_the_answers_but_not_the_curve(self, qtbot):
        bench = Bench(qtbot)
        area = bench.model().roc.area
        bench.document.change_settings(threshold=0.8)
        bench.settle()
        expected = reference.confusion_matrix(bench.rows().class_index, bench.p() >= 0.8)
        assert bench.tab.answers.matrix.counts.tolist() == expected.tolist()
        assert bench.model().roc.area == area
        assert "(p ≥ 0.80)" in bench.summary()

    def test_more_classes_take_the_largest_p_and_one_class_against_the_rest(self, qtbot):
        bench = Bench(qtbot, people_state(3), softmax_weights(3))
        rows = bench.rows()
        z_scores = np.stack([*SCALER.standardize(rows.height_cm, rows.weight_kg), np.ones(len(rows))])
        z = np.reshape(bench.frame.snapshot.parameters[0], (3, 3)) @ z_scores
        p = np.exp(z) / np.exp(z).sum(axis=0)
        expected = reference.confusion_matrix(rows.class_index, p.argmax(axis=0))
        assert bench.tab.answers.matrix.counts.tolist() == expected.tolist()
        assert "(the largest p)" in bench.summary()
        for picked in (2, 1):
            bench.click(bench.tab.answers.table, bench.tab.answers.table.cell_rect(picked, "f1").center())
            assert bench.interaction.current_class == picked
            area = reference.roc_auc_score(rows.class_index == picked, p[picked])
            assert bench.model().roc.area == pytest.approx(area)
            bench.settle()
            assert bench.tab.roc.heading.text().endswith(
                f"{('underweight', 'normal', 'overweight')[picked]} against the rest"
            )

    def test_other_bins_have_equally_many_samples(self, qtbot):
        bench = Bench(qtbot)
        bench.click(bench.tab.calibration.bins_switch.button("quantile"), QPointF(5, 5))
        assert set(bench.tab.calibration.plot.curves[-1][1].count.tolist()) == {9}

    def test_formulas_have_the_counts_of_the_class_in_them(self):
        scores = class_scores(np.array([[40, 3], [5, 1200]]))
        assert formula_template("precision", scores, 1).endswith("= ⟦1,200⟧ / (⟦1,200⟧ + ⟦3⟧) = ⟦0.998⟧")
        assert formula_template("recall", scores, 0).endswith("= ⟦40⟧ / (⟦40⟧ + ⟦3⟧) = ⟦0.930⟧")
        assert formula_template("f1", scores, 0).endswith("= ⟦80⟧ / (⟦80⟧ + ⟦5⟧ + ⟦3⟧) = ⟦0.909⟧")


class TestHonesty:
    def test_what_is_not_defined_is_a_dash_with_its_reason(self, qtbot):
        bench = Bench(qtbot, parameters=[[0.0, 0.0, -1.0], [0.0, 0.0, -1.0]])  # nobody needs a diet
        table = bench.tab.answers.table
        assert table.text(1, "precision") == "–"
        assert table.text(1, "recall") == "0.000"
        assert "Never the answer: needs a diet." in bench.tab.answers.note.text()
        sentence = bench.read(table, table.cell_rect(1, "precision").center())
        assert sentence == "No sample is answered needs a diet: its precision is 0 / 0, no number."

    def test_a_class_without_samples_has_no_curve_and_says_so(self, qtbot):
        state = people_state()
        one_class = Samples.from_columns([170.0, 180.0], [60.0, 70.0], [0, 0])
        bench = Bench(qtbot, DocumentState(one_class, state.classes, state.settings))
        assert bench.tab.roc.plot.content is None
        assert bench.tab.roc.heading.text() == "A ROC curve needs samples labelled needs a diet, and others."

    def test_without_samples_there_is_a_sentence(self, qtbot):
        state = people_state()
        bench = Bench(qtbot, DocumentState(Samples(), state.classes, state.settings))
        assert bench.summary() == "There is no labelled sample to judge by."
        assert bench.tab.calibration.plot.curves == ()

    def test_weights_that_are_no_numbers_have_no_answers(self, qtbot):
        bench = Bench(qtbot, parameters=[[np.nan, 0.0, 0.0], WEIGHTS[1]])
        assert "BCE –" in bench.summary()
        assert "weights are not finite numbers" in bench.summary()
        assert bench.tab.answers.matrix.counts is None
        bench.interaction.set_selected_model(1)
        bench.settle()
        assert bench.tab.answers.matrix.counts.sum() == 90

    def test_an_undefined_p_counts_as_equally_likely_and_is_told(self, qtbot, monkeypatch):
        def undefined_for_two(model, parameters, design):
            p = np.tile([[0.2], [0.3], [0.5]], design.shape[1])
            p[:, :2] = np.nan
            return p

        monkeypatch.setattr("gui.plots.metrics.work.probabilities", undefined_for_two)
        bench = Bench(qtbot, people_state(3), softmax_weights(3))
        assert bench.model().answer.tolist() == [0, 0] + [2] * 88
        assert "2 samples without a defined p" in bench.summary()

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (np.nan, "–"),
            (1.0, "1.000"),
            (0.9999, "> 0.999"),
            (0.0, "0.000"),
            (1e-5, "< 0.001"),
            (2 / 3, "0.667"),
        ],
    )
    def test_scores_are_1_and_0_only_when_exact(self, value, text):
        assert score_text(value) == text


class TestLabelSets:
    """Samples 0 to 9 carry both labels 1 and 2, 10 to 19 none of the three; the others just their class."""

    @pytest.fixture
    def state(self) -> DocumentState:
        state = people_state(3, model="sigmoids", loss_mode="cross_entropy")
        rows = state.samples.rows
        sets = np.full(len(rows), -1, dtype=np.int16)
        sets[:10], sets[10:20] = 0b110, 0
        samples = Samples(next_id=state.samples.next_id).put(rows.with_label_sets(sets))
        return DocumentState(samples, state.classes, state.settings)

    def test_curves_know_every_label_and_the_matrix_samples_with_one(self, qtbot, state):
        bench = Bench(qtbot, state, softmax_weights(3)[:1])
        bench.interaction.set_current_class(2)
        bench.settle()
        rows = bench.rows()
        z_scores = np.stack([*SCALER.standardize(rows.height_cm, rows.weight_kg), np.ones(len(rows))])
        p = sigmoid(np.reshape(bench.frame.snapshot.parameters[0], (3, 3)) @ z_scores)
        is_two = rows.class_index == 2
        is_two[:10] = True
        assert bench.model().roc.area == pytest.approx(reference.roc_auc_score(is_two, p[2]))
        assert bench.model().reliability.count.sum() == len(rows)
        expected = reference.confusion_matrix(rows.class_index[20:], p.argmax(axis=0)[20:])
        assert bench.tab.answers.matrix.counts.tolist() == expected.tolist()
        assert "Accuracy" in bench.summary()
        assert "on 70 training samples" in bench.summary()
        assert "20 samples with several labels or none" in bench.summary()
        bench.click_cell(1, 1)
        assert min(bench.interaction.selected_ids) >= 20

    def test_other_models_leave_out_samples_without_a_class(self, qtbot, state):
        settings = Settings(model="softmax", loss_mode="cross_entropy")
        bench = Bench(qtbot, DocumentState(state.samples, state.classes, settings), softmax_weights(3)[:1])
        assert bench.model().reliability.count.sum() == 80
        assert "several labels" not in bench.summary()

    def test_compared_with_k_sigmoids_softmax_still_takes_the_class_alone(self, qtbot, state):
        settings = Settings(model="softmax", loss_mode="outputs")
        bench = Bench(qtbot, DocumentState(state.samples, state.classes, settings), softmax_weights(3))
        assert [one.reliability.count.sum() for one in bench.tab.answer.models] == [80, 90]
        assert [one.confusion.sum() for one in bench.tab.answer.models] == [70, 70]


class TestHeldOut:
    def test_the_switch_is_off_without_a_held_out_sample(self, qtbot):
        bench = Bench(qtbot)
        button = bench.tab.part_switch.button("held_out")
        assert not button.isEnabled()
        assert button.toolTip() == "No labelled sample is held out of training yet"

    def test_the_models_are_judged_by_samples_that_they_never_saw(self, qtbot):
        bench = Bench(qtbot, people_state(held_out=0.3))
        training, held_out = bench.rows(), bench.rows(held_out=True)
        assert bench.tab.answers.matrix.counts.sum() == len(training)
        bench.click(bench.tab.part_switch.button("held_out"), QPointF(5, 5))
        bench.settle()
        expected = reference.confusion_matrix(held_out.class_index, bench.p(held_out=True) >= 0.5)
        assert bench.tab.answers.matrix.counts.tolist() == expected.tolist()
        assert f"{len(held_out)} held-out samples" in bench.summary()
        bench.click_cell(0, 0)
        chosen = (held_out.class_index == 0) & (bench.p(held_out=True) < 0.5)
        assert bench.interaction.selected_ids == set(held_out.sample_id[chosen].tolist())

    def test_without_them_again_the_training_samples_are_back(self, qtbot):
        bench = Bench(qtbot, people_state(held_out=0.3))
        bench.tab.set_part("held_out")
        bench.document.remove_samples(bench.rows(held_out=True).sample_id.tolist())
        bench.show(WEIGHTS)
        assert bench.tab.answer.question.part == "training"
        assert bench.tab.part_switch.key == "training"


class TestModels:
    def test_which_threshold_decides(self):
        assert decision_threshold(ModelSpec("logistic", 2), 0.3) == 0.3
        assert decision_threshold(ModelSpec("mlp", 2, (4,)), 0.3) == 0.3
        assert decision_threshold(ModelSpec("step", 2), 0.3) == 0.5
        assert decision_threshold(ModelSpec("softmax", 3), 0.3) is None
        assert decision_threshold(ModelSpec("softmax", 2), 0.3) == 0.3
        assert decision_threshold(ModelSpec("softmax", 2), 0.5) is None

    def test_whose_curves_are_drawn(self):
        assert subject_of(ModelSpec("logistic", 2), 0) == 1
        assert subject_of(ModelSpec("softmax", 3), 2) == 2
        assert subject_of(ModelSpec("softmax", 3), 5) == 2

    def test_the_step_model_has_one_point_on_its_curve(self, qtbot):
        bench = Bench(qtbot, people_state(model="step"), [WEIGHTS[0]])
        assert bench.tab.roc.plot.curve.threshold.size == 3
        assert "(z ≥ 0)" in bench.summary()
        assert bench.tab.model_switch.isHidden()

    def test_a_threshold_is_shown_with_the_decimals_that_it_has(self):
        assert [threshold_text(value) for value in (0.5, 0.37, 0.375, 0.33337)] == [
            "0.50", "0.37", "0.375", "0.3334",
        ]  # fmt: skip


class TestManySamples:
    def test_the_background_answers_as_the_window_does(self, qtbot, monkeypatch):
        snapshot = snapshot_of(Document(people_state()), parameters=WEIGHTS, scaler=SCALER)
        question = Question(snapshot, "training", 0.4, 1, "width")
        expected = evaluate(PartKeeper(), question)
        monkeypatch.setattr(feed_module, "MOST_AT_ONCE", 10)
        feed, answers = MetricsFeed(), []
        feed.answered.connect(answers.append)
        feed.ask(question)
        assert not answers
        qtbot.waitUntil(lambda: bool(answers))
        feed.close()
        for found, other in zip(answers[0].models, expected.models, strict=True):
            assert found.confusion.tolist() == other.confusion.tolist()
            assert found.roc.area == other.roc.area

    def test_a_question_in_every_frame_does_not_starve_the_answer(self, qtbot, monkeypatch):
        monkeypatch.setattr(feed_module, "MOST_AT_ONCE", 10)
        document = Document(people_state())
        questions = [
            Question(snapshot_of(document, step, parameters=WEIGHTS), "training", 0.5, 1, "width")
            for step in range(4)
        ]
        feed, steps = MetricsFeed(), []
        feed.answered.connect(lambda answer: steps.append(answer.question.snapshot.step))
        for question in questions:
            feed.ask(question)
        qtbot.waitUntil(lambda: len(steps) == 2)
        feed.close()
        assert steps == [0, 3]  # the first is not thrown away, then comes the newest

    def test_behind_other_tabs_nothing_is_worked_out(self, qtbot):
        bench = Bench(qtbot)
        before = bench.tab.answer
        bench.tab.set_active(False)
        bench.tab.show_frame(frame_of(bench.document, parameters=WEIGHTS, step=200))
        assert bench.tab.answer is before
        bench.tab.set_active(True)
        assert bench.tab.answer.question.snapshot.step == 200

"""Step perceptron and hidden layers in the left column: what is offered, what is said, one undo each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.document.state import Settings
from engine.specs import OptimizerSpec, StartSpec
from gui.interaction import Interaction
from gui.model_choice import choose_model
from gui.panels.settings_panel import SettingsPanel
from gui.style_sheet import style_sheet
from gui.theme import Appearance, make_theme
from tests.gui.view_fakes import document_of, keep

LEFT = Qt.MouseButton.LeftButton


class Stage:
    def __init__(self, qtbot, n_classes: int = 2, **settings: object) -> None:
        self.document = document_of(n_classes, **settings)
        self.interaction = Interaction(self.document)
        self.appearance = Appearance()
        self.panel = SettingsPanel(self.document, self.interaction, self.appearance)
        keep(qtbot, self.panel, self)
        self.panel.resize(216, 700)
        with qtbot.waitExposed(self.panel):
            self.panel.show()

    @property
    def settings(self) -> Settings:
        return self.document.state.settings


def pick(combo, key: str) -> None:
    combo.showPopup()
    view = combo.view()
    index = combo.model().index(combo.findData(key), 0)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def keys_of(combo) -> list[str]:
    return [combo.itemData(row) for row in range(combo.count())]


def test_two_classes_choose_among_five_models(qtbot):
    stage = Stage(qtbot)
    combo = stage.panel.model.model
    assert keys_of(combo) == ["logistic", "softmax", "sigmoids", "step", "mlp"]
    for key in ("mlp", "step", "sigmoids", "softmax", "logistic"):
        pick(combo, key)
        assert stage.settings.model == key
        assert stage.document.state.model.kind == key
    assert stage.document.undo_stack.count() == 5


def test_hidden_layers_start_by_chance_and_one_undo_takes_all_back(qtbot):
    exact = StartSpec("exact", parameters=(5.0, -5.0, 0.0))
    stage = Stage(qtbot, start=exact)
    assert not stage.panel.model.hidden.isVisible()
    pick(stage.panel.model.model, "mlp")
    assert stage.settings.start.kind == "normal"
    assert stage.panel.model.hidden.isVisible()
    assert stage.document.undo_text == "Change the model"
    stage.document.undo_stack.undo()
    assert stage.settings.start == exact
    assert stage.settings.model == "logistic"
    assert not stage.panel.model.hidden.isVisible()


def test_exact_numbers_that_fit_the_hidden_layers_are_kept():
    document = document_of(2, hidden=(1,), start=StartSpec("exact", parameters=(1.0, 2.0, 0.0, 3.0, 0.5)))
    choose_model(document, "mlp")
    assert document.state.settings.start.kind == "exact"


def test_layers_and_units_are_counted_with_arrows_and_keys(qtbot):
    stage = Stage(qtbot, model="mlp")
    fields = stage.panel.model.hidden
    assert [spin.isVisible() for spin in fields.units] == [True, False, False]
    QTest.keyClick(fields.layers, Qt.Key.Key_Up)
    assert stage.settings.hidden == (8, 8)
    assert [spin.isVisible() for spin in fields.units] == [True, True, False]
    fields.units[1].selectAll()
    QTest.keyClicks(fields.units[1], "5")
    assert stage.settings.hidden == (8, 8)
    QTest.keyClick(fields.units[1], Qt.Key.Key_Return)
    assert stage.settings.hidden == (8, 5)
    QTest.keyClick(fields.layers, Qt.Key.Key_Up)
    assert stage.settings.hidden == (8, 5, 5)
    QTest.keyClick(fields.layers, Qt.Key.Key_Up)
    assert stage.settings.hidden == (8, 5, 5)
    assert stage.document.undo_stack.count() == 3
    stage.document.undo_stack.undo()
    assert fields.layers.value() == 2
    assert fields.units[1].value() == 5


def test_more_units_than_sixteen_are_not_taken(qtbot):
    stage = Stage(qtbot, model="mlp")
    spin = stage.panel.model.hidden.units[0]
    spin.selectAll()
    QTest.keyClicks(spin, "99")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert stage.settings.hidden == (9,)
    spin.selectAll()
    QTest.keyClicks(spin, "12")
    QTest.keyClick(spin, Qt.Key.Key_Escape)
    assert spin.value() == 9
    assert stage.settings.hidden == (9,)


def test_the_activation_is_one_command(qtbot):
    stage = Stage(qtbot, model="mlp")
    QTest.mouseClick(stage.panel.model.hidden.activation.button("relu"), LEFT)
    assert stage.document.state.model.activation == "relu"
    assert stage.document.undo_text == "Change the activation function"


def test_the_steps_only_loss_is_its_error_rate_and_the_others_say_why_not(qtbot):
    stage = Stage(qtbot)
    pick(stage.panel.model.model, "step")
    loss = stage.panel.model.loss
    assert loss.key == "mse"
    assert loss.button("mse").isEnabled()
    assert "share of wrong answers" in loss.button("mse").toolTip()
    for key in ("cross_entropy", "compare"):
        assert not loss.button(key).isEnabled()
        assert "infinite as soon as one sample is wrong" in loss.button(key).toolTip()
    pick(stage.panel.model.model, "logistic")
    assert loss.key == "compare"
    assert loss.button("cross_entropy").isEnabled()


def test_the_perceptron_rule_is_the_steps_alone(qtbot):
    stage = Stage(qtbot, optimizer=OptimizerSpec("adam"))
    section = stage.panel.optimizer
    assert keys_of(section.optimizer) == ["gd", "momentum", "adam"]
    assert not section.note.isVisible()
    pick(stage.panel.model.model, "step")
    assert keys_of(section.optimizer) == ["gd", "perceptron"]
    assert stage.settings.optimizer.kind == "gd"
    assert "derivative is 0 everywhere else" in section.note.text()
    assert section.note.isVisible()
    assert section.batch.isVisible()
    pick(section.optimizer, "perceptron")
    assert stage.document.state.training_spec().optimizer.kind == "perceptron"
    assert "One step is one sample" in section.note.text()
    assert not section.batch.isVisible()
    pick(stage.panel.model.model, "logistic")
    assert stage.settings.optimizer.kind == "gd"
    assert section.optimizer.key == "gd"


def test_the_fan_is_switched_beside_the_rule(qtbot):
    stage = Stage(qtbot, model="step")
    box = stage.panel.optimizer.fan
    assert box.isVisible()
    box.click()
    assert stage.interaction.fan_shown
    stage.interaction.set_fan_shown(False)
    assert not box.isChecked()
    choose_model(stage.document, "logistic")
    assert not box.isVisible()


def test_zeros_before_hidden_layers_are_called_a_saddle_point(qtbot):
    stage = Stage(qtbot, model="mlp", start=StartSpec("normal"))
    trouble = stage.panel.start.trouble
    assert not trouble.isVisible()
    pick(stage.panel.start.start, "zeros")
    assert "saddle point" in trouble.text()
    choose_model(stage.document, "logistic")
    assert not trouble.isVisible()


def test_other_units_no_longer_fit_exact_numbers(qtbot):
    stage = Stage(qtbot, model="mlp", hidden=(1,), start=StartSpec("exact", parameters=(1.0,) * 5))
    assert stage.panel.start.trouble.text() == ""
    assert stage.panel.start.numbers.text() == "5 numbers"
    stage.document.change_settings(hidden=(2,))
    assert stage.panel.start.trouble.text() == (
        "The start has 5 numbers; this model has 9 weights: it starts by chance."
    )


@pytest.mark.parametrize("model", ["mlp", "step"])
def test_every_text_is_set_again_when_the_language_changes(qtbot, model, monkeypatch):
    stage = Stage(qtbot, model=model, hidden=(3, 3, 3))
    for module in ("model_section", "model_words", "hidden_fields", "optimizer_section"):
        monkeypatch.setattr(
            f"gui.panels.{module}.translate",
            lambda context, text, **values: f"<{text.format(**values) if values else text}>",
        )
    for widget in (stage.panel.model, stage.panel.model.hidden, stage.panel.optimizer):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert stage.panel.model.model.currentText().startswith("<")
    if model == "mlp":
        fields = stage.panel.model.hidden
        assert fields.layers_label.text() == "<Hidden layers>"
        assert fields.units[2].toolTip() == "<Units of hidden layer 3, 1 to 16>"
    else:
        assert stage.panel.optimizer.optimizer.currentText() == "<Gradient descent>"
        assert stage.panel.optimizer.fan.text() == "<lines from 30 starts>"


@pytest.mark.parametrize("hidden", [(16,), (16, 16, 16)])
def test_it_fits_the_narrow_column(qtbot, hidden):
    stage = Stage(qtbot, model="mlp", hidden=hidden)
    stage.panel.setStyleSheet(style_sheet(make_theme(dark=False)))
    assert stage.panel.model.hidden.minimumSizeHint().width() <= 232 - 28

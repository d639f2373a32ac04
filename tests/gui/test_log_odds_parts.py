"""What the log-odds tab shows: the pair of classes, the field of the log-odds and its surface."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.document.state import DocumentState
from engine.scaling import Standardizer
from engine.specs import ModelSpec
from gui.plots.log_odds.field import LogOddsField, odds_ticks
from gui.plots.log_odds.pair import PairChoice, default_pair
from gui.plots.log_odds.space import log_odds_surface
from gui.plots.log_odds.words import factor_text
from gui.plots.scene3d.camera import BOX_HEIGHT
from gui.plots.scene3d.surfaces import CliffField, HeightField, RidgeField
from tests.gui.lab_bench import overlapping_people

SCALER = Standardizer(168.0, 72.0, 9.0, 14.0)
ROWS = [[0.6, -3.0, 0.2, -0.1, 0.2, 1.6, -0.5, 2.8, -0.4], [0.3, -1.5, 0.1, -0.1, 0.1, 0.8, -0.25, 1.4, -0.2]]
LINE = [[-0.9, 2.1, -0.3], [-0.4, 1.0, 0.5]]


def people_state(n_classes: int = 3, **settings: object) -> DocumentState:
    return overlapping_people(n_classes, 90, **settings)


HEIGHTS, WEIGHTS = (140.0, 200.0), (40.0, 110.0)


def field_of(
    kind: str, parameters: object, n_classes: int = 3, first: int = 2, second: int = 1, **more: object
) -> LogOddsField:
    model = ModelSpec(kind, n_classes, **more)  # type: ignore[arg-type]
    numbers = np.array(parameters, dtype=float)
    return LogOddsField(model, numbers, SCALER, HEIGHTS, WEIGHTS, first, second)


class TestPair:
    def test_normal_is_the_reference_where_there_is_one_else_class_0(self):
        assert default_pair(people_state(3).classes) == (2, 1)
        assert default_pair(people_state(2).classes) == (1, 0)
        assert default_pair(people_state(4).classes) == (3, 0)

    def test_it_stays_with_its_classes_when_others_come_and_go(self):
        classes = people_state(4).classes
        choice = PairChoice()
        choice.choose(classes, first=1, second=None)
        choice.choose(classes, first=None, second=3)
        assert choice.indices(classes) == (1, 3)
        assert choice.indices(classes[1:]) == (0, 2)
        assert choice.indices(classes[:3]) == (1, 0)
        assert choice.indices(classes) == (1, 3)

    def test_taking_the_others_class_swaps_the_two(self):
        classes = people_state(3).classes
        choice = PairChoice()
        choice.choose(classes, first=1, second=None)
        assert choice.indices(classes) == (1, 2)
        choice.choose(classes, first=None, second=1)
        assert choice.indices(classes) == (2, 1)
        choice.choose(classes, first=None, second=None)
        assert choice.indices(classes) == (1, 2)

    def test_a_class_that_has_gone_gives_way_to_one_that_is_not_the_other(self):
        classes = people_state(3).classes
        choice = PairChoice()
        choice.choose(classes, first=1, second=None)  # against class 2
        assert len(set(choice.indices(classes[:2]))) == 2
        choice = PairChoice()
        choice.choose(classes, first=0, second=None)
        choice.choose(classes, first=None, second=2)
        assert len(set(choice.indices(classes[1:]))) == 2


class TestField:
    def test_the_contour_lines_are_the_planes_own_and_the_zero_line_is_where_both_p_are_equal(self):
        field = field_of("softmax", ROWS[0])
        assert 0.0 in field.levels
        assert len(field.levels) > 3
        for level, pieces in field.contours.items():
            ends = pieces.reshape(-1, 2)
            assert field.at(ends[:, 0], ends[:, 1]) == pytest.approx(np.full(len(ends), level), abs=1e-9)
        (start, end) = field.contours[0.0][0]
        for height, weight in (start, (start + end) / 2, end):
            p = field.probabilities_at(height, weight)
            assert p[2] == pytest.approx(p[1], rel=1e-9)

    @pytest.mark.parametrize("kind", ["absolute", "square"])
    def test_the_rivals_are_equal_on_two_lines_where_the_logits_are_equal_and_opposite(self, kind):
        field = field_of(kind, ROWS[0])
        assert field.shape == "bent"
        pieces = field.contours[0.0]
        assert len(pieces) == 2
        for equal, (start, end) in zip((True, False), pieces, strict=True):
            z = field.logits_at(*((start + end) / 2))[:, 0]
            assert z[2] == pytest.approx(z[1] if equal else -z[1], abs=1e-9)

    def test_the_curves_of_sigmoids_have_their_level(self):
        field = field_of("sigmoids", ROWS[0])
        assert len(field.contours[0.0]) == 1
        curved = {level: pieces for level, pieces in field.contours.items() if level and len(pieces) > 1}
        assert curved
        for level, pieces in curved.items():
            values = field.at(pieces[:, 0, 0], pieces[:, 0, 1])
            assert values == pytest.approx(np.full(len(values), level), abs=0.05)

    def test_the_axis_holds_the_plane_and_stands_still_between_round_numbers(self):
        field = field_of("softmax", ROWS[0])
        corners = np.array([(h, w) for h in HEIGHTS for w in WEIGHTS])
        largest = np.abs(field.at(corners[:, 0], corners[:, 1])).max()
        assert largest <= field.end
        assert field_of("softmax", np.array(ROWS[0]) * 1.0001).end == field.end

    def test_one_more_unit_is_what_the_probabilities_say(self):
        for kind in ("softmax", "sigmoids", "absolute"):
            field = field_of(kind, ROWS[0])
            per_cm, per_kg = field.one_more(171.0, 80.0)

            def odds(height: float, weight: float, field: LogOddsField = field) -> float:
                p = field.probabilities_at(height, weight)
                return float(p[2] / p[1])

            assert math.exp(per_cm) == pytest.approx(odds(172.0, 80.0) / odds(171.0, 80.0))
            assert math.exp(per_kg) == pytest.approx(odds(171.0, 81.0) / odds(171.0, 80.0))

    def test_odds_ticks_are_e_to_the_log_odds_that_they_stand_at(self):
        for end in (2.0, 4.0, 10.0, 60.0):
            ticks = odds_ticks(end)
            assert ticks[0] == (0.0, "1 : 1")
            assert 3 <= len(ticks) <= 7
            assert all(abs(value) <= end for value, _ in ticks)
        for value, text in odds_ticks(10.0):
            one, other = (float(side.replace(",", "")) for side in text.split(" : "))
            assert math.exp(value) == pytest.approx(one / other)

    def test_odds_too_large_for_a_number_have_ticks_too(self):
        ticks = odds_ticks(3_000.0)  # as of a line that was drawn very steep
        assert [text for _, text in ticks] == [
            "1 : 1", "10⁴³⁴ : 1", "1 : 10⁴³⁴", "10⁸⁶⁸ : 1", "1 : 10⁸⁶⁸", "10¹³⁰² : 1", "1 : 10¹³⁰²",
        ]  # fmt: skip
        assert ticks[3][0] == pytest.approx(868.0 * math.log(10.0))


class TestSurface:
    def box_heights(self, field: LogOddsField, height: np.ndarray, weight: np.ndarray) -> np.ndarray:
        x = (height - HEIGHTS[0]) / (HEIGHTS[1] - HEIGHTS[0]) - 0.5
        y = (weight - WEIGHTS[0]) / (WEIGHTS[1] - WEIGHTS[0]) - 0.5
        return log_odds_surface(field).height_at(x, y) / BOX_HEIGHT

    def places(self) -> tuple[np.ndarray, np.ndarray]:
        generator = np.random.default_rng(4)
        return generator.uniform(*HEIGHTS, 60), generator.uniform(*WEIGHTS, 60)

    def test_softmax_and_the_logistic_model_have_exactly_their_plane(self):
        for field in (field_of("softmax", ROWS[0]), field_of("logistic", LINE[0], 2, 1, 0)):
            assert isinstance(log_odds_surface(field), RidgeField)
            expected = (field.at(*self.places()) + field.end) / (2 * field.end)
            assert self.box_heights(field, *self.places()) == pytest.approx(expected, abs=1e-12)

    def test_k_sigmoids_have_their_bent_surface(self):
        field = field_of("sigmoids", ROWS[0])
        assert isinstance(log_odds_surface(field), HeightField)
        expected = field.fraction(field.at(*self.places()))
        assert self.box_heights(field, *self.places()) == pytest.approx(expected, abs=0.01)

    def test_the_step_has_a_cliff_that_turns_round_with_the_pair(self):
        field = field_of("step", LINE[0], 2, 1, 0)
        assert field.shape == "infinite"
        assert isinstance(log_odds_surface(field), CliffField)
        heights = self.box_heights(field, *self.places())
        assert (heights == (field.at(*self.places()) == math.inf)).all()
        other = field_of("step", LINE[0], 2, 0, 1)
        assert (self.box_heights(other, *self.places()) == 1.0 - heights).all()


def test_factors_show_digits_where_they_matter():
    texts = {1.2345: "1.23", 0.9412: "0.941", 18.72: "18.7", 1234.4: "1,234", 1.00231: "1.0023", 1.0: "1.00"}
    texts |= {0.0123456: "0.0123", 4.13e-5: "4.1e-5", 0.0: "0", math.inf: "∞", 0.5: "0.500", 2.5e9: "2.5e9"}
    for factor, text in texts.items():
        assert factor_text(factor) == text

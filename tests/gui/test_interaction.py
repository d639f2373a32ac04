"""What is picked and pointed at: told once a change, and never something that is gone."""

from __future__ import annotations

import pytest

from engine.document.state import ClassInfo, DocumentState, Settings
from engine.samples import Samples
from gui.document import Document
from gui.interaction import Interaction


@pytest.fixture
def document(qapp) -> Document:
    samples = Samples.from_columns([150.0, 160.0, 170.0], [50.0, 60.0, 70.0], [0, 1, 1])
    return Document(DocumentState(samples, (ClassInfo(0), ClassInfo(1), ClassInfo(2))))


@pytest.fixture
def interaction(document) -> Interaction:
    return Interaction(document)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("current_class", 1),
        ("tool", "brush"),
        ("selected_ids", frozenset({0, 2})),
        ("hovered_id", 2),
        ("pointer", (170.0, 70.0)),
        ("selected_model", 1),
    ],
)
def test_each_setter_tells_once(interaction, name, value):
    heard = []
    getattr(interaction, f"{name}_changed").connect(heard.append)
    getattr(interaction, f"set_{name}")(value)
    getattr(interaction, f"set_{name}")(value)
    assert getattr(interaction, name) == value
    assert heard == [value]


def test_a_removed_sample_is_neither_selected_nor_hovered(document, interaction):
    interaction.set_selected_ids([0, 2])
    interaction.set_hovered_id(2)
    document.remove_samples([2])
    assert interaction.selected_ids == {0}
    assert interaction.hovered_id is None


def test_another_document_starts_without_a_selection(document, interaction):
    interaction.set_selected_ids([0])
    document.replace(document.state, "Open")
    assert interaction.selected_ids == frozenset()


def test_the_current_class_stays_one_that_exists(document, interaction):
    interaction.set_current_class(2)
    document.remove_class(1, 0)
    assert interaction.current_class == 1
    interaction.set_current_class(5)
    assert interaction.current_class == 1


def test_another_document_begins_with_its_first_class(document, interaction):
    interaction.set_current_class(1)
    document.clear_samples()
    assert interaction.current_class == 1
    document.replace(document.state, "Open")
    assert interaction.current_class == 0


def test_the_selected_model_is_one_that_is_trained(document, interaction):
    interaction.set_selected_model(1)
    document.change_settings(loss_mode="mse")
    assert interaction.selected_model == 0
    assert Settings().loss_mode == "compare"
    interaction.set_selected_model(1)
    assert interaction.selected_model == 0

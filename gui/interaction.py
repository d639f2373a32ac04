"""What is picked, hovered and pointed at: shared by all views, never undone, never saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QObject, Signal

from engine.bmi import RuleName
from engine.density import removed_ids
from engine.samples import Samples
from gui.document import Change, Document

Tool = Literal["add", "select", "brush", "erase", "line"]
Pointer = tuple[float, float]


class Interaction(QObject):
    """The person's present tool, class, selection, pointer and model. Each setter emits only on a change.

    It listens to the document, so that nothing that is gone stays selected.
    """

    current_class_changed = Signal(int)
    tool_changed = Signal(str)
    selected_ids_changed = Signal(object)
    hovered_id_changed = Signal(object)
    pointer_changed = Signal(object)
    selected_model_changed = Signal(int)
    pulls_shown_changed = Signal(bool)
    fan_shown_changed = Signal(bool)
    bmi_rule_changed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._current_class = 0
        self._tool: Tool = "add"
        self._selected_ids: frozenset[int] = frozenset()
        self._hovered_id: int | None = None
        self._pointer: Pointer | None = None
        self._selected_model = 0
        self._pulls_shown = False
        self._fan_shown = False
        self._bmi_rule: RuleName | None = None
        self._samples = document.state.samples
        document.changed.connect(self._on_document_changed)

    @property
    def current_class(self) -> int:
        """Index of the class that new samples get."""
        return self._current_class

    @property
    def tool(self) -> Tool:
        """The canvas tool in the hand."""
        return self._tool

    @property
    def selected_ids(self) -> frozenset[int]:
        """Ids of the selected samples."""
        return self._selected_ids

    @property
    def hovered_id(self) -> int | None:
        """Id of the sample under the pointer."""
        return self._hovered_id

    @property
    def pointer(self) -> Pointer | None:
        """Where the pointer is on the canvas: (height in cm, weight in kg); None outside."""
        return self._pointer

    @property
    def selected_model(self) -> int:
        """Row of the state whose map and surface are shown: 0, or 1 for MSE in compare mode."""
        return self._selected_model

    @property
    def pulls_shown(self) -> bool:
        """Whether the canvas shows each sample's pull, its share of the gradient."""
        return self._pulls_shown

    @property
    def bmi_rule(self) -> RuleName | None:
        """The BMI rule whose edges the canvas shows, if any."""
        return self._bmi_rule

    @property
    def fan_shown(self) -> bool:
        """Whether the canvas shows the lines that the perceptron rule ends on from many starts."""
        return self._fan_shown

    def set_current_class(self, index: int) -> None:
        """Pick the class for new samples; an index that no class has is ignored."""
        if 0 <= index < len(self._document.state.classes) and index != self._current_class:
            self._current_class = index
            self.current_class_changed.emit(index)

    def set_tool(self, tool: Tool) -> None:
        """Take a canvas tool."""
        if tool != self._tool:
            self._tool = tool
            self.tool_changed.emit(tool)

    def set_selected_ids(self, ids: Iterable[int]) -> None:
        """Select exactly these samples."""
        chosen = frozenset(ids)
        if chosen != self._selected_ids:
            self._selected_ids = chosen
            self.selected_ids_changed.emit(chosen)

    def set_hovered_id(self, sample_id: int | None) -> None:
        """Tell which sample is under the pointer."""
        if sample_id != self._hovered_id:
            self._hovered_id = sample_id
            self.hovered_id_changed.emit(sample_id)

    def set_pointer(self, pointer: Pointer | None) -> None:
        """Tell where the pointer is: (height in cm, weight in kg), or None outside the canvas."""
        if pointer != self._pointer:
            self._pointer = pointer
            self.pointer_changed.emit(pointer)

    def set_selected_model(self, row: int) -> None:
        """Select a model by its row of the state; a row that no model has is ignored."""
        if 0 <= row < len(self._document.state.losses) and row != self._selected_model:
            self._selected_model = row
            self.selected_model_changed.emit(row)

    def set_pulls_shown(self, is_shown: bool) -> None:
        """Show or hide each sample's pull on the canvas."""
        if is_shown != self._pulls_shown:
            self._pulls_shown = is_shown
            self.pulls_shown_changed.emit(is_shown)

    def set_fan_shown(self, is_shown: bool) -> None:
        """Show or hide the perceptron's lines from many starts."""
        if is_shown != self._fan_shown:
            self._fan_shown = is_shown
            self.fan_shown_changed.emit(is_shown)

    def set_bmi_rule(self, rule: RuleName | None) -> None:
        """Show the edges of a BMI rule on the canvas, or none."""
        if rule != self._bmi_rule:
            self._bmi_rule = rule
            self.bmi_rule_changed.emit(rule)

    def _on_document_changed(self, change: Change) -> None:
        state = self._document.state
        before, self._samples = self._samples, state.samples
        if change.replaced:
            self.set_current_class(0)
        elif self._current_class >= len(state.classes):
            self.set_current_class(len(state.classes) - 1)
        if self._selected_model >= len(state.losses):
            self.set_selected_model(0)
        if change.replaced:
            self.set_selected_ids(())
            self.set_hovered_id(None)
        elif change.samples:
            self._forget_removed(before)

    def _forget_removed(self, before: Samples) -> None:
        samples = self._document.state.samples
        if self._selected_ids:
            removed = removed_ids(before, samples).tolist()
            if not self._selected_ids.isdisjoint(removed):
                self.set_selected_ids(self._selected_ids.difference(removed))
        if self._hovered_id is not None and samples.find(self._hovered_id) is None:
            self.set_hovered_id(None)

"""The problem: two classes or more, what they are called, and which one new samples get."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.document.state import Marker
from engine.samples import EMPTY_SET, UNLABELLED
from engine.specs import MAX_CLASSES
from gui.document import Change, Document
from gui.i18n import class_name, translate
from gui.icons import icon
from gui.interaction import Interaction
from gui.panels.class_look_menu import ClassLookMenu
from gui.panels.class_row import ClassRow
from gui.theme import Appearance
from gui.widgets.controls import PanelButton, SectionHeading, TroubleLabel, is_language_change
from gui.widgets.segmented import Segment, SegmentedControl


class ProblemPanel(QWidget):
    """Binary or multi-class, and the list of classes.

    Taking a class away asks what becomes of its samples, so that the panel only emits the wish.
    """

    remove_class_requested = Signal(int)
    binary_requested = Signal()

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._interaction = interaction
        self._appearance = appearance
        self.rows: list[ClassRow] = []
        self.heading = SectionHeading(self)
        self.problem = SegmentedControl(("binary", "multi_class"), self)
        self.trouble = TroubleLabel(self)
        self.unlabelled = QLabel(self)
        self.unlabelled.setProperty("quiet", True)
        self.add_button = PanelButton(self, flat=True)
        self._row_layout = QVBoxLayout()
        self._row_layout.setSpacing(0)
        self._build_layout()
        self.problem.chosen.connect(self._on_problem)
        self.add_button.clicked.connect(document.add_class)
        document.changed.connect(self._on_document_changed)
        interaction.current_class_changed.connect(self.refresh)
        appearance.changed.connect(self._apply_theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.heading.set_title(translate("ProblemPanel", "Problem"))
        self.problem.set_segments(
            [
                Segment(
                    "binary",
                    translate("ProblemPanel", "Binary"),
                    translate(
                        "ProblemPanel", "Binary classification: two classes, one probability p = P(Y = 1 | X)"
                    ),
                ),
                Segment(
                    "multi_class",
                    translate("ProblemPanel", "Multi-class"),
                    translate(
                        "ProblemPanel",
                        "Multi-class classification: three to eight classes, each with its own probability",
                    ),
                ),
            ]
        )
        self.add_button.setText(translate("ProblemPanel", "Add a class"))
        self.refresh()

    def refresh(self) -> None:
        """Show the classes as they are now."""
        classes = self._document.state.classes
        self.problem.set_key("multi_class" if len(classes) > 2 else "binary")
        self._fit_rows(len(classes))
        for index, (row, info) in enumerate(zip(self.rows, classes, strict=True)):
            current = index == self._interaction.current_class
            row.apply_theme(self._appearance.theme, info)
            row.show_class(info, current, removable=len(classes) > 1)
        self._show_room(len(classes))
        self._show_counts()

    def _show_counts(self) -> None:
        counts = self._document.state.samples.label_counts
        for index, row in enumerate(self.rows):
            row.show_count(counts.get(index, 0))
        rest = []
        if none := counts.get(EMPTY_SET, 0):
            rest.append(translate("ProblemPanel", "none of the labels: {count}", count=f"{none:,}"))
        if unlabelled := counts.get(UNLABELLED, 0):
            rest.append(translate("ProblemPanel", "without a label: {count}", count=f"{unlabelled:,}"))
        self.unlabelled.setVisible(bool(rest))
        self.unlabelled.setText("\n".join(rest))

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addSpacing(4)
        layout.addWidget(self.problem)
        layout.addLayout(self._row_layout)
        layout.addWidget(self.unlabelled)
        layout.addWidget(self.trouble)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._style_add_button()

    def _style_add_button(self) -> None:
        theme = self._appearance.theme
        self.add_button.setIcon(icon("plus", theme.quiet))
        self.add_button.setIconSize(QSize(theme.px(14), theme.px(14)))

    def _show_room(self, count: int) -> None:
        self.add_button.setEnabled(count < MAX_CLASSES)
        self.add_button.setToolTip(
            translate("ProblemPanel", "A new class with no samples yet; eight are the most")
            if count < MAX_CLASSES
            else translate("ProblemPanel", "There are eight classes already, the most there can be")
        )

    def _fit_rows(self, count: int) -> None:
        while len(self.rows) > count:
            row = self.rows.pop()
            row.blockSignals(True)  # a name that is being typed goes with its class
            self._row_layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < count:
            row = ClassRow(len(self.rows), self)
            row.picked.connect(self._interaction.set_current_class)
            row.renamed.connect(self._on_renamed)
            row.look_requested.connect(self._on_look_requested)
            row.remove_requested.connect(self.remove_class_requested)
            self._row_layout.addWidget(row)
            self.rows.append(row)

    def _apply_theme(self) -> None:
        self._style_add_button()
        self.refresh()

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced:
            self.refresh()
        elif change.samples:
            self._show_counts()  # all that a drag needs, many times a second

    def _on_problem(self, key: str) -> None:
        count = len(self._document.state.classes)
        if key == "multi_class":
            for _ in range(count, 3):
                self._document.add_class()
        elif count > 2:
            self.binary_requested.emit()
        elif count == 1:
            self._document.add_class()

    def _on_renamed(self, index: int, name: str) -> None:
        classes = self._document.state.classes
        taken = {class_name(info) for number, info in enumerate(classes) if number != index}
        row = self.rows[index]
        if name in taken:
            sentence = translate("ProblemPanel", "Another class is called {name} already.", name=name)
            self.trouble.set_trouble(sentence)
            row.show_trouble(sentence)
            return
        self.trouble.set_trouble("")
        row.end_editing()
        self._document.rename_class(index, name or None)  # an empty name: the built-in one again

    def _on_look_requested(self, index: int) -> None:
        self.make_look_menu(index).popup(QCursor.pos())

    def make_look_menu(self, index: int) -> ClassLookMenu:
        """Make the menu of a class; it deletes itself when it closes."""
        menu = ClassLookMenu(self._appearance.theme, self._document.state.classes, index, self)

        def restyle(color: int, marker: str) -> None:
            self._document.restyle_class(index, color, cast("Marker", marker))

        menu.restyled.connect(restyle)
        menu.rename_chosen.connect(self.rows[index].start_editing)
        menu.remove_chosen.connect(lambda: self.remove_class_requested.emit(index))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

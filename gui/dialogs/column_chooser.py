"""Which columns of a file are height, weight and label, and in which units."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from engine.bmi import BMI_RULES, CLASS_KEYS
from engine.files.tables import (
    HEIGHT_UNITS,
    WEIGHT_UNITS,
    ClassRule,
    ColumnChoice,
    HeightUnit,
    LabelSource,
    Table,
    WeightUnit,
)
from gui.dialogs.import_preview import title_text
from gui.i18n import translate

NO_LABEL, BY_BMI = "\0none", "\0bmi"
"""What stands for a column of labels: names that no column can have."""

CLASS_COUNTS = tuple(CLASS_KEYS)


class ColumnChooser(QWidget):
    """Three columns and two units, as boxes; in place of labels a BMI rule, or none yet.

    Where the table has a column that says who is held out of training, `held_out_box` follows it or not.
    """

    choice_changed = Signal()
    label_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.height_column = QComboBox()
        self.weight_column = QComboBox()
        self.label_column = QComboBox()
        self.height_unit = QComboBox()
        self.weight_unit = QComboBox()
        self.height_unit.addItems(HEIGHT_UNITS)
        self.weight_unit.addItems(WEIGHT_UNITS)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        rows = (
            (translate("ImportDialog", "Height"), self.height_column, self.height_unit),
            (translate("ImportDialog", "Weight"), self.weight_column, self.weight_unit),
            (translate("ImportDialog", "Label"), self.label_column, None),
        )
        for number, (title, column, unit) in enumerate(rows):
            label = QLabel(title)
            label.setBuddy(column)
            column.setMinimumContentsLength(12)
            column.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            grid.addWidget(label, number, 0)
            grid.addWidget(column, number, 1)
            column.activated.connect(
                self.label_changed if column is self.label_column else self.choice_changed
            )
            if unit is not None:
                unit.setToolTip(translate("ImportDialog", "Unit in the file; samples are kept in cm and kg"))
                unit.activated.connect(self.choice_changed)
                grid.addWidget(unit, number, 2)
        self._add_rule(grid, len(rows))
        self._add_held_out(grid, len(rows) + 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows) + 2, 1)

    def _add_rule(self, grid: QGridLayout, row: int) -> None:
        """The boxes of the BMI rule, seen only while it makes the labels."""
        self.rule = QComboBox()
        for rule in BMI_RULES:
            self.rule.addItem(translate("Bmi", rule.title), rule.name)
        self.rule.setMinimumContentsLength(12)
        self.rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.class_count = QComboBox()
        for count in CLASS_COUNTS:
            self.class_count.addItem(translate("ImportDialog", "{count} classes", count=count), count)
        self.class_count.setCurrentIndex(CLASS_COUNTS.index(3))
        grid.addWidget(self.class_count, row - 1, 2)  # beside what it counts
        grid.addWidget(self.rule, row, 0, 1, 3)
        self.rule.activated.connect(self.choice_changed)
        self.class_count.activated.connect(self.choice_changed)
        self.label_column.currentIndexChanged.connect(self._show_rule)
        self._show_rule()

    def _show_rule(self) -> None:
        is_used = self.label_source == "bmi"
        self.rule.setVisible(is_used)
        self.class_count.setVisible(is_used)

    def _add_held_out(self, grid: QGridLayout, row: int) -> None:
        """The box for the column of held-out samples, seen only where there is one that is nothing else."""
        self._held_out_column = ""
        self.held_out_box = QCheckBox()
        self.held_out_box.setToolTip(
            translate(
                "ImportDialog",
                "Samples marked with 1 or true are held out of training, the others are trained on. Without "
                "this the share in the settings decides",
            )
        )
        self._held_out_title = QLabel(translate("ImportDialog", "Held out"))
        self._held_out_title.setBuddy(self.held_out_box)
        grid.addWidget(self._held_out_title, row, 0)
        grid.addWidget(self.held_out_box, row, 1, 1, 2)
        for box in self._column_boxes:
            box.currentIndexChanged.connect(self._show_held_out)
        self._show_held_out()

    def _show_held_out(self) -> None:
        taken = [box.currentData() for box in self._column_boxes]
        is_offered = bool(self._held_out_column) and self._held_out_column not in taken
        self._held_out_title.setVisible(is_offered)
        self.held_out_box.setVisible(is_offered)

    def show_held_out_count(self, count: int | None) -> None:
        """Tell beside its column how many samples are held out; None where that is not known."""
        name = self._held_out_column
        self.held_out_box.setText(
            translate("ImportDialog", "as “{name}” says", name=name)
            if count is None
            else translate("ImportDialog", "as “{name}” says: {count}", name=name, count=f"{count:,}")
        )

    @property
    def _column_boxes(self) -> tuple[QComboBox, QComboBox, QComboBox]:
        return self.height_column, self.weight_column, self.label_column

    def show_table(self, table: Table, guess: ColumnChoice) -> None:
        """Offer a table's columns, the guessed ones chosen. Emits nothing."""
        label = NO_LABEL if guess.label_source == "none" else guess.label
        columns = (
            (self.height_column, guess.height),
            (self.weight_column, guess.weight),
            (self.label_column, label),
        )
        for box, chosen in columns:
            box.clear()
            box.addItem(translate("ImportDialog", "choose…"), "")
            for name in table.names:
                box.addItem(title_text(name), name)
            if box is self.label_column:
                box.insertSeparator(box.count())
                box.addItem(translate("ImportDialog", "no label yet"), NO_LABEL)
                box.addItem(translate("ImportDialog", "by a BMI rule"), BY_BMI)
            box.setCurrentIndex(max(box.findData(chosen), 0))
        self._held_out_column = guess.held_out
        self.held_out_box.setChecked(True)
        self.show_held_out_count(None)
        self._show_held_out()
        self.height_unit.setCurrentText(guess.height_unit)
        self.weight_unit.setCurrentText(guess.weight_unit)

    @property
    def is_complete(self) -> bool:
        """Whether all three columns are chosen."""
        return all(box.currentData() for box in self._column_boxes)

    @property
    def label(self) -> str:
        """The label column's name; empty while none is chosen."""
        return str(self.label_column.currentData() or "") if self.label_source == "column" else ""

    @property
    def label_source(self) -> LabelSource:
        """Where the labels come from."""
        data = self.label_column.currentData()
        return "none" if data == NO_LABEL else "bmi" if data == BY_BMI else "column"

    @property
    def held_out(self) -> str:
        """The column that says who is held out; empty where there is none or it is not to be followed."""
        is_followed = not self.held_out_box.isHidden() and self.held_out_box.isChecked()
        return self._held_out_column if is_followed else ""

    def choice(self, classes: tuple[ClassRule, ...]) -> ColumnChoice:
        """The columns and units as they stand, with these classes."""
        return ColumnChoice(
            height=str(self.height_column.currentData() or ""),
            weight=str(self.weight_column.currentData() or ""),
            label=self.label,
            height_unit=cast("HeightUnit", self.height_unit.currentText()),
            weight_unit=cast("WeightUnit", self.weight_unit.currentText()),
            classes=classes,
            label_source=self.label_source,
            bmi_rule=BMI_RULES[self.rule.currentIndex()].name,
            bmi_classes=CLASS_COUNTS[self.class_count.currentIndex()],
            held_out=self.held_out,
        )

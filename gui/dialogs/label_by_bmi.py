"""Labels from the body mass index: which rule, how many classes, and what such labels do to a model."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFormLayout, QLabel, QRadioButton, QWidget

from engine.bmi import BMI_RULES, CLASS_KEYS, BmiRule, RuleName, bmi_classes, cuts_for
from engine.document.state import ClassInfo, DocumentState
from gui.dialogs.dialog import Dialog, quiet_label
from gui.document import Document
from gui.i18n import class_name, translate


class LabelByBmiDialog(Dialog):
    """Asks for a rule and a number of classes, and shows at once how many samples each class gets."""

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        super().__init__(translate("LabelByBmi", "Label by BMI"), parent)
        self._state = state
        self.rule_box = QComboBox()
        for rule in BMI_RULES:
            self.rule_box.addItem(translate("Bmi", rule.title), rule.name)
        self.buttons = {count: QRadioButton() for count in CLASS_KEYS}
        self._group = QButtonGroup(self)
        for button in self.buttons.values():
            self._group.addButton(button)
        count = len(state.classes)
        self.buttons[count if count in CLASS_KEYS else 3].setChecked(True)
        self.result_label = QLabel()
        self.result_label.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(12)
        form.addRow(translate("LabelByBmi", "Rule"), self.rule_box)
        # A row for each button: beside a column of them the label would stand lower than the first one.
        name = translate("LabelByBmi", "Classes")
        for button in self.buttons.values():
            form.addRow(name, button)
            name = ""
        form.addRow(translate("LabelByBmi", "Samples"), self.result_label)
        self.body.addLayout(form)
        self.body.addWidget(
            quiet_label(
                translate(
                    "LabelByBmi",
                    "Every sample gets a new label, its old one goes; Undo brings it back. Such labels leave "
                    "nothing to chance: a line separates them, or nearly so, and then there are no best "
                    "weights, or huge ones, and the loss goes on falling while the weights grow. The "
                    "labels are for teaching, not medical advice.",
                )
            )
        )
        self.add_accept(translate("LabelByBmi", "Label the samples"))
        self.rule_box.currentIndexChanged.connect(self._show)
        self._group.buttonToggled.connect(self._show)
        self._show()

    @property
    def rule(self) -> BmiRule:
        """The rule that is chosen."""
        return BMI_RULES[self.rule_box.currentIndex()]

    @property
    def n_classes(self) -> int:
        """The number of classes that is chosen."""
        return next(count for count, button in self.buttons.items() if button.isChecked())

    def accept(self) -> None:
        if not len(self._state.samples):
            self.set_trouble(translate("LabelByBmi", "There is no sample to label yet."))
            return
        super().accept()

    def _show(self) -> None:
        for count, button in self.buttons.items():
            button.setText(_ranges(self.rule, count))
        rows = self._state.samples.rows
        labels = bmi_classes(self.rule, self.n_classes, rows.height_cm, rows.weight_kg)
        counts = np.bincount(labels, minlength=self.n_classes)
        names = [_name(key) for key in CLASS_KEYS[self.n_classes]]
        self.result_label.setText(
            " · ".join(f"{name} {count:,}" for name, count in zip(names, counts.tolist(), strict=True))
        )


def ask_label_by_bmi(document: Document, parent: QWidget | None = None) -> RuleName | None:
    """Ask, and label every sample; returns the rule's name, or None where the person thought better of it."""
    dialog = LabelByBmiDialog(document.state, parent)
    accepted = dialog.exec() == LabelByBmiDialog.DialogCode.Accepted
    rule, n_classes = dialog.rule, dialog.n_classes
    dialog.deleteLater()
    if not accepted:
        return None
    document.label_by_bmi(rule, n_classes)
    return rule.name


def _ranges(rule: BmiRule, n_classes: int) -> str:
    """For example: underweight below 18.5, normal from 18.5, overweight from 25."""
    names, cuts = [_name(key) for key in CLASS_KEYS[n_classes]], cuts_for(rule, n_classes)
    parts = [translate("LabelByBmi", "{name} below {cut}", name=names[0], cut=f"{cuts[0]:g}")]
    parts += [
        translate("LabelByBmi", "{name} from {cut}", name=name, cut=f"{cut:g}")
        for name, cut in zip(names[1:], cuts, strict=True)
    ]
    return ", ".join(parts)


def _name(key: str) -> str:
    return class_name(ClassInfo(0, key=key))

"""What the program is, whose work it uses, and what its labels are not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from engine.version import VERSION
from gui.dialogs.dialog import Dialog, quiet_label
from gui.i18n import translate

_TEXT_WIDTH_PX = 420


class AboutDialog(Dialog):
    """Name, version, licences and sources."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("About", "About Fall Line"), parent)
        name = QLabel(f"Fall Line {VERSION}")
        name.setFont(QFont(name.font().family(), -1, QFont.Weight.DemiBold))
        self.body.addWidget(name)
        paragraphs = (
            translate(
                "About",
                "The fall line is the line straight down a slope: the way gradient descent goes. Place "
                "people by height and weight, press Train, and watch the decision boundary being found.",
            ),
            translate(
                "About",
                "The people in the scenes are invented. The labels are for teaching, not medical advice.",
            ),
        )
        for paragraph in paragraphs:
            label = QLabel(paragraph)
            label.setWordWrap(True)
            label.setMinimumWidth(_TEXT_WIDTH_PX)
            self.body.addWidget(label)
        licences = quiet_label(
            translate(
                "About",
                "Fall Line is free software under the MIT licence. It is built with Python, NumPy, Qt for "
                "Python (LGPL) and pyqtgraph (MIT). The typeface is Pretendard, under the SIL Open Font "
                "Licence 1.1; the class colours are those of Okabe and Ito.",
            )
        )
        self.body.addWidget(licences)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_close()


def show_about(parent: QWidget | None = None) -> None:
    """Show the dialog until it is closed."""
    dialog = AboutDialog(parent)
    dialog.exec()
    dialog.deleteLater()

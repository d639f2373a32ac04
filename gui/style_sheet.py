"""Qt's style sheet for the standard controls, made from the theme's tokens.

Views choose a look by property, never by colours of their own:
``card`` on a QFrame; ``primary``, ``segment`` or ``flat`` on a button; ``heading``, ``quiet`` or
``error`` on a QLabel.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtGui import QColor

from engine.specs import LossName
from gui.theme import FONT_FAMILY, Theme

STYLE_ICON_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "icons" / "style"

_OWNER_PX = 12

_SHEET = Template("""
* { font-family: "$family"; font-size: ${font}px; color: $text; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: ${px4}px ${px8}px; }

QFrame[card="true"] { background: $card; border: 1px solid $line; border-radius: ${px8}px; }
QFrame[class_row="true"] { background: transparent; border: 1px solid transparent; border-radius: ${px6}px; }
QFrame[class_row="true"][current="true"] { background: $control; border-color: $line; }
QFrame[class_row="true"]:hover { border-color: $line; }
QFrame[class_row="true"]:focus { border-color: $accent; }
QLabel { background: transparent; }
QLabel[quiet="true"] { color: $quiet; }
QLabel[error="true"] { color: $error; }
QLabel[heading="true"] { color: $quiet; font-size: ${heading}px; font-weight: 600; letter-spacing: 1px; }

QMenuBar { background: $card; border-bottom: 1px solid $line; padding: 1px ${px4}px; }
QMenuBar::item { background: transparent; padding: ${px4}px ${px8}px; border-radius: ${px4}px; }
QMenuBar::item:selected { background: $control; }
QMenu { background: $card; border: 1px solid $line; padding: ${px4}px; }
QMenu::item { padding: ${px5}px ${px24}px ${px5}px ${px24}px; border-radius: ${px4}px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $quiet; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: ${px4}px ${px8}px; }
QMenu::indicator { width: ${px12}px; height: ${px12}px; left: ${px6}px; }
QMenu::indicator:checked { image: url($icons/menu-check-$name.svg); }

QPushButton, QToolButton { background: $control; border: 1px solid $line; border-radius: ${px6}px;
    padding: ${px4}px ${px10}px; min-height: ${px18}px; }
QPushButton:hover, QToolButton:hover { border-color: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; background: $card; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QToolButton { padding: ${px4}px; }
QPushButton[primary="true"], QToolButton:checked, QPushButton[segment="true"]:checked {
    background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[segment="true"] { padding: ${px4}px; }
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:disabled { background: $control; border-color: $line; color: $disabled; }
QPushButton[flat="true"], QToolButton[flat="true"] { background: transparent; border-color: transparent; }
QToolButton[bare="true"] { padding: 0; min-height: 0; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { background: $control; }
QToolButton[flat="true"]:checked { background: $accent; border-color: $accent; }

QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {
    background: $control; border: 1px solid $line; border-radius: ${px6}px; padding: ${px3}px ${px6}px;
    selection-background-color: $accent; selection-color: $on_accent; min-height: ${px18}px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit[inline="true"] { background: transparent; border-color: transparent; padding: 0 ${px4}px; }
QLineEdit[inline="true"]:hover { background: $control; border-color: $line; }
QLineEdit[inline="true"]:focus { background: $control; border-color: $accent; }
QLineEdit[error="true"], QLineEdit[error="true"]:focus { border-color: $error; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: $disabled; background: $card; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
    border: none; background: transparent; width: ${px18}px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {
    image: url($icons/chevron-up-$name.svg); width: ${px10}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: url($icons/chevron-down-$name.svg); width: ${px10}px; }

QComboBox { background: $control; border: 1px solid $line; border-radius: ${px6}px;
    padding: ${px3}px ${px8}px; min-height: ${px18}px; }
QComboBox:hover { border-color: $hover; }
QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: ${px24}px; }
QComboBox::down-arrow { image: url($icons/chevron-down-$name.svg); width: ${px12}px; height: ${px12}px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $line; outline: none; padding: ${px4}px;
    selection-background-color: $accent; selection-color: $on_accent; }

QSlider { background: transparent; min-height: ${px20}px; }
QSlider::groove:horizontal { height: ${px4}px; background: $groove; border-radius: ${px2}px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: ${px2}px; }
QSlider::handle:horizontal { width: ${px12}px; height: ${px12}px; margin: -${px4}px 0; background: $ink;
    border-radius: ${px6}px; }
QSlider::handle:horizontal:hover { background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $groove; }
QSlider::handle:horizontal:disabled { background: $quiet; }

QCheckBox, QRadioButton { background: transparent; spacing: ${px6}px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${px14}px; height: ${px14}px; border: 1px solid $quiet;
    background: $control; border-radius: ${px3}px; }
QRadioButton::indicator { border-radius: ${px7}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
    image: url($icons/check-$name.svg); }
QRadioButton::indicator:checked { background: $card; border: ${px4}px solid $accent;
    width: ${px8}px; height: ${px8}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${px8}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${px8}px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: ${px4}px;
    min-height: ${px24}px; min-width: ${px24}px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $quiet; padding: ${px6}px ${px7}px; border: none;
    border-bottom: ${px2}px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }

QTableView, QListView, QTreeView { background: $card; border: 1px solid $line; gridline-color: $line;
    selection-background-color: $accent; selection-color: $on_accent; alternate-background-color: $control; }
QTableView::item { padding: 0 ${px8}px; }
QTableView QComboBox { margin: ${px2}px; }
QPlainTextEdit[code="true"] { font-family: monospace; }
QHeaderView::section { background: $control; color: $quiet; border: none; border-right: 1px solid $line;
    border-bottom: 1px solid $line; padding: ${px4}px ${px8}px; }
QTableCornerButton::section { background: $control; border: none; }
QProgressBar { background: $groove; border: none; border-radius: ${px3}px; max-height: ${px6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${px3}px; }
QSplitter::handle { background: transparent; }
""")


def _mix(first: QColor, second: QColor, share: float) -> str:
    """Return the colour `share` of the way from `first` to `second`, as a name."""
    channels = [(color.red(), color.green(), color.blue()) for color in (first, second)]
    return QColor(*(round(a + (b - a) * share) for a, b in zip(*channels, strict=True))).name()


def owner_sheet(theme: Theme, loss: LossName) -> str:
    """Return the sheet of a label that says on which loss a model was trained.

    Its font has to be in the sheet: the application's takes the place of one set in another way.
    """
    return f"color: {theme.loss_color(loss).name()}; font-size: {theme.px(_OWNER_PX)}px; font-weight: 600;"


def style_sheet(theme: Theme) -> str:
    """Return the application's style sheet for a theme."""
    sizes = {f"px{value}": str(theme.px(value)) for value in (2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 18, 20, 24)}
    tokens = ("window", "card", "line", "control", "text", "quiet", "accent", "on_accent", "ink", "error")
    colors = {name: getattr(theme, name).name() for name in tokens}
    return _SHEET.substitute(
        sizes,
        **colors,
        family=FONT_FAMILY,
        font=theme.px(13),
        heading=theme.px(11),
        name="dark" if theme.dark else "light",
        icons=STYLE_ICON_FOLDER.as_posix(),
        hover=_mix(theme.line, theme.text, 0.35),
        disabled=_mix(theme.quiet, theme.card, 0.4),
        groove=_mix(theme.line, theme.card, 0.1),
        accent_hover=_mix(theme.accent, theme.text, 0.15),
    )

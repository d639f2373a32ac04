"""Colours, type and sizes, light and dark: one table of tokens that every view draws from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPen

from engine.specs import LossName

Mode = Literal["system", "light", "dark"]

FONT_FAMILY = "Pretendard"
FONT_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "fonts"
BASE_FONT_PX = 13
SCALES_PERCENT = (100, 110, 125, 150, 175, 200, 225, 250)

# Okabe and Ito (2008), a palette that colour-blind people can tell apart; the eighth is neutral.
OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#767D86")

# Each outline has a contrast of at least 3 : 1 to the plot's background in its theme (tested).
LIGHT_OUTLINES = ("#00466E", "#7A3600", "#005A41", "#8A3D66", "#1F6E9C", "#8A5E00", "#7A7000", "#3F454D")
# A class's hue in lines: its fill or, where that is too pale for the white plot, its outline (tested).
LIGHT_LINES = ("#0072B2", "#D55E00", "#009E73", "#8A3D66", "#1F6E9C", "#8A5E00", "#7A7000", "#767D86")
DARK_FILLS = ("#4BA3DC", "#F08A3C", "#2FC79B", "#E29BC2", "#8CCBF2", "#F2BA4B", "#F5EC7A", "#A7AEB8")
DARK_OUTLINES = ("#B5DCF5", "#FBD3B0", "#AEEBD8", "#F6D7E7", "#D5ECFB", "#FBE3B4", "#FBF7CB", "#DDE1E6")


@dataclass(frozen=True)
class Theme:
    """One theme at one scale. Sizes given in px at 100 % go through `px`."""

    dark: bool
    scale: float
    window: QColor
    card: QColor
    line: QColor
    control: QColor
    plot: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    on_accent: QColor
    ink: QColor
    grey: QColor
    error: QColor
    fills: tuple[QColor, ...]
    outlines: tuple[QColor, ...]

    def px(self, value: float) -> int:
        """Pixels at this scale, at least 1 for a positive value."""
        return max(1, round(value * self.scale)) if value > 0 else 0

    def font(self, size: float = BASE_FONT_PX, *, bold: bool = False, tabular: bool = False) -> QFont:
        """The one family with Hangul; `tabular` gives figures of one width, so that numbers do not dance."""
        font = QFont(FONT_FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def class_fill(self, color_index: int) -> QColor:
        """Fill of a class's marker; also the hue that tints the probability map."""
        return self.fills[color_index % len(self.fills)]

    def class_outline(self, color_index: int) -> QColor:
        """Outline of a class's marker, at least 3 : 1 on the plot."""
        return self.outlines[color_index % len(self.outlines)]

    def class_line(self, color_index: int) -> QColor:
        """A class's colour for lines and hollow markers, at least 3 : 1 on the plot."""
        return (
            self.class_fill(color_index) if self.dark else QColor(LIGHT_LINES[color_index % len(LIGHT_LINES)])
        )

    def loss_color(self, loss: LossName) -> QColor:
        """Ink for cross-entropy (BCE, CE), grey for MSE: always the loss a model was trained on."""
        return self.grey if loss == "mse" else self.ink

    def loss_pen(self, loss: LossName, width: float = 2.0, *, long_dash: bool = False) -> QPen:
        """Solid for cross-entropy, dashed for MSE, `width` in px at 100 %.

        `long_dash` tells BCE from CE where one model is trained on each (`gui.model_names.has_long_dash`).
        """
        pen = QPen(self.loss_color(loss), width * self.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if loss == "mse":
            pen.setDashPattern([3.5, 2.0])
        elif long_dash:
            pen.setDashPattern([9.0, 2.0])
        return pen


def _colors(names: tuple[str, ...]) -> tuple[QColor, ...]:
    return tuple(QColor(name) for name in names)


def make_theme(*, dark: bool, scale: float = 1.0) -> Theme:
    """Build the light or the dark theme at a scale (1.0 = 100 %)."""
    if dark:
        names = {
            "window": "#17191D", "card": "#1E2126", "line": "#333941", "control": "#272B31",
            "plot": "#14161A",
            "text": "#E7EAEE", "quiet": "#9AA3AE", "accent": "#4C8DFF", "on_accent": "#0B1220",
            "ink": "#F2F4F7", "grey": "#A7B0BC", "error": "#FF8A80",
        }  # fmt: skip
        fills, outlines = DARK_FILLS, DARK_OUTLINES
    else:
        names = {
            "window": "#F3F4F6", "card": "#FFFFFF", "line": "#DDE1E6", "control": "#EEF0F3",
            "plot": "#FFFFFF",
            "text": "#1B1F24", "quiet": "#5C6570", "accent": "#1A5FD0", "on_accent": "#FFFFFF",
            "ink": "#101418", "grey": "#5C6570", "error": "#B3261E",
        }  # fmt: skip
        fills, outlines = OKABE_ITO, LIGHT_OUTLINES
    tokens = {name: QColor(value) for name, value in names.items()}
    return Theme(dark=dark, scale=scale, fills=_colors(fills), outlines=_colors(outlines), **tokens)


def load_fonts() -> None:
    """Register the shipped fonts with Qt.

    Raises
    ------
    RuntimeError
        If a shipped font cannot be read: the installation is incomplete.
    """
    for path in sorted(FONT_FOLDER.glob("*.otf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"the font {path.name} in assets/fonts cannot be read")


def palette_of(theme: Theme) -> QPalette:
    """Qt's own palette in the theme's colours (Fusion ignores a colour scheme set at run time)."""
    palette = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.card,
        role.AlternateBase: theme.control, role.Text: theme.text, role.Button: theme.control,
        role.ButtonText: theme.text, role.BrightText: theme.on_accent, role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent, role.ToolTipBase: theme.card, role.ToolTipText: theme.text,
        role.PlaceholderText: theme.quiet, role.Link: theme.accent, role.Mid: theme.line,
        role.Dark: theme.line,
        role.Light: theme.card, role.Midlight: theme.control, role.Shadow: theme.line,
    }  # fmt: skip
    for color_role, color in colors.items():
        palette.setColor(color_role, color)
    for color_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, color_role, theme.quiet)
    return palette


class Appearance(QObject):
    """The theme in use: follows the desktop unless told, and the scale for a projector."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = "system"
        self._scale_percent = 100
        self._theme = make_theme(dark=self._system_is_dark())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def theme(self) -> Theme:
        """The present theme; replaced as a whole whenever `changed` is emitted."""
        return self._theme

    @property
    def mode(self) -> Mode:
        """What the person chose: "system", "light" or "dark"."""
        return self._mode

    @property
    def scale_percent(self) -> int:
        """Size of text, lines and markers, 100 to 250."""
        return self._scale_percent

    def set_mode(self, mode: Mode) -> None:
        """Follow the desktop or stay light or dark."""
        self._mode = mode
        self._rebuild()

    def set_scale_percent(self, percent: int) -> None:
        """Scale all text, lines and markers; held to 100 to 250 %."""
        self._scale_percent = min(max(percent, SCALES_PERCENT[0]), SCALES_PERCENT[-1])
        self._rebuild()

    def zoom(self, direction: int) -> None:
        """Go to the next larger (+1) or smaller (-1) scale."""
        larger = [value for value in SCALES_PERCENT if value > self._scale_percent]
        smaller = [value for value in SCALES_PERCENT if value < self._scale_percent]
        if direction > 0 and larger:
            self.set_scale_percent(larger[0])
        elif direction < 0 and smaller:
            self.set_scale_percent(smaller[-1])

    def _rebuild(self) -> None:
        dark = self._mode == "dark" or (self._mode == "system" and self._system_is_dark())
        scale = self._scale_percent / 100
        if dark != self._theme.dark or scale != self._theme.scale:
            self._theme = make_theme(dark=dark, scale=scale)
            self.changed.emit()

    def _on_system_changed(self, scheme: Qt.ColorScheme) -> None:
        del scheme
        self._rebuild()

    @staticmethod
    def _system_is_dark() -> bool:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

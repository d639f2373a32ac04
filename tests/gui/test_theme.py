"""The tokens: text that can be read, outlines that can be seen, and a style sheet that Qt takes whole."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QFile
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from gui.style_sheet import style_sheet
from gui.theme import OKABE_ITO, SCALES_PERCENT, Appearance, make_theme, palette_of
from tests.gui.window_driver import dressed

THEMES = [pytest.param(dark, id="dark" if dark else "light") for dark in (False, True)]
TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(first: QColor, second: QColor) -> float:
    """Contrast of two opaque colours (WCAG 2.2): 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("dark", THEMES)
@pytest.mark.parametrize("text", ["text", "quiet", "error"])
@pytest.mark.parametrize("ground", ["window", "card", "plot", "control"])
def test_text_can_be_read_on_every_ground(dark, text, ground):
    theme = make_theme(dark=dark)
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= TEXT_CONTRAST


@pytest.mark.parametrize("dark", THEMES)
def test_text_on_the_accent_can_be_read(dark):
    theme = make_theme(dark=dark)
    assert contrast(theme.on_accent, theme.accent) >= TEXT_CONTRAST
    hovered = re.search(r'primary="true"\]:hover \{ background: (#\w+)', style_sheet(theme))
    assert contrast(theme.on_accent, QColor(hovered[1])) >= TEXT_CONTRAST


@pytest.mark.parametrize("dark", THEMES)
def test_outlines_and_losses_stand_out_on_the_plot(dark):
    theme = make_theme(dark=dark)
    assert len(theme.fills) == len(theme.outlines) == 8
    assert min(contrast(theme.class_line(index), theme.plot) for index in range(8)) >= SHAPE_CONTRAST
    for outline in (*theme.outlines, theme.ink, theme.grey, theme.accent):
        assert contrast(outline, theme.plot) >= SHAPE_CONTRAST


@pytest.mark.parametrize("dark", THEMES)
def test_each_class_has_a_look_of_its_own(dark):
    theme = make_theme(dark=dark)
    assert len({theme.class_fill(index).name() for index in range(8)}) == 8
    assert theme.class_fill(8) == theme.class_fill(0)


def test_the_light_fills_are_okabe_and_itos():
    assert [fill.name().upper() for fill in make_theme(dark=False).fills] == list(OKABE_ITO)


@pytest.mark.parametrize("dark", THEMES)
def test_losses_differ_in_dash_and_colour(dark):
    theme = make_theme(dark=dark)
    assert theme.loss_pen("bce").dashPattern() == []
    assert theme.loss_pen("mse").dashPattern()
    assert theme.loss_pen("bce").color() == theme.loss_pen("ce").color() != theme.loss_pen("mse").color()


@pytest.mark.parametrize("dark", THEMES)
@pytest.mark.parametrize("scale_percent", SCALES_PERCENT)
def test_the_style_sheet_is_whole_at_every_scale(qtbot, dark, scale_percent):
    sheet = style_sheet(make_theme(dark=dark, scale=scale_percent / 100))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    for icon in re.findall(r"url\(([^)]+)\)", sheet):
        assert QFile.exists(icon)
    button = QPushButton("Train")
    qtbot.addWidget(button)
    button.setStyleSheet(sheet)  # what Qt cannot parse it reports as a warning, which fails the test
    button.show()
    assert button.sizeHint().height() >= 18 * scale_percent / 100


def test_a_scale_scales_sizes_and_pens():
    theme = make_theme(dark=False, scale=2.0)
    assert (theme.px(8), theme.px(0), make_theme(dark=False, scale=0.01).px(1)) == (16, 0, 1)
    assert theme.font().pixelSize() == 26
    assert theme.loss_pen("bce", 3.0).widthF() == 6.0


def test_zoom_goes_through_the_scales_and_stops_at_their_ends(qapp):
    appearance = Appearance()
    seen = []
    appearance.changed.connect(lambda: seen.append(appearance.scale_percent))
    for _ in range(12):
        appearance.zoom(+1)
    assert seen == list(SCALES_PERCENT[1:])
    for _ in range(12):
        appearance.zoom(-1)
    assert appearance.scale_percent == 100
    appearance.set_scale_percent(10_000)
    assert appearance.scale_percent == 250


def test_a_mode_changes_the_theme_once(qapp):
    appearance = Appearance()
    appearance.set_mode("light")
    changes = []
    appearance.changed.connect(lambda: changes.append(appearance.theme.dark))
    appearance.set_mode("dark")
    appearance.set_mode("dark")
    appearance.set_mode("light")
    assert changes == [True, False]


@pytest.mark.parametrize("dark", THEMES)
def test_the_palette_has_no_colour_of_another_theme(qapp, dark):
    theme = make_theme(dark=dark)
    palette = palette_of(theme)
    assert palette.color(QPalette.ColorRole.Window) == theme.window
    assert palette.color(QPalette.ColorRole.Text) == theme.text
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == theme.quiet


def test_the_applications_look_follows_the_appearance(qapp):
    appearance = Appearance()
    appearance.set_mode("light")
    with dressed(appearance):
        assert QApplication.palette().color(QPalette.ColorRole.Window) == appearance.theme.window
        appearance.set_mode("dark")
        assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor("#17191D")
        assert QFontInfo(QApplication.font()).family() == "Pretendard"


def test_figures_have_one_width(qapp):
    appearance = Appearance()
    with dressed(appearance):
        from PySide6.QtGui import QFontMetricsF

        metrics = QFontMetricsF(appearance.theme.font(tabular=True))
        assert len({round(metrics.horizontalAdvance(figure), 3) for figure in "0123456789"}) == 1

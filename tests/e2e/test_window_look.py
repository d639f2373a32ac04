"""How the window looks and speaks: languages, themes and sizes switched while it runs, and remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.exceptions import TimeoutError

from gui.theme import SCALES_PERCENT
from gui.widgets.choice_button import ChoiceButton
from tests.gui.lab_bench import settle_layout
from tests.gui.window_driver import CTRL, open_window

SIZES = [(1280, 800), (1024, 768)]
SETTLED_MS = 1000
SCENES = ["first", "three_classes", "mini_batch"]

# What is the same in every language: names of losses and symbols, formulas, units, numbers.
SYMBOLS = re.compile(
    r"^(BCE|MSE|CE|Adam|F1|ROC|3-D|z²|\|z\||L = 10\^.*|English|한국어|[a-z](\s=\s\d+)?|∂/∂[a-z]"
    r"|[\d\s.,:%×·()+\-−=–…/?]+|[wbzpσΣ]\W.*|.*(cm|kg)\b.*[=+\-−].*)$"
)


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


class Marking(QTranslator):
    """Puts brackets around everything that goes through translation."""

    def isEmpty(self):
        return False  # else Qt tells no widget of it

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"⟦{source}⟧"


def shown(root: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    """Widgets of a kind that can be seen."""
    return (widget for widget in root.findChildren(kind) if widget.isVisible() and widget.width() > 0)


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of the standard controls, with where it stands; tooltips and accessible names too."""
    for widget in [root, *shown(root, QWidget)]:
        name = type(widget).__name__
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield f"{name}.text", widget.text()
        if isinstance(widget, QComboBox):
            yield from ((f"{name}.item", widget.itemText(row)) for row in range(widget.count()))
        if isinstance(widget, QTabBar):
            yield from ((f"{name}.tab", widget.tabText(number)) for number in range(widget.count()))
        if not isinstance(widget, QLineEdit):
            yield f"{name}.tooltip", widget.toolTip()
        yield f"{name}.accessibleName", widget.accessibleName()


def untranslated(root: QWidget) -> list[tuple[str, str]]:
    """Texts with words that did not go through translation."""
    return sorted(
        {
            (where, text)
            for where, text in texts(root)
            if re.search(r"[A-Za-z가-힣]", text)
            and "⟦" not in text
            and "\\" not in text  # a formula's own LaTeX
            and not SYMBOLS.match(text)
        }
    )


@pytest.mark.parametrize("key", SCENES)
def test_every_text_goes_through_translation(driver, key):
    open_scene(driver, key)
    driver.step_on(3)
    translator = Marking()
    QApplication.installTranslator(translator)
    try:
        QApplication.processEvents()
        driver.step_on(1)
        found = []
        for tab in driver.window.lab.keys:
            driver.window.lab.open_tab(tab)
            QApplication.processEvents()
            found += untranslated(driver.window)
        words = driver.window.scenes.lesson.words  # in the scene's own file, in both languages
        own = {words.title, words.caption, words.question, *words.choices, words.outcome}
        assert [(where, text) for where, text in found if text not in own] == []
        actions = [action.text() for action in driver.window.actions_by_name._actions.values()]
        assert [text for text in actions if "⟦" not in text and text not in ("English", "한국어")] == []
    finally:
        QApplication.removeTranslator(translator)
        QApplication.processEvents()


def open_scene(driver, key: str) -> None:
    driver.window.scenes.open_scene(next(scene for scene in driver.window.scenes.scenes if scene.key == key))
    driver.settle()


def is_scrolled(widget: QWidget) -> bool:
    """Whether a scroll area around the widget may hide part of it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def cut_off(window: QWidget) -> list[str]:
    """Labels and buttons whose text does not fit, or that stand outside of the window."""
    found = []
    inside = QRect(QPoint(0, 0), window.size())
    for widget in [*shown(window, QLabel), *shown(window, QAbstractButton)]:
        text = widget.text()
        who = f"{type(widget).__name__}({text!r}, {widget.objectName()!r})"
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if not is_scrolled(widget) and not inside.contains(place):
            found.append(f"{who} is outside of the window: {place}")
        if not text:
            continue
        if isinstance(widget, ChoiceButton) or (isinstance(widget, QLabel) and widget.wordWrap()):
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                found.append(f"{who} is too low")
            continue
        needed = QFontMetrics(widget.font()).horizontalAdvance(text.replace("&", ""))
        if isinstance(widget, QPushButton) and widget.isChecked():  # the style sheet sets it bold
            font = widget.font()
            font.setWeight(font.Weight.DemiBold)
            needed = QFontMetrics(font).horizontalAdvance(text)
            if not widget.icon().isNull():
                needed += widget.iconSize().width()
        elif isinstance(widget, QLabel):
            needed = widget.sizeHint().width()
        elif isinstance(widget, QAbstractButton) and not isinstance(widget, QPushButton):
            needed = widget.minimumSizeHint().width()
        if needed > widget.width() + 1:
            found.append(f"{who} needs {needed} px and has {widget.width()}")
    return found


def fitted(driver) -> None:
    """Let the layouts settle; what is still cut off after that stays so."""
    with suppress(TimeoutError):
        driver.qtbot.waitUntil(lambda: not cut_off(driver.window), timeout=SETTLED_MS)


@pytest.mark.parametrize("key", SCENES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_off_in_either_language(driver, key, size):
    driver.window.resize(*size)
    open_scene(driver, key)
    driver.step_on(2)
    for language in ("ko", "en"):
        driver.speak(language)
        for tab in driver.window.lab.keys:
            driver.window.lab.open_tab(tab)
            fitted(driver)
            assert (driver.window.width(), driver.window.height()) == size
            assert cut_off(driver.window) == [], (language, tab)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_window_fits_a_projector(driver, language):
    driver.speak(language)
    least = driver.window.minimumSizeHint()
    assert (least.width(), least.height()) <= (1024, 768)
    assert least.height() <= 768


def test_switching_the_language_while_training_goes_on(driver):
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.step > 5)
    run = driver.snapshot.run_id
    driver.trigger("language_ko")
    QApplication.processEvents()
    window = driver.window
    assert window.transport.train_button.text() == "일시정지"
    assert [menu.text() for menu in window.menuBar().actions()][:2] == ["파일(&F)", "편집(&E)"]
    assert window.windowTitle() == "거꾸로 선 기준선"
    step = driver.snapshot.step
    driver.until(lambda: driver.snapshot.step > step)
    assert driver.snapshot.run_id == run
    driver.trigger("language_en")
    QApplication.processEvents()
    assert window.transport.train_button.text() == "Pause"


def test_switching_the_theme_while_training_repaints_the_window(driver):
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.step > 5)
    light = driver.window.grab().toImage()
    driver.trigger("mode_dark")
    QApplication.processEvents()
    dark = driver.window.grab().toImage()
    theme = driver.appearance.theme
    assert theme.dark
    corner = QPoint(3, driver.window.height() - 3)
    assert dark.pixelColor(corner) == theme.window
    assert light.pixelColor(corner) != theme.window
    step = driver.snapshot.step
    driver.until(lambda: driver.snapshot.step > step)


def test_nothing_light_is_left_in_the_dark(driver):
    """Of a dark window only marks and words are bright: no card or plot is still white."""
    driver.trigger("mode_dark")
    for tab in driver.window.lab.keys:
        driver.window.lab.open_tab(tab)
        driver.settle()
        QApplication.processEvents()
        image = driver.window.grab().toImage()
        points = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
        bright = [(x, y) for x, y in points if image.pixelColor(x, y).lightness() > 170]
        assert len(bright) / len(points) < 0.06, tab


def test_ctrl_plus_and_minus_scale_text_lines_and_markers(driver):
    button = driver.window.transport.train_button
    before = button.fontMetrics().height()
    for percent in SCALES_PERCENT[1:4]:
        driver.key(Qt.Key.Key_Plus, CTRL)
        assert driver.appearance.scale_percent == percent
    QApplication.processEvents()
    assert button.fontMetrics().height() >= 1.4 * before
    assert driver.canvas.context.theme.scale == 1.5
    driver.key(Qt.Key.Key_Minus, CTRL)
    assert driver.appearance.scale_percent == 125
    driver.key(Qt.Key.Key_0, CTRL)
    QApplication.processEvents()
    assert driver.appearance.scale_percent == 100
    assert button.fontMetrics().height() == before


def test_a_click_hits_what_is_seen_at_every_scale(driver):
    driver.window.resize(1800, 1500)  # so that no sample covers all the others at the largest scale
    for percent in (150, 250, 100):
        driver.appearance.set_scale_percent(percent)
        settle_layout(driver.window)
        sample = driver.lone_sample()
        driver.interaction.set_tool("select")
        driver.click(driver.sample_px(sample))
        assert driver.interaction.selected_ids == {sample}


@pytest.mark.real_window
def test_the_windows_place_and_size_are_there_at_the_next_start(qtbot, tmp_path):
    settings = tmp_path / "fall-line.ini"
    with open_window(qtbot, size=(1180, 790), settings=settings) as first:
        first.window.move(120, 80)
        QApplication.processEvents()
        place = first.window.geometry()
        first.window._columns.setSizes([260, 500, 420])
        columns = first.window._columns.sizes()
        first.window.close()
    with open_window(qtbot, size=None, settings=settings) as second:
        assert second.window.geometry() == place
        assert second.window._columns.sizes() == columns
        assert place.size().toTuple() == (1180, 790)


def test_choices_and_layout_are_there_at_the_next_start(qtbot, tmp_path):
    settings = tmp_path / "fall-line.ini"
    with open_window(qtbot, size=(1100, 790), settings=settings) as first:
        first.trigger("mode_dark")
        first.trigger("language_ko")
        first.key(Qt.Key.Key_Plus, CTRL)
        first.key(Qt.Key.Key_F6)
        assert not first.window.left_column.isVisible()
        first.window.close()
    with open_window(qtbot, size=None, settings=settings, language=None, mode=None) as second:
        assert second.appearance.mode == "dark"
        assert second.appearance.scale_percent == 110
        assert second.language.choice == "ko"
        actions = second.window.actions_by_name
        assert actions["mode_dark"].isChecked()
        assert actions["language_ko"].isChecked()
        assert not actions["show_left"].isChecked()
        assert not second.window.left_column.isVisible()
        second.key(Qt.Key.Key_F6)
        assert second.window.left_column.isVisible()


def test_columns_hide_and_come_back(driver):
    window = driver.window
    width = window.canvas.width()
    driver.key(Qt.Key.Key_F6)
    driver.key(Qt.Key.Key_F7)
    settle_layout(window)
    assert not window.left_column.isVisible()
    assert not window.loss_plot.isVisible()
    assert window.canvas.width() > width + 300
    driver.key(Qt.Key.Key_F6)
    driver.key(Qt.Key.Key_F7)
    settle_layout(window)
    assert window.left_column.isVisible()
    assert window.loss_plot.isVisible()

"""The sentences about the lab's instrument in front, in a window of 1280 x 800 and eight classes."""

from __future__ import annotations

import pytest

from tests.gui.lab_bench import overlapping_people, settle_layout
from tests.gui.window_driver import open_window


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_explanation_takes_no_room_from_the_instrument(qtbot, language):
    with open_window(qtbot, language=language) as driver:
        driver.document.replace(overlapping_people(8), "people")
        driver.settle()
        lab = driver.window.lab
        assert not lab.explanation.isVisible()
        driver.press(lab.head.explain_button)
        bar = lab.scrolled.verticalScrollBar()
        for key in ("output_layer", "metrics", "log_odds"):
            lab.open_tab(key)
            settle_layout(driver.window)
            tab, sentences = lab.tab(key), lab.explanation
            assert tab.height() >= 200
            assert sentences.height() >= sentences.heightForWidth(sentences.width())
            bar.setValue(bar.maximum())
            assert sentences.mapTo(lab, sentences.rect().bottomLeft()).y() < lab.height()


def test_sentences_that_are_asked_for_are_scrolled_to(qtbot):
    with open_window(qtbot) as driver:
        driver.document.replace(overlapping_people(8), "people")
        lab = driver.window.lab
        lab.open_tab("metrics")
        driver.settle()
        settle_layout(driver.window)
        driver.press(lab.head.explain_button)
        bar = lab.scrolled.verticalScrollBar()
        driver.until(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
        assert not lab.explanation.visibleRegion().isEmpty()
        lab.open_tab("log_odds")
        assert bar.value() == 0
        driver.press(lab.head.explain_button)
        driver.until(lambda: bar.maximum() == 0)

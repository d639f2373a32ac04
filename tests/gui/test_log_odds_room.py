"""The log-odds tab where height is scarce: as in a window of 1280 x 800, and lower."""

from __future__ import annotations

import pytest

from gui.i18n import Language
from gui.plots.log_odds.card import NO_BREAK
from tests.gui.test_log_odds_tab import LINE, Bench, people_state


@pytest.mark.parametrize("code", ["en", "ko"])
@pytest.mark.parametrize("size", [(410, 270), (410, 180), (330, 220)])
def test_a_low_tab_scrolls_to_its_sentences_below_a_map_that_can_be_read(qtbot, size, code):
    language = Language()
    language.set_code(code)
    try:
        bench = Bench(qtbot, people_state(2), LINE, size)
        sentence, readout = bench.tab.card.sentence, bench.tab.readout
        for label in (sentence, readout):
            assert label.isVisible()
            assert label.height() >= label.heightForWidth(label.width())
        assert bench.tab.map.height() >= 120
        bar = bench.tab.scrolled.verticalScrollBar()
        bar.setValue(bar.maximum())
        end = readout.mapTo(bench.tab, readout.rect().bottomLeft()).y()
        assert end < bench.tab.height()
        assert NO_BREAK + "%" in readout.text()
        assert " %" not in readout.text()
    finally:
        language.set_code("en")

"""The card of numbers beside a page's plots, and the one line that stands for it where there is no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.theme import Theme

_CARD_FROM_PX = 430


def fold_card(page: QWidget, theme: Theme, card: QWidget, line: QWidget, most: tuple[int, float]) -> None:
    """Show the card beside the plots of a wide page, and the line below those of a narrow one.

    Parameters
    ----------
    most : (int, float)
        The card's greatest width: px at 100 %, and as a share of the page's.
    """
    width_px, share = most
    is_wide = page.width() >= theme.px(_CARD_FROM_PX)
    card.setFixedWidth(min(theme.px(width_px), round(page.width() * share)))
    card.setVisible(is_wide)
    line.setVisible(not is_wide)

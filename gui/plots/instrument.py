"""What the lab knows of an instrument before anybody has opened it: names, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from gui.plots.lab_tab import LabContext, LabTab

Words = Callable[[], str]
"""Gives words in the language in use."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An entry of the lab.

    Attributes
    ----------
    key : str
        The one that its `LabTab` has too.
    title, hint : callable
        The tab's name, and one sentence on what can be seen there.
    make : callable
        Makes its tab, when it is opened for the first time; see `late`.
    """

    key: str
    title: Words
    hint: Words
    make: Callable[[LabContext], LabTab]


@dataclass(frozen=True, slots=True)
class InstrumentGroup:
    """Instruments whose tabs stand side by side."""

    title: Words
    instruments: tuple[Instrument, ...]


def late(module: str, class_name: str) -> Callable[[LabContext], LabTab]:
    """Return what imports a module and makes its tab, not before it is called."""

    def make(context: LabContext) -> LabTab:
        tab = getattr(import_module(module), class_name)(context)
        assert isinstance(tab, LabTab)
        return tab

    return make

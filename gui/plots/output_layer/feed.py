"""Who works out the maps and the race: the background, not more often than a person can look."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.errors import FallLineError
from engine.normalizer_race import NormalizerRace, run_race
from gui.background import Background
from gui.plots.output_layer.work import MapQuestion, RegionMaps, region_maps
from gui.plots.training_view import DataKeeper
from gui.throttle import Throttle

MAP_INTERVAL_MS = 100
"""Maps are begun this often at most, while training goes on."""
_MAPS, _RACE = "maps", "race"


class OutputLayerFeed(QObject):
    """Answers the newest question; one that comes while another is worked out waits for its end."""

    maps_ready = Signal(object)
    """RegionMaps."""
    raced = Signal(object)
    """RaceCurves, more and more of them."""
    race_ended = Signal(object)
    """A Message of why the race was not run, or None."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._racer = Background(self)  # a race of many steps must not keep the maps waiting
        self._background.finished.connect(self._on_maps)
        self._racer.finished.connect(self._on_race_ended)
        self._racer.arrived.connect(self._on_raced)
        self._keeper = DataKeeper()
        self._waiting: MapQuestion | None = None
        self._is_busy = False
        self._racing: NormalizerRace | None = None
        self._pace = Throttle(self._start, MAP_INTERVAL_MS, self)

    @property
    def racing(self) -> NormalizerRace | None:
        """The race that is being run."""
        return self._racing

    def ask_maps(self, question: MapQuestion) -> None:
        """Have the maps of some weights drawn."""
        self._waiting = question
        if not self._is_busy:
            self._pace.request()

    def ask_race(self, race: NormalizerRace) -> None:
        """Run a race in place of an older one."""
        self._racing = race
        self._racer.stream(_RACE, run_race, race)

    def stop_race(self) -> None:
        """Stop the race; what was recorded stands."""
        if self._racing is not None:
            self._racing = None
            self._racer.cancel(_RACE)

    def stop_maps(self) -> None:
        """Draw no map that was asked for before."""
        self._waiting = None
        if self._is_busy:
            self._is_busy = False
            self._background.cancel(_MAPS)

    def forget(self) -> None:
        """Give up the standardised samples."""
        self._keeper = DataKeeper()

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; answers arrive with the event loop."""
        return self._background.wait_until_idle() and self._racer.wait_until_idle()

    def close(self) -> None:
        """End the threads."""
        self._waiting = self._racing = None
        self._background.close()
        self._racer.close()

    def _start(self) -> None:
        if self._waiting is not None and not self._is_busy:
            question, self._waiting = self._waiting, None
            self._is_busy = True
            self._background.run(_MAPS, region_maps, self._keeper, question)

    def _on_raced(self, kind: str, curves: object) -> None:
        del kind
        if self._racing is not None:
            self.raced.emit(curves)

    def _on_race_ended(self, kind: str, value: object) -> None:
        del kind
        self._racing = None
        self.race_ended.emit(value.message if isinstance(value, FallLineError) else None)

    def _on_maps(self, kind: str, maps: object) -> None:
        del kind
        self._is_busy = False
        if isinstance(maps, RegionMaps):
            self.maps_ready.emit(maps)
        if self._waiting is not None:
            self._pace.request()

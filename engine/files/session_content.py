"""What a session file holds, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bmi import RuleName
from engine.document.state import DocumentState
from engine.running.saved_run import SavedRun


@dataclass(frozen=True, slots=True)
class SessionView:
    """How the window was set up: it changes what is looked at, never what is computed.

    Attributes
    ----------
    tab : str or None
        Key of the lab's instrument in front.
    ruler : str or None
        What the loss plot measures by.
    selected_model : int
        Row of the state.
    speed : float or None
        Steps a second at most; None is as fast as it goes.
    scene : str or None
        Key of the scene that was open.
    bmi_rule : "who", "korean" or None
        The rule whose edges the canvas shows.
    current_class : int
        Index of the class that new samples get.
    """

    tab: str | None = None
    ruler: str | None = None
    selected_model: int = 0
    speed: float | None = None
    scene: str | None = None
    bmi_rule: RuleName | None = None
    current_class: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """A document, its run where it stands (None where nothing can be trained yet), the window's set-up."""

    state: DocumentState
    run: SavedRun | None = None
    view: SessionView = SessionView()

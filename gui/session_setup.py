"""How the window is set up, as a session keeps it: tab of the lab, ruler, model, class, speed, scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.interaction import Interaction
from gui.plots.lab_area import LabArea
from gui.plots.loss.plot import RULERS, LossPlot
from gui.scene_controller import SceneController
from gui.training_controller import TrainingController

if TYPE_CHECKING:
    from engine.files.session_content import SessionView


class SessionSetup:
    """Tells and restores the window's set-up."""

    def __init__(
        self,
        interaction: Interaction,
        controller: TrainingController,
        scenes: SceneController,
        lab: LabArea,
        loss_plot: LossPlot,
    ) -> None:
        self._interaction = interaction
        self._controller = controller
        self._scenes = scenes
        self._lab = lab
        self._loss_plot = loss_plot

    def view(self) -> SessionView:
        """The set-up as it is now."""
        from engine.files.session_content import SessionView

        return SessionView(
            tab=self._lab.current_key or None,
            ruler=self._loss_plot.ruler,
            selected_model=self._interaction.selected_model,
            speed=self._controller.speed,
            scene=None if self._scenes.scene is None else self._scenes.scene.key,
            bmi_rule=self._interaction.bmi_rule,
            current_class=self._interaction.current_class,
        )

    def show(self, view: SessionView) -> None:
        """Set the window up; a tab, ruler, model, class or scene that is not there is passed over."""
        self._scenes.belong_to(view.scene)
        self._controller.set_speed(view.speed)
        self._interaction.set_selected_model(view.selected_model)
        self._interaction.set_current_class(view.current_class)
        self._interaction.set_bmi_rule(view.bmi_rule)
        if view.ruler in RULERS:
            self._loss_plot.set_ruler(view.ruler)
        if view.tab is not None:
            self._lab.open_tab(view.tab)

"""The menus of the right button: a sample's own, a selection's, and the empty canvas's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from engine.document.edits import labels_of
from engine.samples import UNLABELLED, SampleRows
from engine.snapshots import Snapshot
from gui.canvas.context import CanvasContext
from gui.canvas.contribution import ContributionPanel
from gui.canvas.markers import marker_picture
from gui.formulas import count_text
from gui.i18n import class_name, translate
from gui.labels import knows_label_sets


class CanvasMenu(QMenu):
    """A menu that goes away with its last use; a sample's own follows training while it is open."""

    def __init__(self, context: CanvasContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setToolTipsVisible(True)
        self._context = context
        self.panel: ContributionPanel | None = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the model."""
        if self.panel is not None:
            self.panel.show_snapshot(snapshot)

    def add_heading(self, text: str) -> None:
        """A line that only says what the menu is about."""
        action = self.addAction(text)
        action.setEnabled(False)
        self.addSeparator()

    def add_classes(self, ids: Iterable[int], present: int | None) -> None:
        """One entry for each class and one for no label; `present` is checked."""
        chosen = tuple(ids)
        group = QActionGroup(self)
        classes = self._context.state.classes
        look = self._context.look(self.devicePixelRatioF())
        names = [class_name(info) for info in classes] + [translate("Canvas", "no label")]
        for class_index, name in zip([*range(len(classes)), UNLABELLED], names, strict=True):
            text = name.replace("&", "&&") + ("\t✓" if class_index == present else "")
            action = QAction(QIcon(marker_picture(look, class_index)), text, self)
            action.setObjectName(f"class_{class_index}")
            action.setCheckable(True)
            action.setChecked(class_index == present)
            action.setIconVisibleInMenu(True)
            action.triggered.connect(partial(self._set_class, chosen, class_index))
            group.addAction(action)
            self.addAction(action)

    def add_labels(self, rows: SampleRows) -> None:
        """A menu of switches, one for each label, and of none at all: what K sigmoids are trained on."""
        ids, sets = rows.sample_id.tolist(), labels_of(rows)
        document, look = self._context.document, self._context.look(self.devicePixelRatioF())
        labels = self.addMenu(translate("Canvas", "Labels"))
        labels.setObjectName("labels")
        labels.setToolTipsVisible(True)
        labels.setToolTip(
            translate("Canvas", "A sample may carry several labels, or none of them: K sigmoids learn each")
        )
        for k, info in enumerate(self._context.state.classes):
            action = QAction(
                QIcon(marker_picture(look, k)),
                class_name(info).replace("&", "&&") + f"\tShift+{k + 1}",
                labels,
            )
            action.setObjectName(f"label_{k}")
            action.setCheckable(True)
            action.setChecked(bool((sets >> k & 1).all()))
            action.triggered.connect(partial(document.toggle_label, ids, k))
            labels.addAction(action)
        labels.addSeparator()
        none = labels.addAction(translate("Canvas", "none of them"))
        none.setObjectName("label_none")
        none.setCheckable(True)
        none.setChecked(bool((rows.label_set == 0).all()))
        none.triggered.connect(partial(document.set_label_set, ids, 0))

    def add_held_out(self, sample_id: int, *, is_held_out: bool) -> None:
        """A switch: whether training never sees the sample."""
        action = self.addAction(translate("Canvas", "Held out"))
        action.setObjectName("held_out")
        action.setToolTip(translate("Canvas", "Training never sees a held-out sample; it tests the models"))
        action.setCheckable(True)
        action.setChecked(is_held_out)
        action.triggered.connect(
            lambda checked: self._context.document.set_held_out((sample_id,), bool(checked))
        )

    def add_command(self, name: str, text: str, run: Callable[[], object]) -> None:
        """An entry that does something."""
        action = self.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(lambda: run())

    def add_contribution(
        self, snapshot: Snapshot, sample: tuple[float, float, int, int], *, is_held_out: bool
    ) -> None:
        """The table of what the sample contributes to loss and gradient."""
        self.addSeparator()
        theme, head = self._context.theme, self._contribution_head(snapshot, sample[2])
        self.panel = ContributionPanel(theme, snapshot, sample, head, self, is_held_out=is_held_out)
        action = QWidgetAction(self)
        action.setDefaultWidget(self.panel)
        self.addAction(action)

    def _contribution_head(self, snapshot: Snapshot, class_index: int) -> str:
        """Which class the table's p speaks of."""
        shown = 1 if snapshot.spec.model.is_binary else max(class_index, 0)
        classes = self._context.state.classes
        symbol = "p" if snapshot.spec.model.is_binary else f"k = {shown}"
        return f"{symbol}: {class_name(classes[shown])}" if shown < len(classes) else ""

    def _set_class(self, ids: tuple[int, ...], class_index: int) -> None:
        self._context.document.set_class_of(ids, class_index)


def sample_menu(
    context: CanvasContext,
    parent: QWidget,
    sample_id: int,
    snapshot: Snapshot | None,
    edit: Callable[[int], object],
) -> CanvasMenu:
    """The menu of one sample: class, exact numbers, remove, and what it contributes to loss and gradient."""
    row = context.state.samples.select([sample_id])
    height_cm, weight_kg = float(row.height_cm[0]), float(row.weight_kg[0])
    class_index, is_held_out = int(row.class_index[0]), bool(row.held_out[0])
    menu = CanvasMenu(context, parent)
    menu.add_heading(
        translate(
            "Canvas",
            "{height_cm} cm, {weight_kg} kg",
            height_cm=f"{height_cm:.1f}",
            weight_kg=f"{weight_kg:.1f}",
        )
    )
    menu.add_classes([sample_id], class_index)
    if knows_label_sets(context.state):
        menu.add_labels(row)
    menu.addSeparator()
    menu.add_held_out(sample_id, is_held_out=is_held_out)
    menu.addSeparator()
    menu.add_command("exact_numbers", translate("Canvas", "Exact numbers…"), partial(edit, sample_id))
    menu.add_command(
        "remove", translate("Canvas", "Remove"), partial(context.document.remove_samples, [sample_id])
    )
    if snapshot is not None and class_index < snapshot.spec.model.n_classes:
        sample = (height_cm, weight_kg, class_index, int(row.label_set[0]))
        menu.add_contribution(snapshot, sample, is_held_out=is_held_out)
    return menu


def selection_menu(context: CanvasContext, parent: QWidget) -> CanvasMenu:
    """The menu of the selection: a class for all, training or held out, remove, select none."""
    ids = tuple(context.interaction.selected_ids)
    rows = context.state.samples.select(ids)
    labels = set(rows.class_index.tolist())
    menu = CanvasMenu(context, parent)
    menu.add_heading(translate("Canvas", "{count} samples selected", count=count_text(len(ids))))
    menu.add_classes(ids, labels.pop() if len(labels) == 1 else None)
    if knows_label_sets(context.state):
        menu.add_labels(rows)
    menu.addSeparator()
    hold = partial(context.document.set_held_out, ids)
    if not rows.held_out.all():
        menu.add_command("hold_out", translate("Canvas", "Hold out of training"), partial(hold, True))
    if rows.held_out.any():
        menu.add_command("use_for_training", translate("Canvas", "Use for training"), partial(hold, False))
    menu.addSeparator()
    menu.add_command("remove", translate("Canvas", "Remove"), partial(context.document.remove_samples, ids))
    menu.add_command(
        "select_none", translate("Canvas", "Select none"), partial(context.interaction.set_selected_ids, ())
    )
    return menu


def empty_menu(context: CanvasContext, parent: QWidget, fit: Callable[[], object]) -> CanvasMenu:
    """The menu of the empty canvas: the view and the whole sample."""
    menu = CanvasMenu(context, parent)
    menu.add_command("fit", translate("Canvas", "Fit to the samples"), fit)
    if len(context.state.samples):
        menu.add_command(
            "select_all",
            translate("Canvas", "Select all"),
            lambda: context.interaction.set_selected_ids(context.state.samples.rows.sample_id.tolist()),
        )
    return menu


def canvas_menu(
    context: CanvasContext,
    parent: QWidget,
    sample_id: int | None,
    snapshot: Snapshot | None,
    edit: Callable[[int], object],
    fit: Callable[[], object],
) -> CanvasMenu:
    """The menu for what lies under the pointer: a selection of several comes before the one sample."""
    selected = context.interaction.selected_ids
    if len(selected) > 1 and (sample_id is None or sample_id in selected):
        return selection_menu(context, parent)
    if sample_id is not None:
        return sample_menu(context, parent, sample_id, snapshot, edit)
    return empty_menu(context, parent, fit)

"""The likelihood sample by sample: bars, the running product in two precisions, and the sum of logarithms."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.i18n import translate
from gui.icons import icon
from gui.plots.card import fold_card
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext
from gui.plots.likelihood import texts as texts
from gui.plots.likelihood.data import RunningView
from gui.plots.likelihood.plots import BarsPlot, ProductPlot
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.controls import PanelToolButton
from gui.widgets.slider import LinearScale, ValueSlider

_CARD, _BARS_FROM_PX = (200, 0.42), 170
_TICK_MS, _PLAY_TICKS = 16, 400
_FORMULA_PX, _LINE_PX = 14.0, 22


class RunningPage(QWidget):
    """Two plots over the samples in a row, a slider through them, and the numbers at the present one."""

    replay_requested = Signal()

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: RunningView | None = None
        self._is_binary = True
        self._position: float | None = None
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._connect()
        self._apply_theme()

    @property
    def view(self) -> RunningView | None:
        """What is shown."""
        return self._view

    @property
    def position(self) -> int:
        """How many samples have been multiplied; all of them unless the person went back."""
        count = 0 if self._view is None else len(self._view)
        if self._position is None:
            return count
        return min(max(round(self._position), min(1, count)), count)

    @property
    def is_playing(self) -> bool:
        """Whether the samples are being multiplied one after another."""
        return self._timer.isActive()

    def show_view(self, view: RunningView, *, is_binary: bool) -> None:
        """Show another product; the person stays at the same sample, or at the end."""
        is_other = self._view is None or len(self._view) != len(view)
        self._view, self._is_binary = view, is_binary
        if is_other:
            self.slider.set_scale(LinearScale(1.0, max(float(len(view)), 2.0), max(len(view) - 1, 1)))
            self.slider.set_number(self.position)
        classes = self._context.document.state.classes
        self.bars.set_view(view, classes)
        self.product.set_view(view)
        self._align()
        self._move()

    def forget(self) -> None:
        """Show nothing; the person's place stays."""
        self._view = None
        self.bars.forget()
        self.product.forget()

    def set_position(self, position: float | None) -> None:
        """Stand at a sample: 1 to n, or None for the end whatever it is."""
        self._position = position
        self.slider.set_number(self.position)
        self._move()

    def toggle_playing(self) -> None:
        """Multiply the samples one after another, from the first one if all are multiplied; or stop."""
        if self.is_playing:
            self._timer.stop()
        elif self._view is not None and len(self._view):
            if self.position >= len(self._view):
                self.set_position(1.0)
            self._timer.start()
        self._show_play()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()
        self._show_play()

    def set_lit(self, sample_place: int | None) -> None:
        """Mark a sample of the data."""
        self.bars.set_lit(sample_place)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.bars.set_titles("", translate("LikelihoodTab", "P(y|x) of each sample"))
        self.product.set_titles(
            translate("LikelihoodTab", "samples multiplied"),
            translate("LikelihoodTab", "product of the P(y|x)"),
        )
        self.slider.setToolTip(translate("LikelihoodTab", "How many samples are multiplied"))
        self.slider.setAccessibleName(translate("LikelihoodTab", "How many samples are multiplied"))
        self._show_play()
        self._show_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.appearance.theme
        self.bars.setVisible(self.height() >= theme.px(_BARS_FROM_PX))
        fold_card(self, theme, self._card, self.line, _CARD)
        self._show_texts()

    def _build(self) -> None:
        appearance = self._context.appearance
        self.bars = BarsPlot(appearance, self)
        self.product = ProductPlot(appearance, self)
        self.play_button = PanelToolButton(self)
        self.slider = ValueSlider(LinearScale(1.0, 2.0, 1), self)
        self.count = QLabel(self)
        self.line = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self._build_card()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.play_button)
        foot.addWidget(self.slider, 1)
        plots = QVBoxLayout()
        plots.setSpacing(2)
        plots.addWidget(self.bars, 2)
        plots.addWidget(self.product, 5)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(plots, 1)
        body.addWidget(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(body, 1)
        layout.addLayout(foot)
        layout.addWidget(self.line)

    def _build_card(self) -> None:
        appearance = self._context.appearance
        self._card = QWidget(self)
        self.heading, self.note = QLabel(self._card), QLabel(self._card)
        self.note.setProperty("quiet", True)
        for label in (self.heading, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.definition, self.sample, self.symbol, self.single, self.double, self.sum, self.mean = (
            LiveFormula(appearance, self._card, size_px=_FORMULA_PX) for _ in range(7)
        )
        layout = QVBoxLayout(self._card)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        numbers = (self.symbol, self.single, self.double, self.sum, self.mean)
        for widget in (self.heading, self.note, self.definition, self.sample, *numbers):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.play_button.clicked.connect(self.toggle_playing)
        self.slider.value_picked.connect(self._on_slid)
        self._timer.timeout.connect(self._advance)
        self._context.appearance.changed.connect(self._apply_theme)
        for plot in (self.bars, self.product):
            plot.laid_out.connect(self._align)
            plot.clicked.connect(self._on_clicked)
        self.bars.moved.connect(self._on_moved)

    def _apply_theme(self) -> None:
        self.line.setFixedHeight(self._context.appearance.theme.px(_LINE_PX))
        self._show_play()

    def _align(self) -> None:
        """Have both plots begin and end at the same pixels."""
        for plot in (self.bars, self.product):
            plot.set_left_room(max(self.bars.needed_left_room(), self.product.needed_left_room()))
            plot.set_right_room(max(self.bars.needed_right_room(), self.product.needed_right_room()))

    def _advance(self) -> None:
        assert self._view is not None
        before = self._position if self._position is not None else float(len(self._view))
        after = before + max(len(self._view) / _PLAY_TICKS, 1e-6)
        if after >= len(self._view):
            self.set_position(None)
            self.stop()
            return
        self.set_position(after)

    def _move(self) -> None:
        self.bars.set_position(self.position)
        self.product.set_position(self.position)
        self._texts.request()

    def _on_slid(self, value: float, gesture: object) -> None:
        del gesture
        self.stop()
        is_end = self._view is not None and value >= len(self._view)
        self.set_position(None if is_end else value)

    def _on_clicked(self, place: QPointF) -> None:
        self.stop()
        self.set_position(float(self.bars.sample_at(place.x())))

    def _on_moved(self, place: QPointF | None) -> None:
        found = None
        if place is not None and self._view is not None and len(self._view):
            sample = self.bars.sample_at(place.x()) - 1
            found = int(self._view.data.sample_id[self._view.place[sample]])
        self._context.interaction.set_hovered_id(found)

    def _show_play(self) -> None:
        theme = self._context.appearance.theme
        name = "pause" if self.is_playing else "play"
        self.play_button.setIcon(icon(name, theme.text, theme.px(16)))
        self.play_button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.play_button.setToolTip(
            translate("LikelihoodTab", "Pause")
            if self.is_playing
            else translate("LikelihoodTab", "Multiply the samples one after another")
        )

    def _show_texts(self) -> None:
        view, position = self._view, self.position
        if view is None or not position:
            return
        single = float(view.running.product_single[position - 1])
        double = float(view.running.product_double[position - 1])
        total = texts.sum_number(float(view.running.log_sum[position - 1]))
        name = "BCE" if self._is_binary else "CE"
        if not self._card.isHidden():
            self.heading.setText(texts.sample_heading(view, position, self._context.document.state.classes))
            self.note.setText(texts.trained_on(view.loss))
            self.sample.set_formula(texts.sample_template(view, position, is_binary=self._is_binary))
            self.definition.set_formula(texts.sample_definition(is_binary=self._is_binary))
            self.symbol.set_formula(r"\prod_{i=1}^{m} P(y_i \mid x_i) =")
            self.single.set_formula(
                rf"{texts.product_number(single)}\quad \text{{(float32)}}", is_wrong=single == 0.0
            )
            self.double.set_formula(
                rf"{texts.product_number(double)}\quad \text{{(float64)}}", is_wrong=double == 0.0
            )
            self.sum.set_formula(rf"\sum_{{i=1}}^{{m}} \ln P(y_i \mid x_i) = {total}")
            mean = texts.mean_number(view, position)
            self.mean.set_formula(rf"\mathrm{{{name}}} = {{-}}\frac{{1}}{{m}} \sum \ln P = {mean}")
        else:
            product = texts.product_number(double)
            self.line.set_formula(rf"m = ⟦{position:,}⟧,\quad \prod P = {product},\quad \sum \ln P = {total}")

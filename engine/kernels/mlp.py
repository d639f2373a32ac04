"""Kernels of models with hidden layers: backpropagation in few passes over buffers that are allocated once.

Forward, with X_0 = F (the design matrix) and X_l = [a_l; 1]: a_l = g(W_l X_(l-1)), and z = w X_L. Back, with
d = dL/dz of each sample (Rumelhart, Hinton and Williams 1986):

    dL/dw   = X_L d
    S_L     = g'(a_L) d             dL/dW_L = diag(w) S_L X_(L-1)^T
    S_l     = g'(a_l) (M S_(l+1))   dL/dW_l = S_l X_(l-1)^T      M = W_(l+1)^T without its biases,
                                                                 times diag(w) where l + 1 = L

so that w, which is the same for all samples, scales small matrices in place of a row for each unit. With the
label's sign s = 1 - 2y and r = tanh(s z / 2) as in `engine.kernels.logistic`, d is s (1 + r) / 2 for BCE and
s (1 + r) (1 - r^2) / 4 for MSE.

g' is 1 - a^2 for tanh and, for ReLU, 1 where a > 0 and 0 elsewhere. A sigmoid is a tanh of half the z, moved:
sigmoid(z) = (1 + tanh(z / 2)) / 2. So a network of sigmoids is a network of tanhs with other weights: each
layer's, times a fixed matrix; the gradient goes back through the same matrix.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.layout import Floats
from engine.models import layout_of
from engine.specs import ModelSpec
from engine.training_data import N_DESIGN_ROWS


class MlpForward:
    """From samples to logits, block by block; what the way back needs stays in the buffers.

    Attributes
    ----------
    weights : list of ndarray
        Of each layer, as this computation uses them: those of tanh units where the model's are sigmoids.
    to_tanh : list of ndarray or None
        For sigmoid units: what each layer's weights are multiplied with to get these.
    """

    def __init__(self, model: ModelSpec) -> None:
        self.layout = layout_of(model)
        self.is_relu = model.activation == "relu"
        self.n_hidden = len(model.hidden)
        self.to_tanh = _to_tanh(model) if model.activation == "sigmoid" else None
        self.weights: list[Floats] = []
        self._zero = np.zeros(1)  # as an array: to convert a Python number takes as long as the operation
        self._parameters: Floats | None = None
        self._model_weights: list[Floats] = []
        self._buffers: dict[int, HiddenBuffers] = {}

    def use(self, parameters: Floats) -> None:
        """Take these parameters (P,) from now on; to be said again after each change of them."""
        if parameters is not self._parameters:
            self._parameters = parameters
            layers = range(self.n_hidden + 1)
            self._model_weights = [self.layout.layer_view(parameters, layer) for layer in layers]
            self.weights = self._model_weights
            if self.to_tanh is not None:
                self.weights = [np.empty_like(layer) for layer in self._model_weights]
        if self.to_tanh is not None:
            for given, matrix, used in zip(self._model_weights, self.to_tanh, self.weights, strict=True):
                given.dot(matrix, used)

    def logits(self, design: Floats) -> HiddenBuffers:
        """Compute a_l and z for a block of samples, ``design`` of shape (3, m), into its buffers."""
        buffers = self.buffers_of(design.shape[1])
        inputs = design
        for layer, (weights, units) in enumerate(zip(self.weights, buffers.units, strict=False)):
            weights.dot(inputs, units)
            if self.is_relu:
                np.maximum(units, self._zero, out=units)
            else:
                np.tanh(units, out=units)
            inputs = buffers.inputs[layer]
        self.weights[-1][0].dot(inputs, buffers.z)
        return buffers

    def buffers_of(self, size: int) -> HiddenBuffers:
        """The buffers for blocks of `size` samples."""
        if size not in self._buffers:
            sizes = [layer.outputs for layer in self.layout.layers[:-1]]
            self._buffers[size] = HiddenBuffers(sizes, size)
        return self._buffers[size]


class HiddenBuffers:
    """Buffers for blocks of m samples.

    Attributes
    ----------
    inputs : list of ndarray of shape (units + 1, m)
        What each hidden layer gives the next one: X_l, its last row 1.
    transposed : list of ndarray of shape (m, units + 1)
        `inputs`, seen the other way round.
    units : list of ndarray of shape (units, m)
        a_l: `inputs` without the last row.
    slopes, sums : list of ndarray of shape (units, m)
        S_l, and M S_(l+1).
    is_on : list of ndarray of bool, shape (units, m)
        Where a ReLU has a slope.
    z, spare : ndarray of shape (m,)
    """

    def __init__(self, sizes: Sequence[int], size: int) -> None:
        self.inputs = [np.ones((units + 1, size)) for units in sizes]
        self.units = [inputs[:-1] for inputs in self.inputs]
        self.transposed = [inputs.T for inputs in self.inputs]
        self.slopes = [np.empty((units, size)) for units in sizes]
        self.sums = [np.empty((units, size)) for units in sizes]
        self.is_on = [np.empty((units, size), dtype=bool) for units in sizes]
        self.z = np.empty(size)
        self.spare = np.empty(size)


class _MlpKernel:
    """What the two losses share: forward, and back through the hidden layers, block by block."""

    factor: float
    """The number before the gradient, but for 1 / n."""

    def __init__(self, model: ModelSpec) -> None:
        self._forward = MlpForward(model)
        layout = self._forward.layout
        self._sum, self._partial = np.empty((2, layout.parameter_count))
        layers = range(len(layout.layers))
        self._sums = [layout.layer_view(self._sum, layer) for layer in layers]
        self._partials = [layout.layer_view(self._partial, layer) for layer in layers]
        self._slices = [layout.layer_slice(layer) for layer in layers]
        self._bias_positions = layout.bias_positions
        self._zero, self._one = np.zeros(1), np.ones(1)
        self._back = [np.empty((layer.inputs, layer.outputs)) for layer in layout.layers[1:-1]]
        to_tanh = self._forward.to_tanh
        self._from_tanh = None if to_tanh is None else [np.ascontiguousarray(t.T) for t in to_tanh]

    def gradient(self, parameters: Floats, batch: Sequence[Floats], out: Floats) -> None:
        """See `kernels.Kernel`."""
        self._forward.use(parameters)
        top = self._forward.weights[-1][0, :-1, None]
        for back, weights in zip(self._back, self._forward.weights[1:], strict=False):
            back[...] = weights[:, :-1].T
        if self._back:
            np.multiply(self._back[-1], top[:, 0], out=self._back[-1])
        n = 0
        for block in batch:
            self._block_gradient(block, self._partials if n else self._sums)
            if n:
                np.add(self._sum, self._partial, out=self._sum)
            n += block.shape[1]
        highest = self._sums[-2]
        np.multiply(highest, top, out=highest)
        if self._from_tanh is not None:
            for gradient, matrix, place in zip(self._sums, self._from_tanh, self._slices, strict=True):
                np.dot(gradient, matrix, out=out[place].reshape(gradient.shape))
            np.multiply(out, self.factor / n, out=out)
        else:
            np.multiply(self._sum, self.factor / n, out=out)
        if not batch[0].item(N_DESIGN_ROWS - 1, 0):
            out[self._bias_positions] = 0.0

    def _block_gradient(self, block: Floats, gradients: list[Floats]) -> None:
        """Write the sums over a block of all that `factor` and the weights of the output node multiply."""
        forward = self._forward
        design, half_sign = block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS]
        buffers = forward.logits(design)
        r = buffers.z
        np.multiply(r, half_sign, out=r)
        np.tanh(r, out=r)
        self._to_slope(r, buffers.spare)
        np.multiply(r, half_sign, out=r)
        buffers.inputs[-1].dot(r, gradients[-1][0])
        above: Floats = r
        for layer in reversed(range(forward.n_hidden)):
            if above is not r:
                above = self._back[layer].dot(above, buffers.sums[layer])
            slope, units = buffers.slopes[layer], buffers.units[layer]
            if forward.is_relu:
                np.multiply(np.greater(units, self._zero, out=buffers.is_on[layer]), above, out=slope)
            else:
                np.multiply(units, units, out=slope)
                np.subtract(self._one, slope, out=slope)
                np.multiply(slope, above, out=slope)
            below = buffers.transposed[layer - 1] if layer else design.T
            slope.dot(below, gradients[layer])
            above = slope

    def _to_slope(self, r: Floats, spare: Floats) -> None:
        """Turn r, shape (m,), into what s / 2 is multiplied with, in place."""
        raise NotImplementedError


class MlpBce(_MlpKernel):
    """Binary cross-entropy."""

    factor = 1.0

    def _to_slope(self, r: Floats, spare: Floats) -> None:
        np.add(r, self._one, out=r)


class MlpMse(_MlpKernel):
    """Mean squared error."""

    factor = 0.5

    def _to_slope(self, r: Floats, spare: Floats) -> None:
        np.add(r, self._one, out=spare)
        np.subtract(self._one, r, out=r)
        np.multiply(r, spare, out=r)
        np.multiply(r, spare, out=r)


def _to_tanh(model: ModelSpec) -> list[Floats]:
    """What turns each layer's weights (outputs, inputs + 1) of sigmoid units into those of tanh units.

    A hidden node's z is halved; a weight of a sigmoid unit's output is halved too, for (1 + tanh) / 2, and
    its other half goes to the bias.
    """
    layers = layout_of(model).layers
    matrices = []
    for index, layer in enumerate(layers):
        matrix = np.eye(layer.inputs + 1)
        if index:
            matrix[:-1] *= 0.5
            matrix[:-1, -1] = 0.5
        matrices.append(matrix * (0.5 if index < len(layers) - 1 else 1.0))
    return matrices

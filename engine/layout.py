"""How a model's parameters lie in one flat row: the only thing that knows (layer, output, input)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Activation = Literal["sigmoid", "softmax", "absolute", "square", "step", "tanh", "relu", "identity"]


@dataclass(frozen=True, slots=True)
class Layer:
    """One dense layer: `outputs` rows of `inputs` weights and one bias, then an activation."""

    inputs: int
    outputs: int
    activation: Activation

    @property
    def parameter_count(self) -> int:
        """Weights and biases together."""
        return self.outputs * (self.inputs + 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """The layers of a model, stored one after the other in a row of `parameter_count` numbers.

    A layer is stored row by row (one row an output node): its weights, then its bias, so that a
    layer's view times the feature-major design matrix ``[x1; x2; 1]`` is its logits.
    """

    layers: tuple[Layer, ...]

    @property
    def parameter_count(self) -> int:
        """Numbers in one model's row."""
        return sum(layer.parameter_count for layer in self.layers)

    @property
    def bias_positions(self) -> NDArray[np.int64]:
        """Where the biases stand in a model's row, shape (nodes,)."""
        places, start = [], 0
        for layer in self.layers:
            places.append(start + layer.inputs + (layer.inputs + 1) * np.arange(layer.outputs))
            start += layer.parameter_count
        return np.concatenate(places)

    def layer_slice(self, index: int) -> slice:
        """Where the parameters of layer `index` stand in a model's row."""
        start = sum(previous.parameter_count for previous in self.layers[:index])
        return slice(start, start + self.layers[index].parameter_count)

    def layer_view(self, parameters: Floats, index: int) -> Floats:
        """View of layer `index`: shape (..., outputs, inputs + 1), the bias in the last column.

        Parameters
        ----------
        parameters : ndarray of shape (..., parameter_count)
            C-contiguous; the result shares its memory.
        """
        layer = self.layers[index]
        flat = parameters[..., self.layer_slice(index)]
        return flat.reshape(*parameters.shape[:-1], layer.outputs, layer.inputs + 1)

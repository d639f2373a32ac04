from __future__ import annotations

import numpy as np

from engine.layout import Layer, Layout

TWO_LAYERS = Layout((Layer(2, 3, "tanh"), Layer(3, 1, "sigmoid")))


def test_parameters_are_counted_with_their_biases():
    assert Layer(2, 3, "tanh").parameter_count == 9
    assert TWO_LAYERS.parameter_count == 9 + 4


def test_layers_lie_one_after_the_other_row_by_row_bias_last():
    row = np.arange(13.0)
    assert TWO_LAYERS.layer_view(row, 0).tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert TWO_LAYERS.layer_view(row, 1).tolist() == [[9, 10, 11, 12]]


def test_a_view_of_many_models_shares_their_memory():
    state = np.zeros((4, 13))
    view = TWO_LAYERS.layer_view(state, 0)
    assert view.shape == (4, 3, 3)
    view[2, 1, 2] = 7.0
    assert state[2, 5] == 7.0


def test_every_number_belongs_to_exactly_one_layer():
    row = np.zeros(13)
    for index in range(2):
        TWO_LAYERS.layer_view(row, index)[...] += 1.0
    assert (row == 1.0).all()

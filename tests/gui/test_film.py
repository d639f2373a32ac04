"""The frames of a GIF, read back by Pillow: near to the true colours, and small where little changes."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from gui.export.film import film_bytes


def image_of(pixels: np.ndarray) -> QImage:
    height, width, _ = pixels.shape
    data = np.ascontiguousarray(pixels, dtype=np.uint8)
    return QImage(data.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def gradient(shift: float) -> np.ndarray:
    """A soft map of two colours, moved to the right, as that of probabilities is."""
    share = 1 / (1 + np.exp(-(np.arange(160) - 80 - shift) / 25.0))
    blue, orange = np.array([175, 210, 230]), np.array([240, 200, 170])
    row = (1 - share)[:, None] * blue + share[:, None] * orange
    return np.broadcast_to(np.rint(row), (90, 160, 3)).astype(np.uint8)


def read_back(data: bytes) -> list[np.ndarray]:
    """What is shown in each twentieth of a second, without the two seconds that the last one stays."""
    frames = []
    with Image.open(io.BytesIO(data)) as film:
        for number in range(film.n_frames):
            film.seek(number)
            pixels = np.asarray(film.convert("RGB"), dtype=np.int16)
            frames += [pixels] * (film.info["duration"] // 50)
    return frames[:-40]


def test_every_frame_of_a_map_that_moves_slowly_is_near_to_its_true_colours():
    true = [gradient(shift / 2) for shift in range(60)]
    shown = read_back(film_bytes(map(image_of, true), ".gif", 20))
    assert len(shown) == len(true)
    errors = [np.abs(one - other) for one, other in zip(shown, true, strict=True)]
    assert max(error.mean() for error in errors) < 2.0
    assert max(error.max() for error in errors) <= 12


def test_what_hardly_changes_takes_no_room():
    rng = np.random.default_rng(0)
    still = gradient(0.0)
    one = film_bytes([image_of(still)], ".gif", 20)
    shaken = [still, *(still + rng.integers(0, 3, still.shape).astype(np.uint8) for _ in range(20))]
    assert len(film_bytes(map(image_of, shaken), ".gif", 20)) < 1.5 * len(one)


def test_a_mark_that_moves_leaves_no_trace():
    ground = np.full((60, 80, 3), 250, dtype=np.uint8)
    true = []
    for place in range(0, 60, 5):
        frame = ground.copy()
        frame[20:30, place : place + 10] = (0, 114, 178)
        true.append(frame)
    shown = read_back(film_bytes(map(image_of, true), ".gif", 20))
    for one, other in zip(shown, true, strict=True):
        assert np.abs(one - other).max() <= 3

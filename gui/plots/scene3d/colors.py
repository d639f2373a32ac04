"""Colours of surfaces: a perceptual scale for heights, tints for probabilities, light for slopes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor

from gui.theme import Theme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEVELS = 160
SHADES = 33
MOST_TINT = 0.78
_DARKEST, _LIGHTEST = 0.42, 0.35

# Stops of the perceptual scale in OKLCh (Ottosson 2020): lightness grows evenly, so that equal steps look
# equal and stay ordered in grey; the hue goes from violet over blue and green to yellow.
_LIGHTNESS = (0.28, 0.94)
_CHROMA = (0.115, 0.125, 0.105, 0.125, 0.155)
_HUE_DEG = (315.0, 268.0, 205.0, 150.0, 105.0)


def perceptual_table(count: int = LEVELS) -> Floats:
    """Red, green and blue (0 to 255) of a scale from dark violet (low) to light yellow (high), (count, 3)."""
    share = np.linspace(0.0, 1.0, count)
    stops = np.linspace(0.0, 1.0, len(_HUE_DEG))
    lightness = _LIGHTNESS[0] + share * (_LIGHTNESS[1] - _LIGHTNESS[0])
    chroma = np.interp(share, stops, _CHROMA)
    hue = np.radians(np.interp(share, stops, _HUE_DEG))
    return from_oklab(np.stack([lightness, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1))


def tint_scale(theme: Theme, low: QColor | None, high: QColor, count: int = LEVELS) -> Floats:
    """Colours of a probability from 0 to 1, (count, 3).

    With two classes (`low`, `high`) 1/2 is neutral and either end is that class's fill; with `low` None the
    scale goes from neutral at 0 to `high` at 1.
    """
    neutral = _channels(theme.window if not theme.dark else theme.control)
    share = np.linspace(0.0, 1.0, count)[:, None]
    amount = share if low is None else np.abs(2.0 * share - 1.0)
    end = _channels(high) if low is None else np.where(share < 0.5, _channels(low), _channels(high))
    result: Floats = neutral + MOST_TINT * amount * (end - neutral)
    return result


def shades_of(normals: Floats, axes: Floats) -> Ints:
    """How bright facets are lit, 0 to SHADES - 1; the middle is a level one, whatever the view.

    Parameters
    ----------
    normals : ndarray of shape (n, 3)
        Unit vectors.
    axes : ndarray of shape (3, 3)
        Right, up and towards the eye: the light comes from the upper left, behind the eye, and turns with it.
    """
    towards = np.array([axes[2, 0], axes[2, 1], 0.0])
    towards /= max(float(np.linalg.norm(towards)), np.finfo(float).tiny)
    light = -0.5 * axes[0] + 0.3 * towards + np.array([0.0, 0.0, 0.8])
    light /= np.linalg.norm(light)
    relative = normals @ light - light[2]
    brightness = np.where(relative < 0.0, relative / (1.0 + light[2]), relative / (1.0 - light[2]))
    result: Ints = np.rint((brightness + 1.0) * ((SHADES - 1) / 2)).astype(np.int64)
    return np.clip(result, 0, SHADES - 1)


class Brushes(dict[int, QBrush]):
    """The brushes of a colour scale under every shade, each made when it is first asked for."""

    def __init__(self, table: Floats) -> None:
        super().__init__()
        self._table = table

    @property
    def table(self) -> Floats:
        """The colours of the scale, unshaded, shape (count, 3)."""
        return self._table

    def indices(self, level: Floats, shade: Ints) -> list[int]:
        """Keys of the brushes for levels (0 to 1) under shades, both of shape (n,)."""
        count = len(self._table)
        row = np.clip(np.rint(level * (count - 1)), 0, count - 1).astype(np.int64)
        keys: list[int] = (row * SHADES + shade).tolist()
        return keys

    def __missing__(self, key: int) -> QBrush:
        brush = self[key] = QBrush(self._shaded(*divmod(key, SHADES)))
        return brush

    def _shaded(self, row: int, shade: int) -> QColor:
        amount = 2.0 * shade / (SHADES - 1) - 1.0
        color = self._table[row]
        lit = (
            color * (1.0 + _DARKEST * amount) if amount < 0 else color + _LIGHTEST * amount * (255.0 - color)
        )
        return QColor(*(round(float(channel)) for channel in lit))


def from_oklab(oklab: Floats) -> Floats:
    """OKLab (..., 3) -> sRGB channels from 0 to 255, held to what a screen can show."""
    lms = (oklab @ _TO_LMS.T) ** 3
    linear = np.clip(lms @ _TO_LINEAR.T, 0.0, 1.0)
    curve = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    result: Floats = 255.0 * np.clip(curve, 0.0, 1.0)
    return result


def to_oklab(channels: Floats) -> Floats:
    """Channels of sRGB from 0 to 255 (..., 3) -> OKLab: the inverse of `from_oklab`."""
    curve = channels / 255.0
    linear = np.where(curve <= 0.04045, curve / 12.92, ((curve + 0.055) / 1.055) ** 2.4)
    lms = np.cbrt(linear @ np.linalg.inv(_TO_LINEAR).T)
    result: Floats = lms @ np.linalg.inv(_TO_LMS).T
    return result


# The matrices of OKLab, from OKLab to the cube roots of LMS and from LMS to linear sRGB.
_TO_LMS = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
_TO_LINEAR = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def _channels(color: QColor) -> Floats:
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)

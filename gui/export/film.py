"""Frames to the bytes of a film: GIF by Pillow, WebP and MP4 by PyAV, each loaded when it is used."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from engine.errors import QT_TRANSLATE_NOOP, FallLineError

if TYPE_CHECKING:
    from PIL.Image import Image

FILM_SUFFIXES = (".gif", ".webp", ".mp4")
GIF_TICKS_PER_SECOND = 100
MAX_FRAMES_PER_SECOND = 60
MAX_FRAMES = 3_600
MAX_SIDE_PX = 4_096
"""What every player plays."""
MAX_GIF_PIXELS = 500_000_000
"""Pixels of all frames together: Pillow holds a GIF in memory until it is whole."""
HOLD_SECONDS = 2.0
"""For how long a film that repeats shows its last frame."""

_COLOR_ERROR, _COLOR_ERROR_MOST = 1.5, 24.0
"""By how much (of 255) a GIF's frame may differ from the true colours before it gets others."""
_STILL = 3
"""By how much (of 255) a part of a GIF may differ from its true colour before it is drawn again."""

_ENCODERS: dict[str, tuple[str, dict[str, str], dict[str, object]]] = {
    ".webp": ("libwebp_anim", {"loop": "0"}, {"quality": "90"}),
    ".mp4": ("libx264", {}, {"crf": "18", "preset": "medium", "tune": "animation"}),
}
"""For each format the encoder, and the options of its file and of the encoder."""

Pixels = NDArray[np.uint8]


def film_bytes(frames: Iterable[QImage], suffix: str, frames_per_second: int) -> bytes:
    """The frames as the bytes of a film; the last one stays for two seconds.

    Parameters
    ----------
    frames : iterable of QImage
        All of one size; at least one. But for GIF, width and height are even (`film_size`).
    suffix : {".gif", ".webp", ".mp4"}
    frames_per_second : int
        1 to 60; a GIF's frames last whole hundredths of a second, so that 60 become 50.

    Raises
    ------
    ValueError
        If it is no format of films.
    """
    if suffix == ".gif":
        return _gif_bytes(frames, frames_per_second)
    if suffix in _ENCODERS:
        return _encoded_bytes(frames, suffix, frames_per_second)
    raise ValueError(f"{suffix} is no format of films")


def check_film(suffix: str, width: int, height: int, n_frames: int) -> None:
    """Find out before the work whether a film can be made.

    Raises
    ------
    FallLineError
        If it is larger, or has more frames, than can be written.
    """
    if max(width, height) > MAX_SIDE_PX:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "A film is at most {most} pixels wide and high."), most=MAX_SIDE_PX
        )
    most = MAX_FRAMES
    if suffix == ".gif":
        most = min(most, MAX_GIF_PIXELS // (width * height))
    if n_frames > most:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "A film of this size and format has at most {most} frames, and this one would have {count}: "
                "take more steps a frame.",
            ),
            most=most,
            count=n_frames,
        )


def film_size(suffix: str, width: int, height: int) -> tuple[int, int]:
    """The size nearest to the one asked for that the format can have: all but GIF need even sides."""
    return (width, height) if suffix == ".gif" else (width - width % 2, height - height % 2)


def pixels_of(image: QImage) -> Pixels:
    """The image as an array of shape (height, width, 3): red, green, blue."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


def _gif_bytes(frames: Iterable[QImage], frames_per_second: int) -> bytes:
    """Again and again; equal frames in a row become one that lasts longer."""
    ms = round(GIF_TICKS_PER_SECOND / frames_per_second) * (1000 // GIF_TICKS_PER_SECOND)
    pictures: list[Image] = []
    durations: list[int] = []
    for pixels, count in _merged(map(pixels_of, frames)):
        pictures.append(_with_palette(pixels, pictures[-1] if pictures else None))
        durations.append(count * ms)
    durations[-1] += round(HOLD_SECONDS * 1000)
    out = io.BytesIO()
    pictures[0].save(
        out, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0, disposal=1
    )
    return out.getvalue()


def _with_palette(pixels: Pixels, before: Image | None) -> Image:
    """In the colours of the frame before, so that what stands still stays the same, where these do."""
    from PIL import Image as Images

    whole = Images.fromarray(pixels)
    if before is not None:
        image = _with_still_parts(whole.quantize(palette=before, dither=Images.Dither.NONE), pixels, before)
        error = np.abs(np.asarray(image.convert("RGB"), dtype=np.int16) - pixels)
        if float(error.mean()) <= _COLOR_ERROR and float(np.percentile(error, 99.5)) <= _COLOR_ERROR_MOST:
            return image
    return whole.quantize(256, Images.Quantize.MEDIANCUT, dither=Images.Dither.NONE)


def _with_still_parts(image: Image, pixels: Pixels, before: Image) -> Image:
    """The image with the frame before where that hardly differs from the true colours: it takes no room."""
    from PIL import Image as Images

    shown = np.asarray(before.convert("RGB"), dtype=np.int16)
    is_still = np.abs(shown - pixels).max(axis=2) <= _STILL
    places = np.where(is_still, np.asarray(before), np.asarray(image))
    still = Images.fromarray(places, "P")
    still.putpalette(image.getpalette() or [])
    return still


def _merged(frames: Iterable[Pixels]) -> Iterator[tuple[Pixels, int]]:
    """Each frame that differs from the one before, with how often it comes in a row."""
    before: Pixels | None = None
    count = 0
    for frame in frames:
        if before is not None and np.array_equal(before, frame):
            count += 1
            continue
        if before is not None:
            yield before, count
        before, count = frame, 1
    if before is not None:
        yield before, count


def _encoded_bytes(frames: Iterable[QImage], suffix: str, frames_per_second: int) -> bytes:
    """By the encoders of FFmpeg, a frame at a time; with colours in 4:2:0 the film plays everywhere."""
    import av

    codec, container_options, codec_options = _ENCODERS[suffix]
    out = io.BytesIO()
    remaining = iter(frames)
    image = next(remaining)
    with av.open(out, "w", format=suffix[1:], options=container_options) as container:
        stream = container.add_stream(codec, rate=Fraction(frames_per_second))
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = image.width(), image.height(), "yuv420p"
        stream.options = codec_options
        pixels = pixels_of(image)
        for frame in chain([image], remaining):
            pixels = pixels_of(frame)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        for _ in range(round(HOLD_SECONDS * frames_per_second)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return out.getvalue()

"""The JSON document inside another format: what an ONNX or safetensors file is read back from.

Such a file holds the model twice: in the form that other programs use, and as the documented JSON, which
alone says what was trained, on what and how. Both have to agree, or somebody's changes would be lost unsaid.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files import weights_json
from engine.files.weights import WeightsFile

KEY = "fall-line-weights"
"""Under what name the document stands in a file's metadata."""

Content = TypeVar("Content")


def text_of(weights: WeightsFile) -> str:
    """The document as it is put inside."""
    return weights_json.encode(weights).decode("utf-8")


def classes_text(weights: WeightsFile) -> str:
    """The classes' names in order, as a JSON list: for programs that know nothing of the document."""
    return json.dumps(list(weights.class_names), ensure_ascii=False)


def weights_inside(texts: Sequence[str], format_name: str) -> WeightsFile:
    """The weights of the one document inside; `texts` is what was found under `KEY`.

    Raises
    ------
    FallLineError
        If there is none, as in the files of other programs, or if it is not in order.
    """
    if len(texts) != 1:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "This {format} file was not exported by Fall Line; others cannot be opened.",
            ),
            format=format_name,
        )
    # Half a character, which JSON can spell out, is passed on to be refused as any other broken text.
    return weights_json.decode(texts[0].encode("utf-8", "surrogatepass"))


def check_unchanged(found: Content, expected: Content) -> None:
    """Refuse a file whose own numbers are not those of the document inside.

    Raises
    ------
    FallLineError
        If they differ in a single bit.
    """
    if found != expected:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine", "Another program has changed the numbers of this file since Fall Line wrote it."
            )
        )

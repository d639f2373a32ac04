"""The forms in which a model is copied into other programs: the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.files.code_latex import latex_code
from engine.files.code_numpy import numpy_code
from engine.files.code_python import python_code
from engine.files.code_spreadsheet import spreadsheet_formulas
from engine.files.weights import WeightsFile


@dataclass(frozen=True, slots=True)
class CodeForm:
    """A form of a model as text: what it is called, and how it is written."""

    key: str
    write: Callable[[WeightsFile], str]


CODE_FORMS = (
    CodeForm("python", python_code),
    CodeForm("numpy", numpy_code),
    CodeForm("spreadsheet", spreadsheet_formulas),
    CodeForm("latex", latex_code),
)


def code_of(key: str, weights: WeightsFile) -> str:
    """A model in the form of that key."""
    return next(form for form in CODE_FORMS if form.key == key).write(weights)

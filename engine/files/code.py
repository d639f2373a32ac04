"""The forms in which a model is copied into other programs: the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.files.code_latex import latex_code
from engine.files.code_numpy import numpy_code
from engine.files.code_python import python_code
from engine.files.code_spreadsheet import Say, spreadsheet_formulas
from engine.files.weights import WeightsFile


@dataclass(frozen=True, slots=True)
class CodeForm:
    """A form of a model as text: what it is called, and how it is written.

    What programs read is in English, whatever the language in use; cells, which people read, are not.
    """

    key: str
    write: Callable[[WeightsFile, Say], str]


CODE_FORMS = (
    CodeForm("python", lambda weights, _: python_code(weights)),
    CodeForm("numpy", lambda weights, _: numpy_code(weights)),
    CodeForm("spreadsheet", spreadsheet_formulas),
    CodeForm("latex", lambda weights, _: latex_code(weights)),
)


def code_of(key: str, weights: WeightsFile, say: Say = str) -> str:
    """A model in the form of that key; `say` puts the sentences in cells into the language in use."""
    return next(form for form in CODE_FORMS if form.key == key).write(weights, say)

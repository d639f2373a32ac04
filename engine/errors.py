"""Errors and notices that a person reads: one sentence, translatable, with its values kept apart."""

from __future__ import annotations

from dataclasses import dataclass, field


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name by which lupdate finds the text
    """Mark `text` for the translation catalogue under `context` and return it unchanged.

    The engine never imports Qt; Qt's extraction tool reads this call by its name alone.
    """
    del context
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person: an English template marked for translation, and its values.

    `str(message)` is the English sentence; the window translates `template` under the context
    ``"Engine"`` and fills in the same values.
    """

    template: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


_NO_MEMORY = QT_TRANSLATE_NOOP("Engine", "there is not enough memory: close something and try again")
_MISTAKE = QT_TRANSLATE_NOOP("Engine", "a mistake in the program, which its log describes")


def unforeseen(error: Exception) -> Message:
    """What an error that nobody expects is in a sentence; its own words, in English, are for the log."""
    return Message(_NO_MEMORY if isinstance(error, MemoryError) else _MISTAKE)


class FallLineError(Exception):
    """Bad input or a request that cannot be met, told in one sentence (`message`)."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))

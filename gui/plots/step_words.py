"""What is said of the step model below its curve: why it stands still, or its mistakes and their end."""

from __future__ import annotations

from engine.optimum.separability import Separation
from engine.snapshots import Mistakes, Snapshot
from gui.formulas import count_text
from gui.i18n import message_text, translate
from gui.run_words import FLAT_GRADIENT, is_flat


def step_sentence(snapshot: Snapshot, separation: Separation | None) -> str:
    """Sentences about a snapshot; empty for other models.

    Parameters
    ----------
    separation : "none", "quasi", "complete" or None
        Whether a line separates the samples, where that is known.
    """
    if is_flat(snapshot.spec):
        return message_text(FLAT_GRADIENT)
    if snapshot.mistakes is None:
        return ""
    return f"{mistakes_text(snapshot.mistakes[0])} {_outlook(snapshot.mistakes[0], separation)}".strip()


def mistakes_text(mistakes: Mistakes) -> str:
    """Mistakes in this epoch so far and in the last whole one."""
    epoch, so_far = count_text(mistakes.epoch), count_text(mistakes.so_far)
    now = translate("StepWords", "Mistakes in epoch {epoch} so far: {count}", epoch=epoch, count=so_far)
    if mistakes.last_epoch is None:
        return f"{now}."
    last = count_text(mistakes.last_epoch)
    return translate("StepWords", "{now}; in the whole epoch before: {count}.", now=now, count=last)


def _outlook(mistakes: Mistakes, separation: Separation | None) -> str:
    """What will become of the rule on these samples."""
    if mistakes.last_epoch == 0 and mistakes.so_far == 0:
        return translate(
            "StepWords",
            "It has settled. Which of the many separating lines it ended on depends on the start.",
        )
    if separation == "none":
        return translate("StepWords", "No line separates these samples, so the rule never settles.")
    if separation == "complete":
        return translate(
            "StepWords",
            "A line separates these samples, so the rule will settle; on which of the many such lines "
            "depends on the start.",
        )
    return ""

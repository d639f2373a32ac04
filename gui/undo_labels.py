"""What each undo command is called, in the language in use."""

from __future__ import annotations

from dataclasses import dataclass

from gui.i18n import translate


@dataclass(frozen=True, slots=True)
class UndoLabel:
    """What an undo command is called: known words with a count, or a text of its own."""

    key: str
    count: int = 1
    text: str = ""

    def __str__(self) -> str:
        return self.text or _label_text(self.key, self.count)


def _label_text(key: str, count: int) -> str:
    if count != 1 and key in (many := _texts_of_many(count)):
        return many[key]
    return _texts_of_one()[key]


def _texts_of_many(count: int) -> dict[str, str]:
    return {
        "add": translate("Undo", "Add {count} samples", count=f"{count:,}"),
        "move": translate("Undo", "Move {count} samples", count=f"{count:,}"),
        "set_class": translate("Undo", "Change the class of {count} samples", count=f"{count:,}"),
        "set_labels": translate("Undo", "Change the labels of {count} samples", count=f"{count:,}"),
        "remove": translate("Undo", "Remove {count} samples", count=f"{count:,}"),
        "hold_out": translate("Undo", "Hold {count} samples out of training", count=f"{count:,}"),
        "use_for_training": translate("Undo", "Use {count} samples for training", count=f"{count:,}"),
    }


def _texts_of_one() -> dict[str, str]:
    return {
        "add": translate("Undo", "Add a sample"),
        "move": translate("Undo", "Move a sample"),
        "edit": translate("Undo", "Edit a sample"),
        "set_class": translate("Undo", "Change the class of a sample"),
        "set_labels": translate("Undo", "Change the labels of a sample"),
        "remove": translate("Undo", "Remove a sample"),
        "label_by_bmi": translate("Undo", "Label by BMI"),
        "hold_out": translate("Undo", "Hold a sample out of training"),
        "use_for_training": translate("Undo", "Use a sample for training"),
        "split": translate("Undo", "Change the held-out share"),
        "new_split": translate("Undo", "New train/test split"),
        "clear": translate("Undo", "Clear all samples"),
        "rename_class": translate("Undo", "Rename a class"),
        "restyle_class": translate("Undo", "Change the look of a class"),
        "add_class": translate("Undo", "Add a class"),
        "remove_class": translate("Undo", "Remove a class"),
        "keep_two_classes": translate("Undo", "Make the problem binary"),
        "settings": translate("Undo", "Change settings"),
        "setting_model": translate("Undo", "Change the model"),
        "setting_hidden": translate("Undo", "Change the hidden layers"),
        "setting_activation": translate("Undo", "Change the activation function"),
        "setting_standardize": translate("Undo", "Change the standardisation"),
        "setting_bias": translate("Undo", "Change the bias"),
        "setting_loss_mode": translate("Undo", "Change the loss"),
        "setting_label_smoothing": translate("Undo", "Change the label smoothing"),
        "setting_optimizer": translate("Undo", "Change the optimiser"),
        "setting_batch_size": translate("Undo", "Change the batch size"),
        "setting_start": translate("Undo", "Change the start weights"),
        "setting_seed": translate("Undo", "Change the seed"),
        "setting_threshold": translate("Undo", "Move the threshold"),
        "guess": translate("Undo", "Draw your own line"),
        "remove_guess": translate("Undo", "Remove your own line"),
        "replace": translate("Undo", "Open another document"),
    }

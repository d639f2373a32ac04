"""What an import says: errors with their place, the source, the classes in their order."""

from __future__ import annotations

from engine.errors import FallLineError
from engine.files.tables import Extraction, Table, TableError
from gui.dialogs.import_preview import class_names
from gui.i18n import message_text, translate


def error_text(error: FallLineError) -> str:
    """The sentence of an error, with the line and column where they are known."""
    sentence = message_text(error.message)
    if not isinstance(error, TableError) or error.line is None:
        return sentence
    if error.column is None:
        return translate("ImportDialog", "Line {line}: {sentence}", line=error.line, sentence=sentence)
    return translate(
        "ImportDialog",
        "Line {line}, column {column}: {sentence}",
        line=error.line,
        column=error.column,
        sentence=sentence,
    )


def source_text(name: str, table: Table) -> str:
    """What was read, how it was understood, and how many lines above the table are no part of it."""
    read = _read_text(name, table)
    if not table.above:
        return read
    return translate(
        "ImportDialog", "{read}. Lines passed over above the table: {count}",
        read=read, count=len(table.above),
    )  # fmt: skip


def _read_text(name: str, table: Table) -> str:
    count = f"{len(table):,}"
    if table.sheet:
        return translate(
            "ImportDialog", "{file}, sheet “{sheet}”: {count} rows", file=name, sheet=table.sheet, count=count
        )
    delimiter = delimiter_name(table.delimiter)
    if not table.encoding:
        return translate(
            "ImportDialog", "{file}: {count} rows, delimiter {delimiter}",
            file=name, count=count, delimiter=delimiter,
        )  # fmt: skip
    return translate(
        "ImportDialog",
        "{file}: {count} rows, encoding {encoding}, delimiter {delimiter}",
        file=name,
        count=count,
        encoding=table.encoding,
        delimiter=delimiter,
    )


def order_text(extraction: Extraction) -> str:
    """The classes in their order, with their counts; of two the second is the positive one."""
    counted = [
        f"{name} ({count:,})"
        for name, count in zip(class_names(extraction), extraction.class_counts, strict=True)
    ]
    if not counted:
        return translate(
            "ImportDialog",
            "The samples come without labels. Give them on the canvas, or by Edit, Label by BMI.",
        )
    if len(counted) == 2:
        return translate(
            "ImportDialog",
            "class 0: {reference}; class 1, positive: {positive}",
            reference=counted[0],
            positive=counted[1],
        )
    return translate("ImportDialog", "classes in order: {names}", names=", ".join(counted))


def delimiter_name(delimiter: str) -> str:
    """A delimiter's name in the language in use."""
    names = {
        ",": translate("ImportDialog", "comma"),
        ";": translate("ImportDialog", "semicolon"),
        "\t": translate("ImportDialog", "tab"),
        "|": translate("ImportDialog", "bar"),
    }
    return names.get(delimiter, delimiter)

"""The text of a CSV file as bytes that a spreadsheet takes for what they are."""

from __future__ import annotations


def csv_bytes(text: str) -> bytes:
    """UTF-8, with a byte-order mark where a letter is not ASCII: Excel garbles Hangul without one."""
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")

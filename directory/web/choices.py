"""Choices of a form as WTForms takes them."""

from collections.abc import Mapping
from typing import TypeVar

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2

T = TypeVar("T", bound=str)


def choices(words: Mapping[T, str]) -> list[SelectChoice]:
    """Return one choice for each value with its words, in order."""
    return [SelectChoice(value=str(value), label=label) for value, label in words.items()]

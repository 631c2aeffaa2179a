"""Choices of a form as WTForms takes them."""

from collections.abc import Mapping
from typing import TypeVar

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.widgets import CheckboxInput, ListWidget

T = TypeVar("T", bound=str)


class TickField(SelectMultipleField):
    """A list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def grouped_choices(groups: Mapping[str, Mapping[T, str]]) -> list[SelectChoice]:
    """Return one choice for each value with its words, under the heading of its group."""
    return [
        SelectChoice(value=str(value), label=label, optgroup=heading)
        for heading, words in groups.items()
        for value, label in words.items()
    ]


def choices(words: Mapping[T, str], *, unchosen: str = "") -> list[SelectChoice]:
    """Return one choice for each value with its words, in order, after an `unchosen` one if named.

    A list that starts on nothing cannot be sent by one press of a button.
    """
    first = [SelectChoice(value="", label=unchosen)] if unchosen else []
    return first + [SelectChoice(value=str(value), label=label) for value, label in words.items()]


def chosen_labels(field: SelectField | SelectMultipleField) -> tuple[str, ...]:
    """Return the words of what was chosen, in the order in which it was offered."""
    data = field.data or ()
    chosen = {data} if isinstance(data, str) else set(data)
    offered = (each for each in field.choices or () if isinstance(each, SelectChoice))
    return tuple(str(each.label) for each in offered if each.value and each.value in chosen)

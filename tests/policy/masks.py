"""Lay out what each field that an agreement may leave out keeps back; and every table with it."""

from collections.abc import Iterable
from dataclasses import replace

from directory.domain.sharing import EVERY_FIELD, ContactField
from directory.domain.vocabulary import Level
from directory.policy import disclosure
from directory.policy.disclosure import disclose_person
from directory.policy.modifiers import Question, lowered
from tests.factories import access, agreement, grants, person
from tests.policy.tables import Table, asked_for_fields, filled, tables


def every_table() -> tuple[Table, ...]:
    """Return every table, in the order in which they are read."""
    return (*tables(), field_masks())


def field_masks() -> Table:
    """Return what stays empty in every contact when an agreement leaves one field out."""
    asked = tuple(asked_for_fields())
    every = _filled_under(asked, EVERY_FIELD)
    rows = tuple(
        (each, ", ".join(sorted(every - _filled_under(asked, EVERY_FIELD - {each}))))
        for each in ContactField
    )
    return Table(
        key="field masks",
        title="Field an agreement may leave out -> fields of a contact that are then never filled",
        heads=("left out", "never filled"),
        rows=rows,
    )


def _filled_under(asked: Iterable[Question], mask: frozenset[ContactField]) -> set[str]:
    reader, shown = access(), disclose_person(access(), person())
    granted = grants(agreement(fields=mask))
    masked = (replace(each, grants=granted) for each in asked)
    verdicts = ((each, lowered(each, Level.L5)) for each in masked)
    cards = (disclosure._card(reader, shown, *pair) for pair in verdicts if pair[1].state)
    return {name for card in cards for contact in card.contacts for name in filled(contact)}

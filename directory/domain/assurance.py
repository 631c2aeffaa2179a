"""Assurance: until when an organisation has shown that it keeps what it is told safe."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from directory.domain.dates import working_day_from
from directory.domain.gates import GateState, OfOrganisation, Standing

AMBER = timedelta(days=30)
"""For how long people are warned, and still see, after an assurance has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """An organisation with the day its assurance ends, excluded; None where none is asked of it."""

    organisation: UUID
    name: str
    until: date | None
    evidence: str
    suspended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is asked of an organisation whenever somebody of it looks."""

    suspended: bool = False
    assured_until: date | None = None
    needs_consent: bool = False


def assurance_standing(until: date | None, *, day: date, holidays: Container[date]) -> Standing:
    """Return how an assurance stands on `day`; it lapses on the first working day after AMBER."""
    gate = OfOrganisation.ASSURANCE
    if until is None:
        return Standing(gate=gate, state=GateState.HELD)
    lapses = working_day_from(until + AMBER, holidays)
    if day >= lapses:
        return Standing(gate=gate, state=GateState.LAPSED, lapses=lapses)
    state = GateState.HELD if day < until else GateState.LAPSES_SOON
    return Standing(gate=gate, state=state, lapses=lapses)

"""Gates: what an account must hold before it may see people, and how each stands on a day."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from directory.domain.access import Refused
from directory.domain.dates import working_day_from

WARNING = timedelta(days=14)
LONGEST = timedelta(days=3 * 366)
_EVIDENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
_TEN_DIGITS = re.compile(r"\d{10}")  # as an NHS number has


class Gate(StrEnum):
    """What is held."""

    TRAINING = "training"
    CONTRACT = "contract"  # or a volunteer agreement
    VETTING = "vetting"
    CODE_OF_CONDUCT = "code_of_conduct"


class OfOrganisation(StrEnum):
    """What is held by an account's organisation, for all in it."""

    ASSURANCE = "assurance"


class GateState(StrEnum):
    """How a gate stands on a day."""

    HELD = "held"
    LAPSES_SOON = "lapses_soon"
    LAPSED = "lapsed"
    MISSING = "missing"

    @property
    def is_open(self) -> bool:
        """Return whether it lets its holder through."""
        return self in {GateState.HELD, GateState.LAPSES_SOON}


class GateFault(Refused):
    """A gate cannot be held as was asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldGate:
    """One gate of an account, with where its evidence is kept; `end` is excluded."""

    gate: Gate
    start: date
    end: date
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one gate of an account stands; `lapses` is the day viewing closes, None if missing."""

    gate: Gate | OfOrganisation
    state: GateState
    lapses: date | None = None


def given(*, gate: Gate, today: date, end: date, evidence: str) -> HeldGate:
    """Return the gate as given on `today`, or raise GateFault."""
    check_evidence(today=today, end=end, evidence=evidence)
    return HeldGate(gate=gate, start=today, end=end, evidence=evidence)


def check_evidence(*, today: date, end: date, evidence: str) -> None:
    """Raise GateFault where nothing can be held until `end`, or with such evidence."""
    if not today < end <= today + LONGEST:
        raise GateFault("the end must be after today, and within three years")
    if not _EVIDENCE.fullmatch(evidence) or _TEN_DIGITS.search(evidence):
        raise GateFault("the evidence is a reference of letters and digits, without spaces")


def lapse_of(held: HeldGate, holidays: Container[date]) -> date:
    """Return the day on which it lapses: the first working day from its end on."""
    return working_day_from(held.end, holidays)


def standings(
    held: Iterable[HeldGate], *, day: date, holidays: Container[date]
) -> tuple[Standing, ...]:
    """Return how every gate stands on `day`, in the order of Gate."""
    found = {each.gate: each for each in held}
    return tuple(_standing(gate, found.get(gate), day, holidays) for gate in Gate)


def _standing(gate: Gate, held: HeldGate | None, day: date, holidays: Container[date]) -> Standing:
    if held is None:
        return Standing(gate=gate, state=GateState.MISSING)
    lapses = lapse_of(held, holidays)
    if day >= lapses:
        state = GateState.LAPSED
    else:
        state = GateState.LAPSES_SOON if lapses - day <= WARNING else GateState.HELD
    return Standing(gate=gate, state=state, lapses=lapses)

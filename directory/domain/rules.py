"""Local rules: what a council sets for itself within bounds, and from which day on."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.dates import Period
from directory.domain.identifiers import holds_nhs_number
from directory.domain.neutrality import is_telling
from directory.domain.vocabulary import Absence, DatePrecision, Service

NO_UPPER_AGE = 200
MOST_WORDS = 300
"""How long a local sentence may be, in characters."""

MOST_TEXT = 1_500
"""How long a text that is read out may be, in characters."""

PRECISIONS = (DatePrecision.DAY, DatePrecision.MONTH)
"""How exactly a service may let its dates be shown."""

_NUMBER = re.compile(r"\d{1,3}", re.ASCII)


class RuleFault(Refused):
    """A rule cannot be set so; the message says why, to stand after "it"."""


class Rule(StrEnum):
    """What can be set; the first nine for each service, the others for the council."""

    YOUNGEST = "youngest"
    OLDEST = "oldest"
    LOOK_BACK = "look_back"
    CONTACT = "contact"
    EXTENDED = "extended"
    PRECISION = "precision"
    MEANING = "meaning"  # what a service's date means, in words
    ABSENCE = "absence"  # what becomes of a line that a newer file lacks
    CONFIRMED = "confirmed"  # for how long a contact counts as confirmed
    SEARCHES_KEPT = "searches_kept"
    NO_MATCH = "no_match"  # what every page without a match says too
    CONSENT = "consent"  # what is read out to whoever is asked for consent


class Kind(StrEnum):
    """How a rule's value is written."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    PRECISION = "precision"
    ABSENCE = "absence"
    WORDS = "words"
    TEXT = "text"  # words in paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How a rule's value is written, and the least and most it may be."""

    kind: Kind
    least: int = 0
    most: int = 0


BOUNDS: Mapping[Rule, Bounds] = {
    Rule.YOUNGEST: Bounds(kind=Kind.YEARS, least=0, most=NO_UPPER_AGE),
    Rule.OLDEST: Bounds(kind=Kind.YEARS, least=0, most=NO_UPPER_AGE),
    Rule.LOOK_BACK: Bounds(kind=Kind.MONTHS, least=1, most=120),
    Rule.CONTACT: Bounds(kind=Kind.MONTHS, least=0, most=60),
    Rule.EXTENDED: Bounds(kind=Kind.MONTHS, least=0, most=60),
    Rule.PRECISION: Bounds(kind=Kind.PRECISION),
    Rule.MEANING: Bounds(kind=Kind.WORDS, most=MOST_WORDS),
    Rule.ABSENCE: Bounds(kind=Kind.ABSENCE),
    Rule.CONFIRMED: Bounds(kind=Kind.DAYS, least=28, most=730),
    Rule.SEARCHES_KEPT: Bounds(kind=Kind.MONTHS, least=1, most=24),
    Rule.NO_MATCH: Bounds(kind=Kind.WORDS, most=MOST_WORDS),
    Rule.CONSENT: Bounds(kind=Kind.TEXT, most=MOST_TEXT),
}

_CHOSEN: Mapping[Kind, tuple[tuple[str, ...], str]] = {
    Kind.PRECISION: (PRECISIONS, "must be a day or a month"),
    Kind.ABSENCE: (tuple(Absence), "must be to keep, to end or to hold"),
}
"""Of what a value is chosen, and the fault of any other."""

_OF_ALL = frozenset({Rule.SEARCHES_KEPT, Rule.NO_MATCH, Rule.CONSENT})
OF_A_SERVICE = tuple(each for each in Rule if each not in _OF_ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One thing that can be set: a rule of a service, or of the council where `service` is None."""

    rule: Rule
    service: Service | None = None

    @property
    def bounds(self) -> Bounds:
        """Return how its value is written."""
        return BOUNDS[self.rule]


SLOTS = (
    *(Slot(rule=rule, service=service) for service in Service for rule in OF_A_SERVICE),
    *(Slot(rule=rule) for rule in Rule if rule not in OF_A_SERVICE),
)
"""Everything that can be set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRule:
    """What a service agrees to show, whoever asks, and what its file says by lacking a line.

    `look_back_months` bounds a live involvement by its last date; `contact_months` is how long
    an ended one keeps its contact, `extended_months` how long EXTENDED roles still see its month.
    `confirmed_days` is how long a contact that nobody confirms anew is told without a warning.
    """

    youngest: int = 0
    oldest: int = NO_UPPER_AGE
    look_back_months: int = 60
    contact_months: int = 12
    extended_months: int = 60
    precision: DatePrecision = DatePrecision.DAY
    meaning: str = ""
    absence: Absence = Absence.KEEP
    confirmed_days: int = 90

    def holds_age(self, age: int | None) -> bool:
        """Return whether an involvement is shown at `age`; an unknown age is shown."""
        return age is None or self.youngest <= age <= self.oldest


SHIPPED: Mapping[Service, ServiceRule] = MappingProxyType(
    {
        Service.SCHOOL: ServiceRule(youngest=4, oldest=20),
        Service.CHILDRENS_SOCIAL_CARE: ServiceRule(),
        Service.ADULT_SOCIAL_CARE: ServiceRule(youngest=15),
        Service.HOUSING: ServiceRule(youngest=16),
        Service.POLICE: ServiceRule(),
        Service.HEALTH: ServiceRule(),
        Service.JUSTICE: ServiceRule(youngest=10),
        Service.EARLY_HELP: ServiceRule(),
        Service.SENSITIVE: ServiceRule(),
    }
)
"""What holds for each service until a council sets something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many involvements of a service, `lines`, are alike in all that its rule looks at."""

    birth: date | None
    started: date | None
    last_involved: date | None
    ended: date | None
    lines: int

    @property
    def latest(self) -> date | None:
        """Return the last day anything is known to have happened."""
        return self.last_involved or Period(end=self.ended).last_day() or self.started


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRules:
    """All that holds on a day; the text for consent, from `consent_from` on, is the council's own.

    Where that text is empty, the one that ships is read out.
    """

    services: Mapping[Service, ServiceRule] = field(default_factory=lambda: SHIPPED)
    searches_kept_months: int = 12
    no_match: str = ""
    consent: str = ""
    consent_from: date | None = None

    def value(self, slot: Slot) -> str:
        """Return what holds for `slot`, as it is written."""
        if slot.service is None:
            return str(getattr(self, _FIELDS[slot.rule]))
        return str(getattr(self.services[slot.service], _FIELDS[slot.rule]))

    def having(self, slot: Slot, value: str) -> "LocalRules":
        """Return the rules with `value` for `slot`; raise RuleFault where it cannot be that."""
        read = read_value(slot, value)
        if slot.service is None:
            return _OF_THE_COUNCIL[slot.rule](self, read)
        rule = _OF_A_SERVICE[slot.rule](self.services[slot.service], read)
        return replace(self, services={**self.services, slot.service: rule})


_FIELDS: Mapping[Rule, str] = {
    Rule.YOUNGEST: "youngest",
    Rule.OLDEST: "oldest",
    Rule.LOOK_BACK: "look_back_months",
    Rule.CONTACT: "contact_months",
    Rule.EXTENDED: "extended_months",
    Rule.PRECISION: "precision",
    Rule.MEANING: "meaning",
    Rule.ABSENCE: "absence",
    Rule.CONFIRMED: "confirmed_days",
    Rule.SEARCHES_KEPT: "searches_kept_months",
    Rule.NO_MATCH: "no_match",
    Rule.CONSENT: "consent",
}
_OF_A_SERVICE: Mapping[Rule, Callable[[ServiceRule, str], ServiceRule]] = {
    Rule.YOUNGEST: lambda rule, value: replace(rule, youngest=int(value)),
    Rule.OLDEST: lambda rule, value: replace(rule, oldest=int(value)),
    Rule.LOOK_BACK: lambda rule, value: replace(rule, look_back_months=int(value)),
    Rule.CONTACT: lambda rule, value: replace(rule, contact_months=int(value)),
    Rule.EXTENDED: lambda rule, value: replace(rule, extended_months=int(value)),
    Rule.PRECISION: lambda rule, value: replace(rule, precision=DatePrecision(value)),
    Rule.MEANING: lambda rule, value: replace(rule, meaning=value),
    Rule.ABSENCE: lambda rule, value: replace(rule, absence=Absence(value)),
    Rule.CONFIRMED: lambda rule, value: replace(rule, confirmed_days=int(value)),
}
_OF_THE_COUNCIL: Mapping[Rule, Callable[[LocalRules, str], LocalRules]] = {
    Rule.SEARCHES_KEPT: lambda rules, value: replace(rules, searches_kept_months=int(value)),
    Rule.NO_MATCH: lambda rules, value: replace(rules, no_match=value),
    Rule.CONSENT: lambda rules, value: replace(rules, consent=value),
}

AS_SHIPPED = LocalRules()
"""What holds until a council sets something else."""


class Standing(StrEnum):
    """How a proposed change stands."""

    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"


class OwnProposal(Refused):
    """Nobody agrees to their own change."""


class NotOpenToDecide(Refused):
    """The change was decided, or the day from which it was to hold has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """That `slot` is to be `value` from the day `effective` on, as one person proposed it.

    It holds once somebody else agreed. One that nobody decided before its day lapses.
    """

    reference: UUID
    slot: Slot
    value: str
    effective: date
    why: str
    proposed_by: UUID
    proposed_at: datetime
    standing: Standing = Standing.WAITING
    decided_by: UUID | None = None
    decided_at: datetime | None = None

    def is_open(self, day: date) -> bool:
        """Return whether somebody else may still decide on `day`."""
        return self.standing is Standing.WAITING and day < self.effective

    def decided(self, standing: Standing, *, by: UUID | None, at: datetime, day: date) -> "Change":
        """Return the change as `by` decided it; the proposer may only decline."""
        if not self.is_open(day):
            raise NotOpenToDecide
        if by is None or (by == self.proposed_by and standing is Standing.AGREED):
            raise OwnProposal
        return replace(self, standing=standing, decided_by=by, decided_at=at)


def read_value(slot: Slot, text: str) -> str:
    """Return `text` as the value of `slot` is written, or raise RuleFault."""
    bounds, stripped = slot.bounds, " ".join(text.split())
    if bounds.kind is Kind.WORDS:
        return _words(stripped, bounds.most)
    if bounds.kind is Kind.TEXT:
        paragraphs = (" ".join(each.split()) for each in text.splitlines())
        return _words("\n".join(filter(None, paragraphs)), bounds.most)
    if bounds.kind in _CHOSEN:
        of, fault = _CHOSEN[bounds.kind]
        if stripped not in of:
            raise RuleFault(fault)
        return stripped
    if not _NUMBER.fullmatch(stripped) or not bounds.least <= int(stripped) <= bounds.most:
        raise RuleFault(f"must be a whole number from {bounds.least} to {bounds.most}")
    return str(int(stripped))


def _words(text: str, most: int) -> str:
    if len(text) > most:
        raise RuleFault(f"must be at most {most:,} characters")
    if holds_nhs_number(text):
        raise RuleFault("must not hold an NHS number")
    if is_telling(text):
        raise RuleFault("must say nothing that would tell of somebody")
    return text


def in_force(changes: Iterable[Change], day: date) -> LocalRules:
    """Return what holds on `day`: of the agreed changes of a slot the latest to begin."""
    rules = AS_SHIPPED
    for each in sorted(_agreed(changes), key=_order):
        if each.effective <= day:
            rules = rules.having(each.slot, each.value)
            if each.slot.rule is Rule.CONSENT:
                rules = replace(rules, consent_from=each.effective if each.value else None)
    return rules


def services_under(values: Iterable[tuple[Slot, str]]) -> Mapping[Service, ServiceRule]:
    """Return the services' rules under `values`, as they were read when proposed, in their order.

    The last value of a slot counts.
    """
    services = dict(SHIPPED)
    for slot, value in values:
        if slot.service is not None:
            services[slot.service] = _OF_A_SERVICE[slot.rule](services[slot.service], value)
    return services


def check_fits(changes: Iterable[Change], change: Change) -> None:
    """Raise RuleFault where rules would contradict each other once `change` holds, on any day."""
    others = tuple(_agreed(changes))
    agreed = replace(change, standing=Standing.AGREED, decided_at=change.proposed_at)
    days = {each.effective for each in others if each.effective > change.effective}
    for day in sorted(days | {change.effective}):
        for rule in in_force((*others, agreed), day).services.values():
            if rule.youngest > rule.oldest:
                raise RuleFault("would leave no age between the youngest and the oldest")
            if rule.contact_months > rule.extended_months:
                raise RuleFault("would show contacts for longer than months")


def _agreed(changes: Iterable[Change]) -> Iterable[Change]:
    return (each for each in changes if each.standing is Standing.AGREED)


def _order(change: Change) -> tuple[date, datetime]:
    return change.effective, change.decided_at or change.proposed_at

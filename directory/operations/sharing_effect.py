"""Foresee what an agreement would change: by the matrix, and on last month's disclosures."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from directory.domain.access import Access
from directory.domain.audit import Look
from directory.domain.events import Event
from directory.domain.sharing import Agreement
from directory.domain.vocabulary import Level, Purpose, Relationship, Role, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.sharing import found_in
from directory.operations.sharing_acts import superseded_by
from directory.policy.basis import Grant, compiled
from directory.policy.matrix import level
from directory.policy.permissions import OWN_SERVICES, Action
from directory.policy.reach import Change, changes

TRIED_FOR = timedelta(days=31)
MOST_LOOKS = 200_000
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What would differ from `day` on, and for the users of which organisations each change is."""

    label: str
    day: date
    changes: tuple[tuple[Change, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How often a role's looks at a service would have opened more, or less, last month."""

    role: Role
    service: Service
    opened: int
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What differs among the `looks` that were counted; `cut` where only the newest were."""

    label: str
    day: date
    looks: int
    cut: bool
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worlds:
    """The register as it is on `day`, and as it would be were the version active."""

    version: Agreement
    day: date
    before: tuple[Agreement, ...]
    after: tuple[Agreement, ...]


def compare(ledger: Ledger, access: Access, *, reference: UUID) -> Comparison:
    """Return which roles would see more, less or other fields with the version active."""
    with ledger.entry(access, Event.AGREEMENT_COMPARED, action=Action.SHARING_READ) as work:
        worlds = _worlds(work, access, reference)
        names = work.agencies.names()
        bound = {party.organisation for each in _same(worlds) for party in each.parties}
        alike: dict[tuple[tuple[Grant, ...], tuple[Grant, ...]], list[str]] = {}
        for organisation in sorted(bound):
            pair = tuple(
                _of_nobody(compiled(each, audience=organisation, holidays=work.holidays))
                for each in (worlds.before, worlds.after)
            )
            alike.setdefault((pair[0], pair[1]), []).append(names.get(organisation, ""))
    found: dict[Change, list[str]] = {}
    for (before, after), organisations in alike.items():
        for each in changes(before, after, worlds.day):
            found.setdefault(each, []).extend(organisations)
    return Comparison(
        label=worlds.version.label,
        day=worlds.day,
        changes=tuple((each, tuple(sorted(whose))) for each, whose in found.items()),
    )


def try_out(ledger: Ledger, access: Access, *, reference: UUID) -> DryRun:
    """Return how often last month's disclosures would have been others with the version active.

    Counts alone are read, on a snapshot; whom they were about is in none of them.
    """
    with ledger.entry(access, Event.AGREEMENT_TRIED, action=Action.SHARING_ACTIVATE) as work:
        looks = work.looks_since(access.at - TRIED_FOR, most=MOST_LOOKS)
        worlds = _worlds(work, access, reference)
        organisations = {each.organisation for each in looks.found}
        granted = {
            each: (
                compiled(worlds.before, audience=each, holidays=work.holidays),
                compiled(worlds.after, audience=each, holidays=work.holidays),
            )
            for each in organisations
        }
    opened: Counter[tuple[Role, Service]] = Counter()
    closed: Counter[tuple[Role, Service]] = Counter()
    for look in looks.found:
        before, after = granted[look.organisation]
        for service in _asked(look):
            was = _was_open(look, service, before)
            would = _would_open(look, service, after, worlds.day)
            if would != was:
                (opened if would else closed)[Role(look.role), service] += look.times
    return DryRun(
        label=worlds.version.label,
        day=worlds.day,
        looks=sum(each.times for each in looks.found),
        cut=looks.cut,
        tried=tuple(
            Tried(role=role, service=service, opened=opened[pair], closed=closed[pair])
            for pair in sorted(opened.keys() | closed.keys())
            for role, service in (pair,)
        ),
    )


def _worlds(work: Work, access: Access, reference: UUID) -> _Worlds:
    """Return both worlds on the day the version begins, or today where it has begun."""
    register = work.sharing.register()
    version = found_in(work, register, reference)
    day = max(version.start, access.today)
    gives_way = superseded_by(register, version)
    without = {each: held for each, held in register.items() if each != reference}
    activated = version if version.is_activated else _as_if_active(version, access)
    return _Worlds(
        version=version,
        day=day,
        before=tuple(without.values()) if not version.is_activated else tuple(register.values()),
        after=(
            activated,
            *(
                replace(held, course=replace(held.course, superseded_from=day))
                if each in gives_way
                else held
                for each, held in without.items()
            ),
        ),
    )


def _as_if_active(version: Agreement, access: Access) -> Agreement:
    """Return the draft as it would be once every party has signed and it is active."""
    return replace(
        version,
        parties=tuple(replace(each, signed_on=version.start) for each in version.parties),
        course=replace(version.course, activated_at=access.at),
    )


def _same(worlds: _Worlds) -> Iterator[Agreement]:
    return (
        each
        for each in (*worlds.before, *worlds.after)
        if each.reference == worlds.version.reference
    )


def _of_nobody(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Return `grants` as if all were one organisation's, so that like ones are compared once."""
    return tuple(replace(each, audience=_NOBODY) for each in grants)


def _asked(look: Look) -> Collection[Service]:
    """Return the services whose answer a look told that stands on an agreement."""
    role, relationship = Role(look.role), Relationship(look.relationship)
    services = (Service(look.service),) if look.service else tuple(Service)
    own = OWN_SERVICES.get(role)
    return [
        each
        for each in services
        if each is not own
        and relationship is not Relationship.INVESTIGATION
        and level(role, relationship, each, own=None) > Level.L1
    ]


def _was_open(look: Look, service: Service, grants: Iterable[Grant]) -> bool:
    """Return whether the service answered: a card says so itself, a board by what it named."""
    if look.event is Event.CARD_OPENED:
        return bool(look.agreements)
    return any(
        each.label in look.agreements and each.opens(service, Purpose(look.purpose))
        for each in grants
    )


def _would_open(look: Look, service: Service, grants: Iterable[Grant], day: date) -> bool:
    purpose = Purpose(look.purpose)
    return any(each.opens(service, purpose) and each.holds(day) for each in grants)

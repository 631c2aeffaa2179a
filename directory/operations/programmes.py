"""Look after programmes: make them, rotate and end their keys, disable them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.accounts import SecondFactor
from directory.domain.events import Event
from directory.domain.programmes import (
    Programme,
    ProgrammeKey,
    check_another_key,
    check_programme,
    end_of_key,
    key_text,
)
from directory.domain.vocabulary import Scope, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.accounts import UnknownOrganisation
from directory.operations.sessions import check_fresh
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePlan:
    """A programme to be made; `organisation` is the council's own reference for it."""

    name: str
    organisation: str
    scopes: frozenset[Scope]
    service: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A programme with its keys, the newest first, and its organisation's name."""

    programme: Programme
    keys: tuple[ProgrammeKey, ...]
    organisation: str


def list_programmes(ledger: Ledger, access: Access) -> tuple[Kept, ...]:
    """Return every programme, by name."""
    with _keeping(ledger, access, Event.PROGRAMMES_LISTED) as work:
        return tuple(_kept(work, each) for each in work.programmes.listed())


def view_programme(ledger: Ledger, access: Access, *, programme: UUID) -> Kept:
    """Return one programme, or raise NotFound."""
    with _keeping(ledger, access, Event.PROGRAMMES_LISTED) as work:
        return _kept(work, _one(work, programme))


def organisations(ledger: Ledger, access: Access) -> dict[str, str]:
    """Return the name of every organisation that may have a programme, by its reference."""
    with _keeping(ledger, access, Event.PROGRAMMES_LISTED) as work:
        work.remark(words="organisations")
        names = work.agencies.names()
        known = {known_as: names[whose] for known_as, whose in work.agencies.references().items()}
        return dict(sorted(known.items(), key=lambda each: each[1]))


def make_programme(
    ledger: Ledger, access: Access, *, plan: ProgrammePlan, rule: SecondFactor
) -> UUID:
    """Make a programme that has no key yet.

    Raises ProgrammeFault, UnknownOrganisation, or FactorStale where the second factor must be given
    again.
    """
    with _keeping(ledger, access, Event.PROGRAMME_MADE) as work:
        check_fresh(work, rule)
        organisation = work.agencies.references().get(plan.organisation)
        if organisation is None:
            raise UnknownOrganisation("no organisation takes part under this reference")
        made = Programme(
            reference=work.new_reference(),
            name=" ".join(plan.name.split()),
            organisation=organisation,
            scopes=plan.scopes,
            service=plan.service,
        )
        check_programme(made)
        work.programmes.keep(made)
        _note(work, made.reference, *sorted(made.scopes), made.service or "")
        return made.reference


def make_key(ledger: Ledger, access: Access, *, programme: UUID, rule: SecondFactor) -> str:
    """Return a new key, which is kept nowhere; the ones before go on until they end.

    Raises TooManyKeys, FactorStale.
    """
    with _keeping(ledger, access, Event.PROGRAMME_KEY_MADE) as work:
        check_fresh(work, rule)
        whose = _one(work, programme)
        check_another_key(work.programmes.keys(whose.reference), access.today)
        key = ProgrammeKey(
            reference=work.new_reference(),
            made_on=access.today,
            end=end_of_key(access.today),
        )
        text = key_text(key.reference, work.new_reference(), work.new_reference())
        work.programmes.keep_key(whose.reference, key, token_hash=work.token_hash(text))
        _note(work, whose.reference, f"key {key.reference.hex}")
        return text


def end_key(ledger: Ledger, access: Access, *, programme: UUID, key: UUID) -> None:
    """Let a key open nothing from now on."""
    with _keeping(ledger, access, Event.PROGRAMME_KEY_ENDED) as work:
        _note(work, programme, f"key {key.hex}")
        if not work.programmes.end_key(programme, key):
            raise NotFound


def disable_programme(ledger: Ledger, access: Access, *, programme: UUID) -> None:
    """Let no key of the programme open anything from now on."""
    with _keeping(ledger, access, Event.PROGRAMME_DISABLED) as work:
        work.programmes.switch(_one(work, programme).reference, enabled=False)


def enable_programme(
    ledger: Ledger, access: Access, *, programme: UUID, rule: SecondFactor
) -> None:
    """Let the programme's keys open what they did; raises FactorStale."""
    with _keeping(ledger, access, Event.PROGRAMME_ENABLED) as work:
        check_fresh(work, rule)
        work.programmes.switch(_one(work, programme).reference, enabled=True)


def _keeping(ledger: Ledger, access: Access, event: Event) -> AbstractContextManager[Work]:
    return ledger.entry(access, event, action=Action.PROGRAMMES_KEEP)


def _one(work: Work, programme: UUID) -> Programme:
    _note(work, programme)
    found = work.programmes.one(programme)
    if found is None:
        raise NotFound
    return found


def _kept(work: Work, programme: Programme) -> Kept:
    return Kept(
        programme=programme,
        keys=work.programmes.keys(programme.reference),
        organisation=work.agencies.names().get(programme.organisation, ""),
    )


def _note(work: Work, programme: UUID, *words: str) -> None:
    """Enter which programme the act is about, and what was given or taken."""
    work.remark(words=" ".join((f"programme {programme.hex}", *words)).strip())

"""The local rules: read them, propose a change, see whom it would show, and decide on one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import SecondFactor
from directory.domain.events import Event
from directory.domain.identifiers import holds_nhs_number
from directory.domain.rules import (
    SLOTS,
    Change,
    LocalRules,
    Rule,
    RuleFault,
    Slot,
    Standing,
    check_fits,
    in_force,
    read_value,
)
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.sessions import check_fresh
from directory.policy.permissions import Action
from directory.policy.rule_effects import Effect, effects

MOST_WHY = 500
_SHOWS_NOBODY = frozenset({Rule.PRECISION, Rule.MEANING, Rule.ABSENCE, Rule.CONFIRMED})
"""Rules of a service that change how something is written, or what files to come say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds today for one slot, what was shipped, and what is agreed to follow."""

    slot: Slot
    value: str
    shipped: str
    following: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every rule as it holds today, and the changes there ever were, the newest first."""

    held: tuple[Held, ...]
    changes: tuple[Change, ...]
    names: dict[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A change, the value that held before it, and whom it would show; None: it shows nobody."""

    change: Change
    before: str
    effects: tuple[Effect, ...] | None
    names: dict[UUID, str]


def list_rules(ledger: Ledger, access: Access) -> Rules:
    """Return every rule as it holds today, with all its changes."""
    with ledger.entry(access, Event.RULES_LISTED, action=Action.RULES_READ) as work:
        changes = work.rules.changes()
        names = _names(work, changes)
    today, shipped = in_force(changes, access.today), LocalRules()
    held = tuple(
        Held(
            slot=slot,
            value=today.value(slot),
            shipped=shipped.value(slot),
            following=tuple(
                each
                for each in changes
                if each.slot == slot
                and each.standing is Standing.AGREED
                and each.effective > access.today
            ),
        )
        for slot in SLOTS
    )
    return Rules(held=held, changes=changes, names=names)


def propose(
    ledger: Ledger, access: Access, *, slot: Slot, value: str, effective: date, why: str
) -> UUID:
    """Propose that `slot` be `value` from the day `effective` on, and return the change.

    Raises RuleFault where it cannot be so, or would change nothing.
    """
    with ledger.entry(access, Event.RULE_PROPOSED, action=Action.RULES_PROPOSE) as work:
        if slot not in SLOTS:
            raise NotFound
        if access.account is None:
            raise Refused
        changes = work.rules.changes()
        change = Change(
            reference=work.new_reference(),
            slot=slot,
            value=read_value(slot, value),
            effective=effective,
            why=_reason(why),
            proposed_by=access.account,
            proposed_at=access.at,
        )
        work.remark(occasion=change.reference, service=slot.service, words=_told(change))
        _check(changes, change, access.today)
        work.rules.propose(change)
    return change.reference


def compare(ledger: Ledger, access: Access, *, change: UUID) -> Comparison:
    """Return what a change would change, and of how many involvements more or less is told."""
    with ledger.entry(access, Event.RULE_COMPARED, action=Action.RULES_READ) as work:
        held = work.rules.changes()
        found = _found(held, change)
        work.remark(occasion=change, service=found.slot.service)
        names = _names(work, (found,))
        before = in_force((each for each in held if each.reference != change), found.effective)
        told = _effects(work, found, before)
    return Comparison(change=found, before=before.value(found.slot), effects=told, names=names)


def decide(
    ledger: Ledger, access: Access, *, change: UUID, standing: Standing, rule: SecondFactor
) -> None:
    """Agree to a change that somebody else proposed, or decline one.

    Raises OwnProposal for one's own, NotOpenToDecide for one that was decided or whose day has
    come, RuleFault where other changes have made it impossible, FactorStale where the second
    factor must be given again.
    """
    with ledger.entry(access, Event.RULE_DECIDED, action=Action.RULES_DECIDE) as work:
        check_fresh(work, rule)
        held = work.rules.changes()
        found = _found(held, change)
        words = f"{standing}: {_told(found)}"
        work.remark(occasion=change, service=found.slot.service, words=words)
        decided = found.decided(standing, by=access.account, at=access.at, day=access.today)
        if standing is Standing.AGREED:
            check_fits((each for each in held if each.reference != change), decided)
        work.rules.decide(decided)


def _check(changes: tuple[Change, ...], change: Change, today: date) -> None:
    if change.effective <= today:
        raise RuleFault("must begin after today, so that somebody else can decide first")
    if in_force(changes, change.effective).value(change.slot) == change.value:
        raise RuleFault("would be what holds already")
    check_fits(changes, change)


def _reason(why: str) -> str:
    stripped = " ".join(why.split())
    if not stripped or len(stripped) > MOST_WHY:
        raise RuleFault(f"needs a reason, of at most {MOST_WHY} characters")
    if holds_nhs_number(stripped):
        raise RuleFault("must hold no NHS number in its reason")
    return stripped


def _found(changes: tuple[Change, ...], reference: UUID) -> Change:
    found = next((each for each in changes if each.reference == reference), None)
    if found is None:
        raise NotFound
    return found


def _effects(work: Work, change: Change, before: LocalRules) -> tuple[Effect, ...] | None:
    service = change.slot.service
    if service is None or change.slot.rule in _SHOWS_NOBODY:
        return None
    return effects(
        service,
        work.rule_tallies(service),
        before=before.services[service],
        after=before.having(change.slot, change.value).services[service],
        day=change.effective,
    )


def _names(work: Work, changes: tuple[Change, ...]) -> dict[UUID, str]:
    by = {each.proposed_by for each in changes} | {
        each.decided_by for each in changes if each.decided_by is not None
    }
    return dict(work.accounts.names(by))


def _told(change: Change) -> str:
    """Return what is asked for, as the audit keeps it."""
    slot = change.slot
    place = f"{slot.service} {slot.rule}" if slot.service else slot.rule
    return f"{place} from {change.effective.isoformat()}: {change.value}"

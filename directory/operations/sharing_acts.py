"""Change the register of agreements: draft, change, sign, activate, begin a version, end."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from directory.domain.access import Access, Refused
from directory.domain.accounts import SecondFactor
from directory.domain.agreements import Missing
from directory.domain.events import Event
from directory.domain.sharing import Agreement, Course, Party, Status
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.sessions import check_fresh
from directory.operations.sharing import found_in
from directory.policy.basis import lacking
from directory.policy.permissions import Action


class NotOpenToChange(Refused):
    """An active version never changes, and one that is over stays over."""


class ChangedMeanwhile(Refused):
    """The draft is no longer what its reader saw."""


class ReferenceTaken(Refused):
    """Another agreement has this reference: its next version is begun from it."""


class SameHands(Refused):
    """Whoever last changed a draft cannot make it active."""


class Incomplete(Refused):
    """The draft lacks parts, each of which is named."""

    def __init__(self, parts: tuple[Missing, ...]) -> None:
        """Name the `parts`."""
        super().__init__()
        self.parts = parts


def draft(ledger: Ledger, access: Access, *, agreement: Agreement) -> UUID:
    """Keep the draft of a new agreement, and return its reference in the register."""
    with ledger.entry(access, Event.AGREEMENT_DRAFTED, action=Action.SHARING_DRAFT) as work:
        work.remark(agreements=(agreement.label,))
        if any(each.reference == agreement.reference for each in work.sharing.agreements()):
            raise ReferenceTaken
        reference = work.new_reference()
        work.sharing.keep(reference, replace(agreement, course=_edited(access)))
    return reference


def change(
    ledger: Ledger, access: Access, *, reference: UUID, agreement: Agreement, seen: str
) -> None:
    """Keep what the draft under `reference` now says; its reference and version stay.

    Signatures were given to what it said before, so they are taken out.
    """
    with ledger.entry(access, Event.AGREEMENT_CHANGED, action=Action.SHARING_DRAFT) as work:
        held = _open_draft(work, reference, seen)
        changed = replace(
            agreement,
            reference=held.reference,
            version=held.version,
            parties=_unsigned(agreement.parties),
            course=_edited(access),
        )
        work.sharing.keep(reference, changed)


def sign(ledger: Ledger, access: Access, *, reference: UUID, party: Party, seen: str) -> None:
    """Enter when, and by whom, the draft was signed for one of its parties."""
    with ledger.entry(access, Event.AGREEMENT_SIGNED, action=Action.SHARING_DRAFT) as work:
        held = _open_draft(work, reference, seen)
        if not held.binds(party.organisation) or not party.has_signed(access.today):
            raise Refused
        names = work.agencies.names()
        work.remark(words=f"{names.get(party.organisation, '')}, {party.signed_by}")
        parties = tuple(
            party if each.organisation == party.organisation else each for each in held.parties
        )
        work.sharing.keep(reference, replace(held, parties=parties, course=_edited(access)))


def activate(
    ledger: Ledger, access: Access, *, reference: UUID, seen: str, rule: SecondFactor
) -> None:
    """Make the draft active: it opens what it says from its start day, and never changes again.

    The version before it is superseded from that day. Raises Incomplete with every part that it
    lacks, SameHands for whoever changed it last, FactorStale without a fresh second factor.
    """
    with ledger.entry(access, Event.AGREEMENT_ACTIVATED, action=Action.SHARING_ACTIVATE) as work:
        held = _open_draft(work, reference, seen)
        parts = lacking(held, access.today)
        if parts:
            work.remark(words=f"lacks {len(parts)} parts")
            raise Incomplete(parts)
        if access.account is None or held.course.edited_by == access.account:
            raise SameHands
        check_fresh(work, rule)
        activated = replace(held.course, activated_by=access.account, activated_at=access.at)
        supersede(work, held, access.today)
        work.sharing.move_on(reference, activated)


def begin_version(ledger: Ledger, access: Access, *, reference: UUID) -> UUID:
    """Begin the next version of an agreement as a draft of the same words, not signed yet."""
    with ledger.entry(access, Event.AGREEMENT_DRAFTED, action=Action.SHARING_DRAFT) as work:
        register = work.sharing.register()
        held = found_in(work, register, reference)
        versions = [each for each in register.values() if each.reference == held.reference]
        if not all(each.is_activated for each in versions):
            raise NotOpenToChange
        fresh = work.new_reference()
        following = replace(
            held,
            version=max(each.version for each in versions) + 1,
            parties=_unsigned(held.parties),
            course=_edited(access),
        )
        work.remark(agreements=(following.label,))
        work.sharing.keep(fresh, following)
    return fresh


def end_now(ledger: Ledger, access: Access, *, reference: UUID, rule: SecondFactor) -> None:
    """End an active version: from this moment it opens nothing, and it cannot be taken back."""
    with ledger.entry(access, Event.AGREEMENT_ENDED, action=Action.SHARING_ACTIVATE) as work:
        held = found_in(work, work.sharing.register(), reference)
        if held.status(access.today, work.holidays) is not Status.ACTIVE:
            raise NotOpenToChange
        check_fresh(work, rule)
        work.sharing.move_on(reference, replace(held.course, ended_from=access.today))


def supersede(work: Work, following: Agreement, day: date) -> None:
    """Let every active version of the same agreement give way on the day `following` begins."""
    start = max(following.start, day)
    for reference, each in superseded_by(work.sharing.register(), following).items():
        former = each.course.superseded_from
        begins = start if former is None else min(start, former)
        work.sharing.move_on(reference, replace(each.course, superseded_from=begins))


def superseded_by(
    register: Mapping[UUID, Agreement], following: Agreement
) -> Mapping[UUID, Agreement]:
    """Return the active versions of the same agreement that come before `following`."""
    return {
        reference: each
        for reference, each in register.items()
        if each.reference == following.reference
        and each.version < following.version
        and each.is_activated
    }


def seen_mark(at: datetime | None) -> str:
    """Return by what it is told that a draft is still what its reader saw."""
    return at.isoformat() if at else ""


def _open_draft(work: Work, reference: UUID, seen: str) -> Agreement:
    """Return the draft, or raise where it is active already or changed since it was seen."""
    register = work.sharing.register()
    held = found_in(work, register, reference)
    later = any(
        each.is_activated and each.reference == held.reference and each.version > held.version
        for each in register.values()
    )
    if held.is_activated or later:
        raise NotOpenToChange
    if seen_mark(held.course.edited_at) != seen:
        raise ChangedMeanwhile
    return held


def _unsigned(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(replace(each, signed_on=None, signed_by="") for each in parties)


def _edited(access: Access) -> Course:
    if access.account is None:
        raise Refused
    return Course(edited_by=access.account, edited_at=access.at)

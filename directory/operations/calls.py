"""Calls: compare searches with whom their users are not told of, page officers, note who rang."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.calls import Call, CallKind, DueLookUp
from directory.domain.events import Event
from directory.domain.looking import Answer, Matches, Sought
from directory.domain.rota import to_page
from directory.domain.vocabulary import Findability, Role
from directory.ledger.door import Ledger
from directory.ledger.unseen import KeptFrom, Unseen
from directory.ledger.work import Work
from directory.operations.looking import read
from directory.operations.people import findable
from directory.policy.permissions import CALLS, FINDABLE, Action

_SHOWN_WITHIN = timedelta(minutes=2)
_AT_ONCE = 50
"""How many searches are compared in one sweep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """That a search asks for a call."""

    look_up: UUID
    kind: CallKind
    caller: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRing:
    """Whom to ring, and since when; never about whom."""

    call: UUID
    kind: CallKind
    name: str
    email: str
    phone: str
    organisation: str
    at: datetime
    last_told: datetime | None


def sweep(ledger: Ledger, access: Access) -> int:
    """Compare the searches that are due, page who is to be paged, and return how many letters go.

    Whether a search found somebody hidden changes nothing for whoever made it. Nothing is entered
    where nothing is due.
    """
    if not ledger.is_call_due(access, action=Action.CALLS_SWEEP):
        return 0
    with ledger.entry(access, Event.CALLS_SWEPT, action=Action.CALLS_SWEEP) as work:
        with work.unseen() as unseen:
            due = [each for each in unseen.due(most=_AT_ONCE) if _is_ready(each, access.at)]
            raised = [call for each in due for call in _raised(unseen, access, each)]
        taken = work.calls.take_due([each.reference for each in due])
        for each in raised:
            if each.look_up in taken:
                _raise(work, each)
        return _page_officers(work, access) + _page_leads(work, access)


def _raise(work: Work, asked: Raised) -> None:
    """Keep that somebody is to be rung, unless a call to them waits already."""
    if all(each.caller != asked.caller for each in work.calls.waiting(asked.kind)):
        work.calls.keep(
            Call(reference=work.new_reference(), kind=asked.kind, caller=asked.caller, at=asked.at)
        )


def list_calls(ledger: Ledger, access: Access) -> tuple[ToRing, ...]:
    """Return whom the user's role is to ring, the longest waiting first."""
    with ledger.entry(access, Event.CALLS_LISTED, action=Action.CALLS_ANSWER) as work:
        calls = work.calls.waiting(CALLS[access.role])
        organisations = work.agencies.names()
        phones = work.accounts.work_phones({each.caller for each in calls})
        callers = {each.caller: work.accounts.account(each.caller) for each in calls}
    return tuple(
        ToRing(
            call=each.reference,
            kind=each.kind,
            name=caller.display_name,
            email=caller.email,
            phone=phones.get(each.caller, ""),
            organisation=organisations.get(caller.organisation, ""),
            at=each.at,
            last_told=each.paging.last_at,
        )
        for each in calls
        if (caller := callers[each.caller]) is not None
    )


def answer(ledger: Ledger, access: Access, *, call: UUID) -> None:
    """Keep that the user rang; raises NotFound for a call that waits no more."""
    with ledger.entry(access, Event.CALL_ANSWERED, action=Action.CALLS_ANSWER) as work:
        waiting = work.calls.waiting(CALLS[access.role])
        found = next((each for each in waiting if each.reference == call), None)
        if found is None or access.account is None or found.caller == access.account:
            raise NotFound
        work.remark(occasion=call, words=f"rang account {found.caller}")
        work.calls.answer(call, by=access.account, at=access.at)


def _is_ready(due: DueLookUp, at: datetime) -> bool:
    """Return whether its results were shown, or will not be any more: then nobody was missed."""
    return read(due.words).matches is not None or at - due.at >= _SHOWN_WITHIN


def _raised(unseen: Unseen, access: Access, due: DueLookUp) -> Iterable[Raised]:
    """Yield the calls that a search asks for."""
    viewer, looked = _viewer(unseen, access, due), read(due.words)
    if viewer is None or looked.matches is None or FINDABLE[due.role] is Findability.NONE:
        return
    shown = {each.person for each in looked.matches.found}
    told = looked.matches.answer is Answer.STRONG
    asks = (
        (CallKind.HIDDEN, unseen.hidden_from(viewer)),
        (CallKind.INTEREST, unseen.interests_of(viewer)),
    )
    for kind, kept in asks:
        found = _found(kept, viewer, looked.sought)
        missed = {each.person for each in found.found} - shown
        if missed and (found.answer is Answer.STRONG or not told):
            yield Raised(look_up=due.reference, kind=kind, caller=due.account, at=due.at)


def _viewer(unseen: Unseen, access: Access, due: DueLookUp) -> Access | None:
    """Return the access of whoever searched, as far as it says whom they are not told of."""
    account = unseen.account(due.account)
    if account is None:
        return None
    return Access(
        at=access.at,
        role=due.role,
        account=account.reference,
        organisation=account.organisation,
        practitioner=account.practitioner,
        team=account.team,
        service=account.service,
    )


def _found(kept: KeptFrom, viewer: Access, sought: Sought) -> Matches:
    """Return whom of those kept from them the viewer would have been told of."""
    try:
        return findable(kept, viewer, sought)
    except Refused:  # an account without a service or an organisation finds nobody
        return Matches(answer=Answer.NONE)


def _page_officers(work: Work, access: Access) -> int:
    """Page whoever is next about each call that waits, and return how many were paged."""
    turns, told = work.calls.turns(access.at), 0
    officers = work.accounts.holding(Role.RESTRICTION_OFFICER)
    for call in work.calls.waiting(CallKind.HIDDEN):
        to = to_page(call.paging, turns, officers - {call.caller}, at=access.at)
        work.calls.page(call.reference, to, access.at)
        told += len(to)
    return told


def _page_leads(work: Work, access: Access) -> int:
    """Tell every IG lead once of each call about an interest, and return how many were told."""
    leads, told = work.accounts.holding(Role.IG_LEAD), 0
    for call in work.calls.waiting(CallKind.INTEREST):
        if not call.paging.paged:
            work.calls.page(call.reference, leads - {call.caller}, access.at)
            told += len(leads - {call.caller})
    return told

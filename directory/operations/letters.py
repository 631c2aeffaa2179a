"""Letters: what whoever was paged is sent, with nobody in it but whom to ring."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.domain.access import Access
from directory.domain.calls import CallKind, Page
from directory.domain.dates import LONDON
from directory.domain.events import Event
from directory.ledger.door import Ledger
from directory.policy.permissions import Action

_SUBJECTS = {
    CallKind.HIDDEN: "Ring a colleague now",
    CallKind.INTEREST: "A search to look into",
    CallKind.EMERGENCY: "Emergency access was opened",
    CallKind.CLAIM: "A claim to confirm",
    CallKind.HANDED_ON: "A family was handed on to you",
    CallKind.NOTICE: "Something has changed in the directory",
}
_WORDS = {
    CallKind.HIDDEN: (
        "Please ring {name} ({organisation}, {contact}) now, about a search at {at}. Ask what they"
        " need. Then open Calls in the directory and say that you rang."
    ),
    CallKind.INTEREST: (
        "{name} ({organisation}, {contact}) searched at {at} for somebody whom they had declared"
        " they must not look up. They were shown nobody. Open Calls in the directory."
    ),
    CallKind.EMERGENCY: (
        "{name} ({organisation}, {contact}) opened emergency access at {at}. Review it in the"
        " directory, under Emergency access."
    ),
    CallKind.CLAIM: (
        "{name} ({organisation}, {contact}) said at {at} that they work with somebody who is not"
        " allocated to them. Confirm it or decline it in the directory, under Claims to confirm."
    ),
    CallKind.HANDED_ON: (
        "{name} ({organisation}, {contact}) handed a family on to you at {at}. It stands in the"
        " directory, under My families."
    ),
    CallKind.NOTICE: "Something has changed in the directory. Sign in to see.",
}
_END = "\n\nThis message names no child and no family, on purpose.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to one user about one page."""

    page: Page
    to: str
    subject: str
    words: str


def take_letters(ledger: Ledger, access: Access) -> tuple[Letter, ...]:
    """Return the letters that are to go; nobody else takes them within two minutes.

    What was taken and not noted as sent goes again: a letter may come twice, and is never lost.
    """
    if not ledger.is_call_due(access, action=Action.CALLS_SWEEP):
        return ()
    with ledger.entry(access, Event.LETTERS_TAKEN, action=Action.CALLS_SWEEP) as work:
        pages = work.calls.take_pages(access.at)
        accounts = {
            each: work.accounts.account(each)
            for each in {party for page in pages for party in (page.to, page.caller)}
        }
        phones = work.accounts.work_phones(accounts)
        organisations = work.agencies.names()
    return tuple(
        Letter(
            page=page,
            to=to.email,
            subject=_SUBJECTS[page.kind],
            words=_WORDS[page.kind].format(
                name=caller.display_name,
                organisation=organisations.get(caller.organisation, ""),
                contact=phones.get(page.caller) or caller.email,
                at=f"{page.call_at.astimezone(LONDON):%H:%M on %d/%m/%Y}",
            )
            + _END,
        )
        for page in pages
        if (to := accounts[page.to]) is not None and (caller := accounts[page.caller]) is not None
    )


def note_sent(ledger: Ledger, access: Access, *, pages: Iterable[Page]) -> None:
    """Keep that the letters of `pages` have gone."""
    with ledger.entry(access, Event.LETTERS_SENT, action=Action.CALLS_SWEEP) as work:
        for each in pages:
            work.calls.sent(each, access.at)

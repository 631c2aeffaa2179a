"""Notices: that something changed about families a user watches, and when they are told."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.vocabulary import Purpose
from directory.domain.watches import Mailing
from directory.ledger.door import Ledger
from directory.operations.claims import NOBODY
from directory.operations.watches import watches_seen
from directory.policy.disclosed import DisclosedFamily, fields_shown
from directory.policy.disclosure import disclose_family
from directory.policy.permissions import POWERS, Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOf:
    """That something changed about the family of `person`, on the user's own list."""

    person: UUID
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFamily:
    """A family the user watches, and the last day on which they do."""

    watch: UUID
    family: DisclosedFamily
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What a user is told, the newest first; whom they watch; and when they want e-mails."""

    told: tuple[ToldOf, ...]
    watched: tuple[WatchedFamily, ...]
    mailing: Mailing


def list_notices(ledger: Ledger, access: Access) -> Notices:
    """Return the user's notices and watches.

    Those of a family that is not on their own list, or of whom they may not know, are as none.
    """
    with ledger.entry(access, Event.NOTICES_LISTED, action=Action.FAMILY_WATCH) as work:
        work.remark(purpose=Purpose.LOCATING, power=POWERS[Purpose.LOCATING])
        held = work.watches.of(access.account, access.role)
        seen = watches_seen(work, access, held)
        watched = tuple(
            WatchedFamily(
                watch=watch.reference,
                family=disclose_family(access, person, since=None),
                last_day=watch.last_day,
            )
            for watch, person in seen
            if access.at < watch.ends
        )
        whose = {watch.reference: person.reference for watch, person in seen}
        told = tuple(
            ToldOf(person=whose[each.watch], at=each.at, is_new=each.opened is None)
            for each in work.watches.notices({NOBODY, *whose})
        )
        mailing = work.watches.mail_choice(access.account).mailing
        families = tuple(each.family for each in watched)
        work.remark(
            shown=tuple(each.person.person for each in families), fields=fields_shown(families)
        )
    return Notices(told=told, watched=watched, mailing=mailing)


def choose_mailing(ledger: Ledger, access: Access, *, mailing: Mailing) -> None:
    """Keep when the user wants e-mails about notices."""
    with ledger.entry(access, Event.MAILING_CHOSEN, action=Action.FAMILY_WATCH) as work:
        if access.account is None:
            raise Refused
        work.remark(words=mailing)
        work.watches.choose_mail(access.account, mailing)

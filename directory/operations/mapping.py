"""Say what a service's own headings stand for, once for all its files."""

from collections.abc import Mapping

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.mapping import HeadingRefused, Meaning, check_heading, heading_of
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.columns import known_columns
from directory.policy.permissions import Action, allows


def list_meanings(ledger: Ledger, access: Access, *, service: Service) -> Mapping[str, str]:
    """Return what the headings of `service` stand for, by heading."""
    with ledger.entry(access, Event.MEANINGS_LISTED, action=Action.EXTRACT_SEND) as work:
        _check_own(work, access, service)
        return work.extracts.meanings.of(service)


def say_meaning(
    ledger: Ledger, access: Access, *, service: Service, heading: str, column: str
) -> None:
    """Keep that a heading of the service's own stands for a column of the contract.

    Raises HeadingRefused for one that is the contract's own, or would hold what is never held.
    """
    with ledger.entry(access, Event.MEANING_SAID, action=Action.EXTRACT_SEND) as work:
        _check_own(work, access, service)
        own = heading_of(heading)
        check_heading(own)
        known = known_columns(service)
        if own in known:
            raise HeadingRefused("is a column of the contract itself, and stands for that")
        if column not in known:
            raise HeadingRefused("must stand for a column of the contract")
        meaning = Meaning(
            service=service,
            heading=own,
            column=column,
            said_at=access.at,
            said_by=access.account,
        )
        work.extracts.meanings.say(meaning)
        work.remark(words=f"{own} stands for {column}")


def forget_meaning(ledger: Ledger, access: Access, *, service: Service, heading: str) -> None:
    """Forget what a heading stands for; raises NotFound where nothing was said of it."""
    with ledger.entry(access, Event.MEANING_SAID, action=Action.EXTRACT_SEND) as work:
        _check_own(work, access, service)
        own = heading_of(heading)
        if not work.extracts.meanings.forget(service, own):
            raise NotFound
        work.remark(words=f"{own} stands for nothing")


def _check_own(work: Work, access: Access, service: Service) -> None:
    """Raise Refused for a service that is not the user's own; the engineer keeps them all."""
    work.remark(service=service)
    if not allows(access.role, Action.EXTRACT_TAKE) and access.service is not service:
        raise Refused
    with work.extracts_unlocked() as extracts:
        if extracts.feed(service) is None:
            raise NotFound

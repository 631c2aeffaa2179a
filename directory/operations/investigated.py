"""See, inside a logged investigation, the services of the one person it names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.vocabulary import Purpose, Relationship, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.investigations import inside
from directory.operations.people import check_found, known
from directory.operations.sight import Asking, card_about, lines_about, questions_about
from directory.policy.disclosed import (
    DisclosedCard,
    DisclosedLine,
    DisclosedPerson,
    fields_shown,
)
from directory.policy.disclosure import disclose_person
from directory.policy.modifiers import Question
from directory.policy.permissions import Action


class NamesAnother(Refused):
    """The investigation names another person, and can name one only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonServices:
    """What each service answers about the person whom the investigation of `matter` names."""

    matter: str
    person: DisclosedPerson
    lines: tuple[DisclosedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """The investigation's person with what every service is asked about them."""

    matter: str
    person: DisclosedPerson
    questions: tuple[Question, ...]


def name_person(
    ledger: Ledger, access: Access, *, investigation: UUID, look_up: UUID, person: UUID
) -> None:
    """Let the investigation name a person whom a search inside it found, for good.

    Naming them again changes nothing; raises NamesAnother where it names somebody else.
    """
    with ledger.entry(
        access, Event.PERSON_CHOSEN, action=Action.AUDIT_INVESTIGATE, subject=person
    ) as work:
        named = inside(work, access, investigation).person
        check_found(work, access, look_up=look_up, person=person)
        known(work, person)
        if named is None:
            work.investigations.name_person(investigation, person, access.at)
        elif named != person:
            raise NamesAnother


def view_services(ledger: Ledger, access: Access, *, investigation: UUID) -> PersonServices:
    """Return what each service answers about the person whom the investigation names.

    Raises NotFound until it names somebody.
    """
    with _looking(ledger, access, investigation, Event.BOARD_VIEWED) as (work, look):
        lines = lines_about(access, look.person, look.questions)
        work.remark(fields=fields_shown((look.person, lines)))
    return PersonServices(matter=look.matter, person=look.person, lines=lines)


def open_service(
    ledger: Ledger, access: Access, *, investigation: UUID, service: Service
) -> DisclosedCard:
    """Return the card of `service` about the person whom the investigation names."""
    with _looking(ledger, access, investigation, Event.CARD_OPENED) as (work, look):
        work.remark(service=service)
        card = card_about(work, look.person, look.questions, service)
        work.remark(fields=fields_shown(card))
    return card


@contextmanager
def _looking(
    ledger: Ledger, access: Access, investigation: UUID, event: Event
) -> Iterator[tuple[Work, _Look]]:
    """Yield a unit of work with all that a look at the investigation's person rests on."""
    with ledger.entry(access, event, action=Action.AUDIT_INVESTIGATE) as work:
        found = inside(work, access, investigation)
        if found.person is None:
            raise NotFound
        work.remark(subject=found.person)
        people = {found.person: known(work, found.person)}
        grounds = {found.person: Relationship.INVESTIGATION}
        asking = Asking(purpose=Purpose.INVESTIGATION, grounds=grounds)
        asked = questions_about(work, access, people, asking)
        yield (
            work,
            _Look(
                matter=found.matter,
                person=disclose_person(access, people[found.person]),
                questions=asked[found.person],
            ),
        )

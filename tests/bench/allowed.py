"""A family's pages as they would be if policy answered at once: nothing is read for its sake.

No code is patched. The operations are composed of the same parts as the real ones, with verdicts
that were given before, and their pages are rendered by the same functions. What only policy needs
is not read: gates, orders, declared interests, the ground, emergencies, suspension, agreements and
local rules. Who belongs to the family is read: an address outside it is found by nobody.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from typing_extensions import override

from directory.domain.access import Access, NotFound
from directory.domain.events import Event
from directory.domain.people import Member
from directory.domain.relationships import Viewing
from directory.domain.restrictions import Shield
from directory.domain.vocabulary import Level, Relationship, Service
from directory.ledger.checking import check_session
from directory.ledger.door import Ledger
from directory.ledger.work import Note, Work
from directory.operations.families import Board
from directory.operations.involvement import Card
from directory.operations.sight import questions_about, see
from directory.policy import disclosure
from directory.policy.contacts import Beside
from directory.policy.disclosed import DisclosedMember, fields_shown
from directory.policy.modifiers import Question, Verdict, decide
from directory.policy.permissions import POWERS, Action, allows
from directory.web.access import current_access, performs
from directory.web.families import _board_page
from directory.web.involvement import card_page
from directory.web.pages import render

Answered = tuple[Question, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What policy answered when it was asked about one family: whom it tells of, and how much."""

    shield: Shield
    relationship: Relationship
    grounds: Mapping[UUID, Relationship]
    answers: Mapping[UUID, Mapping[Service, Answered]]
    agreements: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Unasked(Work):
    """A unit of work that asks after no gate, and was told from whom its viewer is kept."""

    @override
    def _begun(self) -> Connection:
        if self.connection is None:
            self.connection = self.stack.enter_context(self.backing.database.writing())
            check_session(self.connection, self.backing.sealer, self.access)
        return self.connection


class UnaskedLedger(Ledger):
    """A door behind which policy is not asked; every look is entered all the same.

    `given` is what policy answered each session about the one family that it looks at.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Stand on what `ledger` stands on."""
        super().__init__(ledger._backing)
        self.given: dict[bytes | None, Given] = {}

    @override
    def _work(self, access: Access, event: Event, stack: ExitStack, note: Note) -> Work:
        return Unasked(
            access=access,
            event=event,
            backing=self._backing,
            stack=stack,
            note=note,
            shield=self.given[access.session].shield,
        )


def ask(ledger: Ledger, access: Access, viewing: UUID) -> Given:
    """Return what policy answers about the family that is looked at."""
    with ledger.entry(access, Event.BOARD_VIEWED, action=Action.FAMILY_OPEN) as work:
        sight = see(work, access, viewing)
        asked = questions_about(work, access, sight.people, sight.asking())
        shield = work.shield
    if shield is None:
        raise NotFound
    answers = {
        person: {each.service: (each, decide(each)) for each in questions}
        for person, questions in asked.items()
    }
    labels = {
        label
        for each in answers.values()
        for _, verdict in each.values()
        for label in verdict.agreements
    }
    return Given(
        shield=shield,
        relationship=sight.relationship,
        grounds=sight.grounds,
        answers=answers,
        agreements=tuple(sorted(labels)),
    )


def open_card(
    ledger: UnaskedLedger, access: Access, *, viewing: UUID, person: UUID, service: Service
) -> Card:
    """Return the card of `service` about `person` as the operation does, without asking policy."""
    given = ledger.given[access.session]
    with ledger.entry(access, Event.CARD_OPENED, action=Action.FAMILY_OPEN) as work:
        kept = _enter(work, access, viewing, given)
        work.remark(subject=person, service=service)
        if person not in {each.person for each in _placed(work, access, kept)}:
            raise NotFound
        [found] = work.people.many([person]).values()
        shown = disclosure.disclose_person(access, found)
        [(question, verdict)] = _told(work, given, [person], only=service)[person]
        contacts = {
            each.reference
            for one in question.involvements
            for each in (one.lead, one.lead and one.lead.cover, one.team)
            if each is not None
        }
        beside = Beside(  # no policy: it is shown
            reports=work.corrections.on_card(service, person, contacts),
            judged=work.mail_domains.judged(),
        )
        card = disclosure._card(access, shown, question, verdict, beside)
        ground = given.grounds[person]
        work.remark(relationship=ground, fields=fields_shown(card), agreements=card.agreements)
    return Card(
        viewing=viewing,
        purpose=kept.purpose,
        relationship=ground,
        card=card,
        emergency_until=None,
    )


def view_board(ledger: UnaskedLedger, access: Access, *, viewing: UUID) -> Board:
    """Return the family's board as the operation does, without asking policy."""
    given = ledger.given[access.session]
    with ledger.entry(access, Event.BOARD_VIEWED, action=Action.FAMILY_OPEN) as work:
        kept = _enter(work, access, viewing, given)
        members = tuple(_members(work, access, kept, given))
        chosen = next(each.person for each in members if each.person.person == kept.person)
        board = disclosure.disclose_board(access, chosen, members, given.agreements)
        work.remark(
            shown=tuple(each.person.person for each in members),
            fields=fields_shown(board),
            agreements=given.agreements,
        )
    return Board(
        viewing=viewing,
        purpose=kept.purpose,
        relationship=given.relationship,
        board=board,
        may_add=allows(access.role, Action.FAMILY_ADD_PERSON),
        may_hand_on=allows(access.role, Action.FAMILY_HAND_ON),
        may_ask_consent=allows(access.role, Action.CONSENT_KEEP),
        may_open_emergency=allows(access.role, Action.EMERGENCY_OPEN),
        emergency_until=None,
        may_watch=allows(access.role, Action.FAMILY_WATCH),
        watched_until=None,
    )


def _enter(work: Work, access: Access, viewing: UUID, given: Given) -> Viewing:
    kept = work.relationships.viewing(viewing, session=access.session)
    if kept is None:
        raise NotFound
    work.remark(
        subject=kept.person,
        occasion=viewing,
        purpose=kept.purpose,
        power=POWERS[kept.purpose],
        relationship=given.relationship,
    )
    return kept


def _members(work: Work, access: Access, kept: Viewing, given: Given) -> Iterator[DisclosedMember]:
    placed = _placed(work, access, kept)
    people = work.people.many([each.person for each in placed])
    told = _told(work, given, list(people))
    ties = work.people.ties(list(people))
    for member in placed:
        person = disclosure.disclose_person(access, people[member.person])
        yield disclosure.disclose_member(
            access,
            person,
            role=member.role,
            ties=tuple(
                disclosure.disclose_tie(access, tie, people[tie.target])
                for tie in ties
                if tie.source == member.person
            ),
            added_by_viewer=member.added_by is not None,
            lines=tuple(
                disclosure._line(access, person, question, verdict)
                for question, verdict in told[member.person]
                if verdict.level is not Level.L0
            ),
        )


def _placed(work: Work, access: Access, kept: Viewing) -> tuple[Member, ...]:
    family = work.people.family(kept.person)
    return (*family.members, *work.people.additions(family.anchor, added_by=access.account))


def _told(
    work: Work, given: Given, people: Collection[UUID], *, only: Service | None = None
) -> Mapping[UUID, tuple[Answered, ...]]:
    """Return each service's question and verdict, with all that the page tells read afresh."""
    profiles, feeds = work.agencies.profiles(), work.agencies.feeds()
    rows = {
        (each.person, each.source_reference): each for each in work.involvement.of(list(people))
    }
    return {
        person: tuple(
            (
                replace(question, profile=profiles[service], feed=feeds.get(service)),
                replace(
                    verdict,
                    visible=tuple(rows[person, each.source_reference] for each in verdict.visible),
                ),
            )
            for service, (question, verdict) in given.answers[person].items()
            if only in {None, service}
        )
        for person in people
    }


def pages(ledger: UnaskedLedger) -> Blueprint:
    """Return the same pages, under /allowed, for whom policy is not asked."""
    found = Blueprint("allowed", __name__, url_prefix="/allowed")

    @found.get("/families/<uuid:viewing>")
    @performs(Action.FAMILY_OPEN)
    def board(viewing: UUID) -> ResponseReturnValue:
        return render(_board_page(view_board(ledger, current_access(), viewing=viewing)))

    @found.get("/families/<uuid:viewing>/<uuid:person>/<service>")
    @performs(Action.FAMILY_OPEN)
    def card(viewing: UUID, person: UUID, service: str) -> ResponseReturnValue:
        opened = open_card(
            ledger, current_access(), viewing=viewing, person=person, service=Service(service)
        )
        page = card_page(
            opened.card,
            purpose=opened.purpose,
            relationship=opened.relationship,
            back=f"/families/{viewing}",
            report=f"/families/{viewing}/{person}/{service}/wrong",
        )
        return render(page)

    return found

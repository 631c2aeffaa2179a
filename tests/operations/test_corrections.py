"""A worker reports a contact, its service answers, and everybody reads the same meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from directory.domain.access import Access, NotFound, Refused
from directory.domain.audit import Outcome
from directory.domain.corrections import Answer, NotOfThisContact, Wrong
from directory.domain.events import Event
from directory.domain.vocabulary import Role, Service
from directory.operations import corrections, involvement
from directory.operations.corrections import Place
from directory.policy.corrections import DisclosedCorrection
from directory.policy.disclosed import DisclosedContact
from directory.store.agency_tables import OrganisationRow
from directory.store.line_tables import InvolvementRow, LineRow, PractitionerRow, TeamRow
from tests.factories import COUNCIL, EWAN, LEAH, NOON, days_ago, reference
from tests.operations.accounts_world import World, at_work, settle
from tests.operations.audit_world import asha, entries, ines, look
from tests.operations.restrictions_world import guard, guarded_council, hidden, officer

HOUSING, POLICE = Service.HOUSING, Service.POLICE
TEAM, KIM, MEG = reference(31), reference(32), reference(33)
OVERDUE = NOON + timedelta(days=5)


@contextmanager
def housed(folder: Path) -> Iterator[World]:
    """Yield the council where Kim leads Ewan's tenancy, and Meg's team alone Leah's."""
    with guarded_council(folder) as here:
        with here.database.writing() as connection:
            sent = {"service": HOUSING, "visible_from": 1}
            team = {"id": TEAM, "source_reference": "T1", "organisation": "Hillside"}
            connection.execute(insert(TeamRow).values(sent | team | {"name": "Mill team"}))
            kim = {"id": KIM, "source_reference": "P1", "team": TEAM, "name": "Kim Doyle"}
            connection.execute(insert(PractitionerRow).values(sent | kim))
            for number, person, leads in ((51, EWAN, KIM), (52, EWAN, None), (53, LEAH, KIM)):
                line = {
                    "id": number, "source_reference": f"TEN/{number}", "kind": "involvement",
                    "digest": b"", "person": person, "state": "linked",
                }  # fmt: skip
                connection.execute(insert(LineRow).values(sent | line))
                kept = {"line": number, "team": TEAM, "practitioner": leads}
                days = {"started": days_ago(100), "last_involved": days_ago(number)}
                connection.execute(insert(InvolvementRow).values(kept | days))
        settle(
            here,
            email="marie@council.example",
            display_name="Marie",
            roles=frozenset({Role.SERVICE_LEAD}),
        )
        yield here


BEGINS_WITH = housed


def marie(here: World, service: Service = HOUSING) -> Access:
    """Return the lead of a service."""
    account = here.account("marie@council.example").reference
    return Access(
        at=NOON, role=Role.SERVICE_LEAD, account=account, organisation=COUNCIL, service=service
    )


def on_card(viewing: UUID, person: UUID = EWAN, contact: UUID | None = KIM) -> Place:
    """Return a contact's place on housing's card."""
    return Place(viewing=viewing, person=person, service=HOUSING, contact=contact)


def reported(here: World, wrong: Wrong = Wrong.NUMBER, **place: UUID) -> tuple[Access, UUID]:
    """Let Asha look at the family and report one of housing's contacts."""
    worker = asha(here)
    viewing = look(here, worker)
    corrections.report(here.ledger, worker, place=on_card(viewing, **place), wrong=wrong)
    return worker, viewing


def waiting(here: World, who: Access | None = None) -> tuple[DisclosedCorrection, ...]:
    return corrections.list_waiting(here.ledger, who or marie(here), page=1).corrections


def contacts(
    here: World, access: Access, viewing: UUID, person: UUID = EWAN
) -> tuple[DisclosedContact, ...]:
    """Return the contacts of housing's card."""
    opened = involvement.open_card(
        here.ledger, access, viewing=viewing, person=person, service=HOUSING
    )
    return opened.card.contacts


def days(here: World, access: Access, viewing: UUID, person: UUID = EWAN) -> list[date | None]:
    """Return on which day each contact of housing's card was reported."""
    return [each.reported_on for each in contacts(here, access, viewing, person)]


def test_a_contact_is_asked_for_before_it_is_reported(here: World) -> None:
    worker = asha(here)
    viewing = look(here, worker)

    first = corrections.begin(here.ledger, worker, place=on_card(viewing, contact=None))
    team = corrections.begin(here.ledger, worker, place=on_card(viewing, contact=TEAM))

    assert (first.contact.practitioner, first.offered) == ("Kim Doyle", tuple(Wrong))
    assert (team.contact.practitioner, team.contact.team) == ("", "Mill team")
    assert Wrong.LEFT not in team.offered


def test_a_report_says_so_on_every_card_of_the_contact_until_it_is_answered(here: World) -> None:
    worker, viewing = reported(here)

    open_days = days(here, worker, viewing), days(here, worker, viewing, LEAH)
    [told] = waiting(here)
    corrections.answer(here.ledger, marie(here), correction=told.correction, answer=Answer.MENDED)

    assert open_days == ([days_ago(0), None], [days_ago(0)])
    assert days(here, worker, viewing) == [None, None]
    assert waiting(here) == ()


def test_a_report_of_one_involvement_stands_on_one_card(here: World) -> None:
    worker, viewing = reported(here, Wrong.OTHER_LEADS)

    [told] = waiting(here)

    assert days(here, worker, viewing) == [days_ago(0), None]
    assert days(here, worker, viewing, LEAH) == [None]
    assert told.person is not None
    assert (told.person.name, told.line) == ("Ewan Blake", 51)


def test_the_line_to_mend_is_the_one_whose_team_was_reported(here: World) -> None:
    reported(here, Wrong.NOT_INVOLVED, contact=TEAM)

    [told] = waiting(here)

    assert (told.line, told.practitioner_name, told.team_name) in {
        (51, "", "Mill team"),
        (52, "", "Mill team"),
    }


def test_the_desk_is_told_a_role_and_an_organisation_and_nobody(here: World) -> None:
    reported(here)

    [told] = waiting(here)

    assert (told.practitioner_name, told.team_name, told.person) == (
        "Kim Doyle",
        "Mill team",
        None,
    )
    assert (told.reporter_role, told.reporter_organisation) == (
        Role.CHILDRENS_SOCIAL_WORKER,
        "Northshire",
    )


def test_reporting_again_changes_nothing_and_another_s_report_is_its_own(here: World) -> None:
    worker, viewing = reported(here)
    corrections.report(here.ledger, worker, place=on_card(viewing), wrong=Wrong.NUMBER)

    assert len(waiting(here)) == 1
    corrections.report(here.ledger, worker, place=on_card(viewing), wrong=Wrong.EMAIL)
    assert len(waiting(here)) == 2


def test_one_answer_is_given_to_all_who_said_the_same(here: World) -> None:
    reported(here)
    settle(here, email="omar@council.example", display_name="Omar")
    omar = at_work(here, email="omar@council.example")
    corrections.report(here.ledger, omar, place=on_card(look(here, omar)), wrong=Wrong.NUMBER)
    corrections.report(here.ledger, omar, place=on_card(look(here, omar)), wrong=Wrong.LEFT)

    told = waiting(here)
    numbers = [each.correction for each in told if each.wrong is Wrong.NUMBER]
    corrections.answer(here.ledger, marie(here), correction=numbers[0], answer=Answer.RIGHT)

    assert (len(told), len(numbers)) == (3, 2)
    assert [each.wrong for each in waiting(here)] == [Wrong.LEFT]


def test_no_other_service_is_told_or_answers(here: World) -> None:
    reported(here)
    [told] = waiting(here)
    other = marie(here, POLICE)

    assert waiting(here, other) == ()
    with pytest.raises(NotFound):
        corrections.answer(here.ledger, other, correction=told.correction, answer=Answer.MENDED)
    nowhere = replace(other, service=None)
    with pytest.raises(Refused):
        waiting(here, nowhere)


def test_nothing_is_answered_twice(here: World) -> None:
    reported(here)
    [told] = waiting(here)
    corrections.answer(here.ledger, marie(here), correction=told.correction, answer=Answer.MENDED)

    with pytest.raises(NotFound):
        corrections.answer(
            here.ledger, marie(here), correction=told.correction, answer=Answer.RIGHT
        )


def test_the_reporter_reads_the_answer_and_no_person(here: World) -> None:
    worker, _ = reported(here, Wrong.OTHER_LEADS)
    [before] = corrections.list_mine(here.ledger, worker)
    [told] = waiting(here)
    corrections.answer(
        here.ledger, marie(here), correction=told.correction, answer=Answer.PASSED_ON
    )

    [after] = corrections.list_mine(here.ledger, worker)

    assert (before.answer, before.answered_at, before.answer_by) == (None, None, days_ago(-2))
    assert (after.service, after.answer, after.answered_at) == (HOUSING, Answer.PASSED_ON, NOON)
    assert corrections.list_mine(here.ledger, replace(worker, at=NOON + timedelta(days=91))) == ()


def test_the_ig_lead_is_told_what_is_overdue_and_of_nobody(here: World) -> None:
    reported(here)

    in_time = corrections.list_overdue(here.ledger, ines(here))
    [late] = corrections.list_overdue(here.ledger, ines(here, OVERDUE))

    assert in_time == ()
    assert (late.service, late.wrong, late.days) == (HOUSING, Wrong.NUMBER, 3)


@pytest.mark.parametrize("wrong", [Wrong.NUMBER, Wrong.OTHER_LEADS])
def test_whoever_is_hidden_gives_no_report_of_theirs(here: World, wrong: Wrong) -> None:
    worker, viewing = reported(here, wrong)

    hidden(here, officer(here), EWAN)

    told = 1 if wrong is Wrong.NUMBER else 0
    assert len(corrections.list_mine(here.ledger, worker)) == told
    for place in (on_card(viewing), on_card(viewing, reference(404))):
        with pytest.raises(NotFound):
            corrections.begin(here.ledger, worker, place=place)
        with pytest.raises(NotFound):
            corrections.report(here.ledger, worker, place=place, wrong=wrong)
    assert len(corrections.list_overdue(here.ledger, ines(here, OVERDUE))) == told


def test_a_desk_gets_no_row_of_somebody_unknown_to_it_or_not_its_own(here: World) -> None:
    reported(here, Wrong.OTHER_LEADS)
    needs = update(OrganisationRow).values(needs_consent=True)
    not_own = update(LineRow).where(LineRow.id.in_([51, 52])).values(person=LEAH)

    with here.database.writing() as connection:
        connection.execute(not_own)
    after_moving = waiting(here)
    with here.database.writing() as connection:
        connection.execute(not_own.values(person=EWAN))
        connection.execute(needs)

    assert after_moving == ()
    assert waiting(here) == ()


def test_nobody_behind_a_broker_is_reported_about(here: World) -> None:
    worker = asha(here)
    viewing = look(here, worker)
    guard(here, officer(here), EWAN)

    with pytest.raises(NotFound):
        corrections.begin(here.ledger, worker, place=on_card(viewing, contact=None))


def test_only_what_stands_on_the_card_is_reported(here: World) -> None:
    worker = asha(here)
    viewing = look(here, worker)

    for place in (on_card(viewing, contact=MEG), on_card(reference(404)), on_card(viewing, MEG)):
        with pytest.raises(NotFound):
            corrections.report(here.ledger, worker, place=place, wrong=Wrong.NUMBER)
    with pytest.raises(NotOfThisContact):
        corrections.report(
            here.ledger, worker, place=on_card(viewing, contact=TEAM), wrong=Wrong.LEFT
        )
    assert waiting(here) == ()


def test_a_report_is_entered_with_whose_card_it_was(here: World) -> None:
    reported(here)

    entry = next(each for each in entries(here) if each.event is Event.CONTACT_REPORTED)

    assert (entry.outcome, entry.service, len(entry.subjects)) == (Outcome.DONE, HOUSING, 1)


def test_a_long_list_has_pages(here: World) -> None:
    worker, viewing = reported(here)
    settled = [Wrong.EMAIL, Wrong.LEFT, Wrong.OTHER_LEADS, Wrong.NOT_INVOLVED]
    for number in range(5):
        settle(here, email=f"w{number}@council.example", display_name=f"Worker {number}")
        other = at_work(here, email=f"w{number}@council.example")
        place = on_card(look(here, other))
        for wrong in settled:
            corrections.report(here.ledger, other, place=place, wrong=wrong)

    first = corrections.list_waiting(here.ledger, marie(here), page=1)
    second = corrections.list_waiting(here.ledger, marie(here), page=2)

    assert (len(first.corrections), first.more) == (20, True)
    assert (len(second.corrections), second.more) == (1, False)
    assert contacts(here, worker, viewing)[0].reported_on == days_ago(0)

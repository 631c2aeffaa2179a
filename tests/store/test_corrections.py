"""Reports of wrong contacts as the database keeps them, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert, update

from directory.domain.corrections import About, Answer, Answered, Named, Wrong
from directory.domain.vocabulary import Service
from directory.store.agencies import AgencyStore
from directory.store.corrections import CorrectionStore
from directory.store.engine import Database
from directory.store.line_tables import FeedRow, PersonRow, PractitionerRow, TeamRow
from directory.store.people import PeopleStore
from tests.factories import ASHA, EWAN, LEAH, NOON, correction, profile, reference
from tests.store.holders import account, accounts, sealer

HOUSING, POLICE = Service.HOUSING, Service.POLICE
KIM, TEAM = reference(32), reference(31)
KIMS = correction().about
SAID = Answered(answer=Answer.PASSED_ON, by=ASHA, at=NOON + timedelta(hours=1))
LATER = correction(reference=reference(92), at=NOON + timedelta(minutes=1))
OF_TEAM = correction(
    reference=reference(93), about=About(service=HOUSING, practitioner=None, team=TEAM)
)
OF_EWAN = correction(
    reference=reference(94), wrong=Wrong.NOT_INVOLVED, about=replace(KIMS, person=EWAN)
)


@contextmanager
def reports(database: Database) -> Iterator[CorrectionStore]:
    """Yield the store of a council where housing has sent its team and Kim Doyle."""
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        AgencyStore(connection).keep_services(profile(each) for each in (HOUSING, POLICE))
        PeopleStore(connection, sealer()).new([EWAN, LEAH], NOON)
        connection.execute(update(FeedRow).values(current=1))
        sent = {"service": HOUSING, "visible_from": 1}
        team = {"id": TEAM, "source_reference": "T1", "organisation": "Hillside", "name": "Mill"}
        connection.execute(insert(TeamRow).values(sent | team))
        kim = {"id": KIM, "source_reference": "P1", "team": TEAM, "name": "Kim Doyle"}
        connection.execute(insert(PractitionerRow).values(sent | kim))
        yield CorrectionStore(connection)


def test_a_report_is_read_as_it_was_kept(database: Database) -> None:
    with reports(database) as store:
        for each in (correction(), OF_TEAM, OF_EWAN):
            store.keep(each)

        assert set(store.of(ASHA, since=NOON)) == {correction(), OF_TEAM, OF_EWAN}
        assert store.of(reference(404), since=NOON) == ()
        assert store.of(ASHA, since=NOON + timedelta(seconds=1)) == ()


def test_what_stands_open_is_not_reported_twice_and_once_answered_may_be(
    database: Database,
) -> None:
    with reports(database) as store:
        store.keep(correction())

        store.keep(LATER)
        before = store.of(ASHA, since=NOON)
        store.answer([correction().reference], SAID)
        store.keep(LATER)

        assert before == (correction(),)
        assert store.of(ASHA, since=NOON) == (LATER, correction(answered=SAID))


def test_a_card_asks_what_is_open_on_its_own_contacts(database: Database) -> None:
    with reports(database) as store:
        for each in (correction(), OF_TEAM, OF_EWAN):
            store.keep(each)

        assert set(store.on_card(HOUSING, EWAN, [KIM, TEAM])) == {correction(), OF_TEAM, OF_EWAN}
        assert set(store.on_card(HOUSING, LEAH, [KIM])) == {correction()}
        assert store.on_card(HOUSING, EWAN, [reference(404)]) == ()
        assert store.on_card(HOUSING, EWAN, []) == ()
        assert store.on_card(POLICE, EWAN, [KIM, TEAM]) == ()
        store.answer([correction().reference, OF_TEAM.reference, OF_EWAN.reference], SAID)
        assert store.on_card(HOUSING, EWAN, [KIM, TEAM]) == ()


def test_an_involvement_goes_with_whom_its_person_was_merged_into(database: Database) -> None:
    with reports(database) as store:
        store.keep(OF_EWAN)
        merged = update(PersonRow).where(PersonRow.id == EWAN).values(merged_into=LEAH)
        store._connection.execute(merged)

        [found] = store.on_card(HOUSING, LEAH, [KIM])

        assert found.about.person == LEAH


def test_a_service_is_told_names_as_its_file_has_them_now(database: Database) -> None:
    with reports(database) as store:
        gone = correction(
            reference=reference(95), about=replace(KIMS, practitioner=reference(404)),
            reporter=replace(correction().reporter, organisation=None),
            due=correction().due + timedelta(days=1),
        )  # fmt: skip
        first = replace(OF_TEAM, due=NOON + timedelta(hours=1))
        for each in (gone, correction(), first):
            store.keep(each)

        assert store.waiting(HOUSING) == (
            Named(correction=first, practitioner="", team="Mill", organisation="Northshire"),
            Named(
                correction=correction(),
                practitioner="Kim Doyle",
                team="Mill",
                organisation="Northshire",
            ),
            Named(correction=gone, practitioner="", team="", organisation=""),
        )
        assert store.waiting(POLICE) == ()


def test_only_what_is_open_is_overdue(database: Database) -> None:
    with reports(database) as store:
        store.keep(correction())
        store.keep(replace(OF_TEAM, due=NOON + timedelta(hours=1)))
        due = correction().due

        assert store.overdue(NOON) == ()
        assert [each.reference for each in store.overdue(due)] == [
            OF_TEAM.reference,
            correction().reference,
        ]
        store.answer([OF_TEAM.reference], SAID)
        assert [each.reference for each in store.overdue(due)] == [correction().reference]

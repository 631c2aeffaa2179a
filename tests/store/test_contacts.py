from sqlalchemy import text

from directory.domain.agencies import Practitioner, Team
from directory.domain.extracts import (
    Delivery,
    SentPractitioner,
    SentTeam,
    practitioner_id,
    team_id,
)
from directory.store.engine import Database
from directory.store.extracts import ExtractStore
from tests.store.deliveries import HOUSING, claimed, set_up, show, within


def sent(phone: str = "01632 960123") -> tuple[SentTeam, SentPractitioner]:
    own, worker = team_id(HOUSING, "T1"), practitioner_id(HOUSING, "P1")
    return (
        SentTeam(
            source_reference="T1",
            employer="HILL",
            team=Team(reference=own, name="Hillside", organisation="Homes", duty_line=phone),
        ),
        SentPractitioner(
            source_reference="P1",
            practitioner=Practitioner(reference=worker, name="Kim", role="Officer", phone=phone),
            team=own,
        ),
    )


def stage_contacts(database: Database, delivery: Delivery, phone: str) -> tuple[int, int]:
    """Stage a team and a practitioner if they changed; return how many of each did."""
    team, practitioner = sent(phone)

    def act(store: ExtractStore) -> tuple[int, int]:
        teams = store.contacts.changed_teams(delivery, [team])
        practitioners = store.contacts.changed_practitioners(delivery, [practitioner])
        store.contacts.stage_teams(delivery, teams)
        store.contacts.stage_practitioners(delivery, practitioners)
        return len(teams), len(practitioners)

    return within(database, act)


def phones(database: Database) -> list[tuple[str, int, int]]:
    with database.reading() as connection:
        rows = connection.execute(
            text("select phone, visible_from, visible_until from practitioner order by 2")
        )
        return [(row[0], row[1], min(row[2], 9)) for row in rows]


def test_a_practitioner_gets_a_new_version_only_when_something_changed(
    database: Database,
) -> None:
    set_up(database)
    first = claimed(database)
    stage_contacts(database, first, "01632 960123")
    show(database, first)
    second = claimed(database, 2)

    changes = [stage_contacts(database, second, each) for each in ("01632 960123", "01632 960777")]

    assert changes == [(0, 0), (1, 1)]
    assert phones(database) == [("01632 960123", 1, 2), ("01632 960777", 2, 9)]


def test_staged_contacts_are_taken_back(database: Database) -> None:
    set_up(database)
    first = claimed(database)
    stage_contacts(database, first, "01632 960123")
    show(database, first)
    second = claimed(database, 2)
    stage_contacts(database, second, "01632 960777")

    within(
        database,
        lambda store: store.contacts.undo(second),
    )

    assert phones(database) == [("01632 960123", 1, 9)]

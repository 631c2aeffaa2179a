"""References and moments come back from both engines as they went in."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import StatementError

from directory.store.engine import Database
from directory.store.line_tables import PersonRow

LONDON = ZoneInfo("Europe/London")
REFERENCE = UUID(int=1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
# The database is the same for every example, which each leaves as it found it.
each_leaves_it_empty = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None
)
moments = st.datetimes(
    min_value=datetime.fromisoformat("0001-01-02"),
    max_value=datetime.fromisoformat("9999-12-30"),
    timezones=st.timezones(),
)


def kept(database: Database, reference: UUID, since: datetime) -> tuple[UUID, datetime]:
    """Return a reference and a moment as the database gives them back."""
    with database.writing() as connection:
        connection.execute(insert(PersonRow).values(id=reference, lifecycle="live", since=since))
        found = connection.execute(select(PersonRow.id, PersonRow.since)).one()
        connection.execute(delete(PersonRow))
    return found.id, found.since


@each_leaves_it_empty
@given(reference=st.uuids())
def test_a_reference_comes_back_as_it_was(database: Database, reference: UUID) -> None:
    found, _ = kept(database, reference, NOON)

    assert found == reference


@each_leaves_it_empty
@given(moment=moments)
def test_a_moment_comes_back_as_the_same_instant_in_utc(
    database: Database, moment: datetime
) -> None:
    _, found = kept(database, REFERENCE, moment)

    assert (found, found.tzinfo) == (moment.astimezone(UTC), UTC)


@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
def test_a_moment_keeps_its_microseconds(database: Database, microsecond: int) -> None:
    moment = NOON.replace(microsecond=microsecond)

    assert kept(database, REFERENCE, moment) == (REFERENCE, moment)


def test_the_hour_that_comes_twice_stays_two_hours(database: Database) -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)

    _, one = kept(database, REFERENCE, first)
    _, other = kept(database, REFERENCE, first.replace(fold=1))

    assert other - one == timedelta(hours=1)


@each_leaves_it_empty
@given(one=moments, other=moments)
def test_moments_are_ordered_as_instants(
    database: Database, one: datetime, other: datetime
) -> None:
    rows = [
        {"id": UUID(int=number), "lifecycle": "live", "since": each}
        for number, each in enumerate((one, other))
    ]
    with database.writing() as connection:
        connection.execute(insert(PersonRow), rows)
        earlier = connection.scalars(select(PersonRow.since).where(PersonRow.since < other)).all()
        connection.execute(delete(PersonRow))

    instants = one.astimezone(UTC), other.astimezone(UTC)
    assert earlier == ([instants[0]] if instants[0] < instants[1] else [])


def test_a_moment_without_its_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="must carry its zone"):
        kept(database, REFERENCE, NOON.replace(tzinfo=None))


def test_a_missing_reference_and_moment_stay_missing(database: Database) -> None:
    row = {"id": REFERENCE, "lifecycle": "live", "since": NOON, "merged_into": None}

    with database.writing() as connection:
        connection.execute(insert(PersonRow), [row])
        found = connection.execute(select(PersonRow.merged_into)).scalar_one()

    assert found is None

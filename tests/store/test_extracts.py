from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from directory.domain.brake import StandingLine
from directory.domain.extracts import (
    Delivery,
    ExtractOutcome,
    Line,
    LineKind,
    Report,
    Settled,
    Standing,
)
from directory.domain.people import Birth, Identity
from directory.domain.vocabulary import Service, TieKind
from directory.store.absent import AbsentLines
from directory.store.engine import Database
from directory.store.extracts import ExtractStore
from directory.store.people import PeopleStore
from tests.factories import (
    EWAN,
    LEAH,
    NOON,
    address,
    identifier,
    name,
    reference,
)
from tests.operations.extracts_world import sealer
from tests.store.deliveries import AS_OF, HOUR_AGO, HOUSING, claimed, set_up, show, within


def said(source_reference: str = "TEN/1", **differing: Any) -> Line:
    identity = Identity(
        names=(name(),),
        birth=Birth(day=date(2017, 3, 27)),
        address=address(),
        identifiers=(identifier(),),
    )
    default = Line(
        number=2,
        kind=LineKind.INVOLVEMENT,
        source_reference=source_reference,
        identity=identity,
        team="T1",
        practitioner="P1",
    )
    return replace(default, **differing)


def settled(line: Line, **differing: Any) -> Settled:
    return replace(Settled(line=line, digest=bytes(16), person=EWAN), **differing)


def stage(database: Database, delivery: Delivery, *each: Settled) -> None:
    def act(store: ExtractStore) -> None:
        store.stage(delivery, each, first=store.reserve(len(each)))

    within(database, act)


def standing(database: Database) -> dict[str, Standing]:
    return within(database, ExtractStore.standing, HOUSING, ["TEN/1", "TEN/2", "TEN/3"])


def versions(database: Database) -> list[tuple[str, int, int]]:
    with database.reading() as connection:
        rows = connection.execute(
            text("select source_reference, visible_from, visible_until from line order by 1, 2")
        )
        return [(row[0], row[1], min(row[2], 9)) for row in rows]


def taken(database: Database, *each: Settled) -> Delivery:
    """Take a first delivery of these lines."""
    set_up(database)
    delivery = claimed(database)
    stage(database, delivery, *each)
    assert show(database, delivery)
    return delivery


def test_a_feed_is_claimed_once(database: Database) -> None:
    set_up(database)
    first = claimed(database)

    second = within(
        database, ExtractStore.claim, HOUSING, token=reference(8), at=NOON, stale=HOUR_AGO,
        as_of=AS_OF,
    )  # fmt: skip

    assert (first.number, second) == (1, None)


def test_a_claim_that_grew_old_is_taken_over(database: Database) -> None:
    set_up(database)
    first = claimed(database)

    second = claimed(database, 2, stale=NOON)

    held = [within(database, ExtractStore.holds, each) for each in (first, second)]
    assert held == [False, True]


def test_only_its_own_claim_is_released(database: Database) -> None:
    set_up(database)
    first, second = claimed(database), claimed(database, 2, stale=NOON)

    within(database, ExtractStore.release, first)

    assert within(database, ExtractStore.holds, second)


def test_a_claim_that_was_lost_shows_nothing(database: Database) -> None:
    set_up(database)
    first = claimed(database)
    claimed(database, 2, stale=NOON)

    assert not show(database, first)


def test_numbers_of_lines_are_never_given_twice(database: Database) -> None:
    found = [within(database, ExtractStore.reserve, count) for count in (3, 0, 1, 2)]

    assert found == [1, 4, 4, 5]


def test_a_version_ends_where_the_one_that_replaces_it_begins(database: Database) -> None:
    taken(database, settled(said()), settled(said("TEN/2")))
    second = claimed(database, 2)

    stage(database, second, settled(said(), replaces=standing(database)["TEN/1"]))

    assert versions(database) == [("TEN/1", 1, 2), ("TEN/1", 2, 9), ("TEN/2", 1, 9)]


def test_a_staged_line_is_replaced_in_its_own_delivery(database: Database) -> None:
    set_up(database)
    delivery = claimed(database)
    stage(database, delivery, settled(said(), person=None))

    stage(database, delivery, settled(said(), replaces=standing(database)["TEN/1"]))

    assert (versions(database), standing(database)["TEN/1"].person) == ([("TEN/1", 1, 9)], EWAN)


def test_what_an_abandoned_delivery_staged_is_taken_back_bit_by_bit(database: Database) -> None:
    taken(database, settled(said()), settled(said("TEN/2")))
    before = versions(database)
    second = claimed(database, 2)
    old = standing(database)
    stage(
        database,
        second,
        settled(said(), replaces=old["TEN/1"]),
        settled(said("TEN/2"), replaces=old["TEN/2"]),
        settled(said("TEN/3"), person=LEAH),
    )

    undone = [within(database, ExtractStore.undo, second, most=2) for _ in range(3)]

    assert [count for count, _ in undone] == [2, 1, 0]
    assert frozenset().union(*(people for _, people in undone)) == {EWAN, LEAH}
    assert versions(database) == before
    assert within(database, ExtractStore.without_line, [EWAN, LEAH]) == {LEAH}


def test_a_person_at_the_other_end_of_a_tie_is_spoken_of(database: Database) -> None:
    tied = said(kind=LineKind.TIE, tie=TieKind.PARENT_OF, identity=None, team="")
    taken(database, settled(tied, other=LEAH))

    assert within(database, ExtractStore.without_line, [EWAN, LEAH]) == frozenset()


def test_an_identifier_is_kept_sealed_and_blinded(database: Database) -> None:
    taken(database, settled(said()))

    with database.reading() as connection:
        [row] = connection.execute(text("select blind, sealed from line_identifier")).all()
        [described] = PeopleStore(connection, sealer()).described([EWAN])
    assert b"9990000018" not in bytes(row.sealed) + bytes(row.blind)
    assert described.identifiers == (identifier(),)


def test_a_digest_cannot_be_made_without_the_key(database: Database) -> None:
    line = said()

    found = within(database, ExtractStore.digest, line)

    assert found == within(database, ExtractStore.digest, replace(line, number=9))
    assert found != within(database, ExtractStore.digest, replace(line, team="T2"))


def test_a_waiting_line_has_no_person_and_is_counted(database: Database) -> None:
    taken(database, settled(said()), settled(said("TEN/2"), person=None))

    assert within(database, ExtractStore.waiting, HOUSING) == 1


def test_a_line_cannot_be_numbered_like_another(database: Database) -> None:
    delivery = taken(database, settled(said()))

    with pytest.raises(IntegrityError):
        within(database, ExtractStore.stage, delivery, [settled(said("TEN/2"))], first=1)


def walked(database: Database, *, after: str) -> tuple[StandingLine, ...]:
    """Return the next two standing lines."""
    with database.reading() as connection:
        return AbsentLines(connection, sealer()).standing_after(HOUSING, after=after, most=2)


def test_standing_lines_are_walked_in_parts(database: Database) -> None:
    taken(database, *(settled(said(f"TEN/{each}")) for each in range(1, 4)))

    first = walked(database, after="")
    rest = walked(database, after="TEN/2")

    assert [each.reference for each in (*first, *rest)] == ["TEN/1", "TEN/2", "TEN/3"]


def test_a_pinned_line_says_its_own_day_until_it_is_unpinned(database: Database) -> None:
    taken(database, settled(said()))
    key = standing(database)["TEN/1"].key
    days: list[date | None] = []

    for day in (AS_OF, None):
        within(database, ExtractStore.pin, [key], day)
        days.append(standing(database)["TEN/1"].as_of)

    assert days == [AS_OF, None]


def test_those_whose_identity_changed_are_told_in_parts(database: Database) -> None:
    before = [
        settled(said(f"TEN/{each}"), digest=bytes([each]) * 16, person=whose)
        for each, whose in ((1, EWAN), (2, LEAH), (3, LEAH))
    ]
    taken(database, *before)
    second = claimed(database, 2)
    old = standing(database)
    renamed = replace(before[0], digest=b"a" * 16, replaces=old["TEN/1"])
    moved = replace(before[1], digest=b"\2" * 8 + b"b" * 8, replaces=old["TEN/2"])
    stage(database, second, renamed, moved)

    parts = []
    after = 0
    for _ in range(3):
        after, people = within(database, ExtractStore.renamed, second, after=after, most=1)
        parts.append(people)

    assert (parts, after) == ([{EWAN}, frozenset(), frozenset()], 0)


@pytest.mark.parametrize(
    ("digest", "refused", "waiting"),
    [(b"a" * 32, 1, 0), (b"b" * 32, 1, None), (b"a" * 32, 0, None)],
)
def test_the_same_file_is_known_by_its_digest_and_its_refusals(
    database: Database, digest: bytes, refused: int, waiting: int | None
) -> None:
    delivery = taken(database)
    report = Report(
        service=HOUSING, as_of=AS_OF, outcome=ExtractOutcome.TAKEN, refused_lines=1, waiting=4
    )
    within(database, ExtractStore.keep, delivery, report, digest=b"a" * 32, at=NOON)
    second = claimed(database, 2)

    found = within(
        database,
        ExtractStore.waiting_of_same_file,
        second,
        digest=digest,
        refused=refused,
    )

    assert found == waiting


def test_a_service_without_a_feed_has_none(database: Database) -> None:
    set_up(database)

    found = [within(database, ExtractStore.feed, each) for each in (HOUSING, Service.POLICE)]

    assert [each and each.service for each in found] == [HOUSING, None]


def test_people_of_whom_nothing_is_said_are_forgotten(database: Database) -> None:
    set_up(database)

    within(database, ExtractStore.forget, [LEAH])

    with database.reading() as connection:
        assert [
            UUID(bytes=bytes(row.id)) for row in connection.execute(text("select id from person"))
        ] == [EWAN]

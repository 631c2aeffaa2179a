"""Texts behind the door: what is found is what stands now, and nothing of a person is indexed."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from directory.domain.events import Event
from directory.domain.texts import Text, TextKind, TextSought
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.texts import Texts
from directory.operations.agencies import deactivate
from directory.policy.permissions import Action
from directory.search.kept_texts import KeptTexts
from directory.store.agencies import AgencyStore
from directory.store.engine import Database
from directory.store.texts import TextStore
from tests.factories import COUNCIL, TODAY
from tests.operations.extracts_world import OPERATOR, World, file_of, line, world

EVERY_KIND = frozenset(TextKind)
GUIDE = Text(kind=TextKind.GUIDANCE, reference="/start", name="Help signing in", body="a new code")
TASKS: list[Callable[[], None]] = []


def standing(database: Database, folder: Path) -> World:
    """Return a council whose texts are indexed in `folder`, with one organisation of its own."""
    bare = world(database)
    with database.writing() as connection:
        AgencyStore(connection).keep_organisation(COUNCIL, known_as="HILL", name="Hillside Homes")
    return World(ledger=indexing(bare.ledger, folder), database=database)


def indexing(ledger: Ledger, folder: Path, **differing: object) -> Ledger:
    """Return the same door with an index in `folder`, as another process would open it."""
    index = KeptTexts(folder=folder / "text_index", key=bytes(32), release=bytes(32))
    texts = replace(Texts(index=index, shipped=(GUIDE,)), **differing)  # type: ignore[arg-type]  # its own
    return Ledger(replace(ledger._backing, texts=texts))


def found(ledger: Ledger, words: str, *kinds: TextKind, later: int = 0) -> list[tuple[str, str]]:
    """Return the kinds and names of what is found `later` days from now."""
    access = replace(OPERATOR, at=OPERATOR.at + timedelta(days=later))
    sought = TextSought(words=words, kinds=frozenset(kinds) or EVERY_KIND)
    with ledger.entry(access, Event.ACCOUNTS_LISTED, action=Action.ACCOUNTS_MANAGE) as work:
        return [(each.kind, each.name) for each in work.find_texts(sought)]


def is_indexed(here: World) -> bool:
    """Return whether the index is of the present state."""
    with here.database.reading() as connection:
        sequence = TextStore(connection).sequence()
    index = here.ledger._backing.texts.index
    return index.find(TextSought(words="x", kinds=EVERY_KIND), sequence=sequence) is not None


def index_bytes(folder: Path) -> bytes:
    return (folder / "text_index" / "texts").read_bytes()


def test_every_kind_is_found_by_misspelt_words(database: Database, tmp_path: Path) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line()))

    assert is_indexed(here)
    assert found(here.ledger, "hilside", TextKind.ORGANISATION) == [
        ("organisation", "Hillside Homes")
    ]
    assert found(here.ledger, "neigbourhood team", TextKind.TEAM) == [
        ("team", "Hillside neighbourhood team")
    ]
    assert found(here.ledger, "housng oficer", TextKind.PRACTITIONER_ROLE) == [
        ("practitioner_role", "Housing officer")
    ]
    assert ("service", "Housing") in found(here.ledger, "housing", TextKind.SERVICE)
    assert found(here.ledger, "singing in", TextKind.GUIDANCE) == [("guidance", GUIDE.name)]


def test_no_name_number_or_address_of_anybody_is_in_the_index(
    database: Database, tmp_path: Path
) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line()))

    kept = index_bytes(tmp_path).lower()

    for telling in (b"kim", b"doyle", b"leah", b"blake", b"01632", b"homes.example", b"mill lane"):
        assert re.search(rb"\b" + telling, kept) is None
    assert found(here.ledger, "Kim Doyle") == []
    assert found(here.ledger, "Leah Blake") == []


def test_the_role_of_one_who_has_left_is_gone_in_the_same_moment(
    database: Database, tmp_path: Path
) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line()))
    idle = Ledger(
        replace(
            here.ledger._backing,
            texts=replace(here.ledger._backing.texts, aside=TASKS.append),
        )
    )

    deactivate(idle, OPERATOR, service=Service.HOUSING, source_reference="P1")

    assert not is_indexed(here)
    assert found(idle, "housing officer", TextKind.PRACTITIONER_ROLE) == []


def test_a_role_stays_while_another_in_the_team_has_it(database: Database, tmp_path: Path) -> None:
    here = standing(database, tmp_path)
    another = {"practitioner_reference": "P2", "practitioner_name": "Ada Field"}
    other = line("TEN/2", forenames="Rowan", surname="Ash", **another)
    here.take(file_of(line(), other))

    deactivate(here.ledger, OPERATOR, service=Service.HOUSING, source_reference="P1")

    assert len(found(here.ledger, "housing officer", TextKind.PRACTITIONER_ROLE)) == 1


def test_a_role_ends_on_the_first_day_its_practitioner_is_not_there(
    database: Database, tmp_path: Path
) -> None:
    here = standing(database, tmp_path)
    gone_on = TODAY + timedelta(days=2)
    here.take(file_of(line(practitioner_left_on=f"{gone_on:%d/%m/%Y}")))

    counts = [
        len(found(here.ledger, "housing officer", TextKind.PRACTITIONER_ROLE, later=days))
        for days in (0, 1, 2)
    ]

    assert counts == [1, 1, 0]


def test_a_renamed_team_is_found_by_its_new_name_alone(database: Database, tmp_path: Path) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line()))

    here.take(file_of(line(team_name="Riverbank team")), as_of=TODAY)

    assert found(here.ledger, "riverbank", TextKind.TEAM) == [("team", "Riverbank team")]
    assert found(here.ledger, "neighbourhood", TextKind.TEAM) == []


def test_a_sensitive_service_tells_of_no_team(database: Database, tmp_path: Path) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line(team_name="Quiet Rooms")), service=Service.SENSITIVE)

    assert found(here.ledger, "quiet rooms") == []
    assert b"quiet" not in index_bytes(tmp_path)


def test_a_service_that_shows_teams_only_tells_of_no_role(
    database: Database, tmp_path: Path
) -> None:
    here = standing(database, tmp_path)
    with here.database.writing() as connection:
        agencies = AgencyStore(connection)
        shy = [replace(each, team_only=True) for each in agencies.profiles().values()]
        agencies.keep_services(shy)

    here.take(file_of(line(practitioner_role="Beat constable")), service=Service.POLICE)

    assert found(here.ledger, "beat constable", TextKind.PRACTITIONER_ROLE) == []
    assert b"constable" not in index_bytes(tmp_path)
    assert found(here.ledger, "neighbourhood", TextKind.TEAM) != []


def test_a_damaged_index_is_answered_from_the_database_and_made_anew(
    database: Database, tmp_path: Path
) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line()))
    path = tmp_path / "text_index" / "texts"
    path.write_bytes(b"\x00" + path.read_bytes()[1:])
    other = indexing(here.ledger, tmp_path)

    assert found(other, "hilside", TextKind.ORGANISATION) == [("organisation", "Hillside Homes")]
    assert is_indexed(World(ledger=other, database=here.database))


def test_a_folder_that_takes_no_index_is_no_fault_of_the_search(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "text_index").write_text("in its way")
    here = standing(database, tmp_path)

    here.take(file_of(line()))

    assert found(here.ledger, "hilside team", TextKind.TEAM) != []


def test_a_change_that_is_undone_leaves_the_index_up(database: Database, tmp_path: Path) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line()))

    with suppress(ZeroDivisionError), here.database.writing() as connection:
        AgencyStore(connection).keep_organisation(COUNCIL, known_as="HILL", name="Hilltop")
        raise ZeroDivisionError

    assert is_indexed(here)


def test_another_process_finds_a_change_at_once(database: Database, tmp_path: Path) -> None:
    here = standing(database, tmp_path)
    here.take(file_of(line()))
    other = indexing(here.ledger, tmp_path)
    assert found(other, "hillside", TextKind.ORGANISATION) != []

    with here.database.writing() as connection:
        AgencyStore(connection).keep_organisation(COUNCIL, known_as="HILL", name="Riverbank Homes")

    assert found(other, "rivrbank", TextKind.ORGANISATION) == [("organisation", "Riverbank Homes")]
    assert found(other, "hillside", TextKind.ORGANISATION) == []

"""Pairs of names that a steward accepted are variants at once, in every process."""

from sqlalchemy import event

from directory.search.memory import MemoryIndex
from directory.search.people import Query, Reason, SearchableLine, SearchableName
from directory.search.sql import SqlPeopleIndex
from tests.search.conftest import SECRET, Shelved
from tests.search.invented import TODAY, person

GRZESIEK = ("grzesiek", "xystus")
EVERY_TOKEN = -1
SOUGHT = Query(as_of=TODAY, forenames="Xystus", surname="Quillon")


def why(shelved: Shelved) -> set[Reason]:
    """Return why the first was found."""
    found = shelved.index.ranked(shelved.connection, SOUGHT, hidden=frozenset(), most=1)
    return set(found[0].why) if found else set()


def test_an_accepted_pair_is_found_by_either_name(shelved: Shelved) -> None:
    shelved.put(person(1, "Grzesiek Quillon"))

    shelved.index.pair(shelved.connection, [GRZESIEK])

    assert Reason.FORENAME_SHORT_FORM in why(shelved)


def test_a_pair_that_is_taken_back_is_none_at_once(shelved: Shelved) -> None:
    shelved.put(person(1, "Grzesiek Quillon"))
    shelved.index.pair(shelved.connection, [GRZESIEK])
    why(shelved)

    shelved.index.pair(shelved.connection, [])

    assert Reason.FORENAME_SHORT_FORM not in why(shelved)


def test_what_was_found_before_a_pair_is_found_anew(shelved: Shelved) -> None:
    shelved.put(person(1, "Grzesiek Quillon"))
    before = why(shelved)

    shelved.index.pair(shelved.connection, [GRZESIEK])

    assert Reason.FORENAME_SHORT_FORM in why(shelved) - before


def test_a_pair_comes_and_goes_without_the_other_tokens_being_read(shelved: Shelved) -> None:
    if isinstance(shelved.index, MemoryIndex):
        return
    shelved.put(person(1, "Grzesiek Quillon"))
    why(shelved)
    asked: list[object] = []

    @event.listens_for(shelved.connection, "before_cursor_execute")
    def note(*told: object) -> None:
        asked.append(told[3])

    for pairs in ([GRZESIEK], []):
        shelved.index.pair(shelved.connection, pairs)
        why(shelved)

    values = [list(each.values() if isinstance(each, dict) else each) for each in asked]  # type: ignore[call-overload]  # a driver's own
    assert len(values) > 8
    assert [each for each in values if each == [EVERY_TOKEN]] == []


def test_what_was_found_for_other_words_outlives_a_pair_that_ends(memory: Shelved) -> None:
    memory.put(person(1, "Grzesiek Quillon"))
    memory.index.pair(memory.connection, [GRZESIEK])
    why(memory)
    before = memory.index._vocabulary
    known = dict(before._cached)

    memory.index.pair(memory.connection, [])
    memory.find(Query(as_of=TODAY, surname="Quillon"))

    assert memory.index._vocabulary is before
    assert dict(before._cached) == {
        word: each for word, each in known.items() if word not in GRZESIEK
    }


def test_another_process_knows_of_a_pair_and_of_its_end(shelved: Shelved) -> None:
    if isinstance(shelved.index, MemoryIndex):
        return
    other = Shelved(SqlPeopleIndex(SECRET), shelved.connection)
    shelved.put(person(1, "Grzesiek Quillon"))
    before = why(other)

    shelved.index.pair(shelved.connection, [GRZESIEK])
    between = why(other)
    shelved.index.pair(shelved.connection, [])

    assert Reason.FORENAME_SHORT_FORM in between - before
    assert why(other) == before


def test_pairs_outlive_a_rebuilt_index(shelved: Shelved) -> None:
    shelved.index.pair(shelved.connection, [GRZESIEK])

    shelved.index.rebuild(shelved.connection, [person(1, "Grzesiek Quillon")])

    assert Reason.FORENAME_SHORT_FORM in why(shelved)


def test_the_same_pairs_again_change_no_token(shelved: Shelved) -> None:
    shelved.index.pair(shelved.connection, [GRZESIEK])
    shelved.index.pair(shelved.connection, [GRZESIEK[::-1]])
    shelved.put(person(1, "Grzesiek Quillon"))

    assert Reason.FORENAME_SHORT_FORM in why(shelved)


def test_linking_knows_a_pair_too(shelved: Shelved) -> None:
    shelved.put(person(1, "Grzesiek Quillon"))
    line = SearchableLine(names=(SearchableName(forenames="Xystus", surname="Quillon"),))
    before = shelved.link(line)

    shelved.index.pair(shelved.connection, [GRZESIEK])

    named = shelved.link(line).candidates
    assert before.candidates == () or before.candidates[0].score < named[0].score

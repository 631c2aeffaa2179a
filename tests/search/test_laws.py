"""Whatever happens to people, the index holds exactly what those left would give."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from directory.search.memory import MemoryIndex, MemoryShelf
from directory.search.people import (
    BirthPrecision,
    NameKind,
    Searchable,
    SearchableAddress,
    SearchableName,
)
from tests.search.invented import FORENAMES, NOBODY, SURNAMES, query, reference

WORDS = st.sampled_from((*FORENAMES, *SURNAMES, "", "Smith-Jones", "Ann Marie", "O Brien", "*"))
NAMES = st.builds(SearchableName, kind=st.sampled_from(NameKind), forenames=WORDS, surname=WORDS)
ADDRESSES = st.builds(
    SearchableAddress,
    house=st.sampled_from(("", "4", "12a")),
    street=st.sampled_from(("", "High Street", "Mill Lane")),
    postcode=st.sampled_from(("", "BD31AA", "BD3", "LS1 4AB", "junk")),
)
PEOPLE = st.builds(
    Searchable,
    person=st.integers(1, 6).map(reference),
    names=st.lists(NAMES, max_size=3).map(tuple),
    birth=st.none() | st.dates(date(1940, 1, 1), date(2026, 1, 1)),
    birth_precision=st.sampled_from(BirthPrecision),
    addresses=st.lists(ADDRESSES, max_size=2).map(tuple),
    identifiers=st.lists(
        st.tuples(st.sampled_from(("nhs_number", "upn")), st.sampled_from(("9434765919", "1"))),
        max_size=2,
    ).map(tuple),
    phones=st.sampled_from(((), ("07700 900123",), ("1",))),
)
HISTORIES = st.lists(
    st.lists(PEOPLE, max_size=4) | st.sets(st.integers(1, 6).map(reference)), max_size=6
)


def _connection() -> Connection:
    return create_engine("sqlite://").connect()


def _lived(history: list[list[Searchable] | set[bytes]]) -> tuple[MemoryIndex, list[Searchable]]:
    """Return an index with the `history`, and those who are left at its end."""
    index = MemoryIndex()
    left: dict[bytes, Searchable] = {}
    for step in history:
        if isinstance(step, set):
            index.remove(_connection(), sorted(step))
            left = {each: about for each, about in left.items() if each not in step}
        else:
            index.put(_connection(), step)
            left |= {each.person: each for each in step}
    return index, list(left.values())


def _held(shelf: MemoryShelf) -> object:
    """Return all that a shelf holds, with people in place of their numbers."""
    people = {filed.number: filed.person for filed in shelf._filed.values()}
    return (
        {each.person: each.features for each in shelf._filed.values()},
        {(key, people[number]) for key, numbers in shelf._under.items() for number in numbers},
        {each: counted.count for each, (counted, _) in shelf._tokens.items()},
        (shelf._state.digest, shelf._state.people),
    )


@settings(max_examples=80, deadline=None)
@given(HISTORIES)
def test_a_history_leaves_what_a_rebuild_makes(
    history: list[list[Searchable] | set[bytes]],
) -> None:
    index, left = _lived(history)
    fresh = MemoryIndex()

    fresh.rebuild(_connection(), left)

    assert _held(index._kept) == _held(fresh._kept)


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_putting_the_same_people_again_changes_nothing(
    history: list[list[Searchable] | set[bytes]],
) -> None:
    index, left = _lived(history)
    before = _held(index._kept)

    index.put(_connection(), left)

    assert _held(index._kept) == before


@settings(max_examples=40, deadline=None)
@given(st.lists(PEOPLE, max_size=6), st.sampled_from(FORENAMES), st.sampled_from(SURNAMES))
def test_nobody_hidden_is_ever_among_those_found(
    people: list[Searchable], forename: str, surname: str
) -> None:
    index = MemoryIndex()
    index.put(_connection(), people)
    hidden = frozenset(reference(each) for each in range(1, 4))

    found = index.find(_connection(), query(f"{forename} {surname}"), hidden=hidden)

    assert not hidden & {each.person for each in found.candidates}


@settings(max_examples=30, deadline=None)
@given(st.lists(PEOPLE, max_size=6))
def test_everybody_with_a_name_and_a_birth_is_found_by_them(people: list[Searchable]) -> None:
    index = MemoryIndex()
    index.put(_connection(), people)
    last = {each.person: each for each in people}

    for each in last.values():
        named = [name for name in each.names if name.forenames and name.surname not in {"", "*"}]
        if not named or each.birth is None:
            continue
        asked = query(f"{named[0].forenames} {named[0].surname}", birth=each.birth)
        ranked = index.ranked(_connection(), asked, hidden=NOBODY, most=10)
        assert each.person in {one.person for one in ranked}

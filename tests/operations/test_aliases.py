"""A steward decides on pairs of spellings from stewards' own links, told of nobody."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from directory.domain.access import Access, NotFound, Refused
from directory.domain.aliases import Mined, NamePair, PairChoice, PairState, Part
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Lifecycle, Role, Service
from directory.operations import aliases
from directory.operations.restrictions import begin
from directory.policy.permissions import Action
from directory.store.line_tables import LineNameRow, LineRow, PersonRow, TieRow
from directory.store.matching_tables import MatchingActRow, MergedLineRow, WaitingRow
from directory.store.people import PeopleStore
from tests.factories import NOON, reference
from tests.operations.accounts_world import World, operator, sealer
from tests.operations.audit_world import asha
from tests.operations.family_world import keep_line, search, worker

CARE, POLICE = Service.CHILDRENS_SOCIAL_CARE, Service.POLICE
BORNE_OUT_BY, OTHERS = 6, 200
GRZESIEK = [reference(2_000 + each) for each in range(BORNE_OUT_BY)]
PAIR = ("grzesiek", "xystus")
LETTERS = "abcdefgh"


def keep_links(
    here: World,
    steward: Access,
    people: int = BORNE_OUT_BY,
    *,
    names: NamePair = ("Grzesiek", "Xystus"),
) -> None:
    """Keep so many people, each at a home of their own, whom two services call by two names.

    A steward said that the second line is theirs. There are many others.
    """
    keep_line(here, 1_000, reference(1_000), called="Some Body")
    keep_line(here, 1_001, reference(1_000), called="Some Body", service=POLICE)
    spelt = [
        (each, service, name, f"Stone{LETTERS[each]}")
        for each in range(people)
        for service, name in zip((CARE, POLICE), names, strict=True)
    ]
    others = [
        (10 + each, POLICE, f"F{chr(97 + each // 26)}{chr(97 + each % 26)}", "Other")
        for each in range(OTHERS)
    ]
    keep_spellings(here, (*spelt, *others))
    for each in range(people):
        confirm(here, steward, line=3_001 + 2 * each, person=reference(2_000 + each))


def keep_spellings(here: World, spelt: Iterable[tuple[int, Service, str, str]]) -> None:
    """Keep lines from 3,000 on, each of a person by number, its service and two names."""
    lines = list(enumerate(spelt, 3_000))
    with here.database.writing() as connection:
        numbers = sorted({number for _, (number, *_) in lines})
        rows = [
            {"id": reference(2_000 + each), "lifecycle": "live", "since": NOON} for each in numbers
        ]
        connection.execute(insert(PersonRow), rows)
        for line, (number, service, forenames, surname) in lines:
            kept = {
                "id": line, "service": service, "source_reference": f"P{line}",
                "visible_from": 1, "kind": "person", "digest": b"", "state": "linked",
                "person": reference(2_000 + number), "birth": None,
                "postcode": f"NX{number} 1AA",
            }  # fmt: skip
            connection.execute(insert(LineRow).values(kept))
            name = {"forenames": forenames, "surname": surname, "kind": "current"}
            connection.execute(insert(LineNameRow).values(line=line, position=0, **name))


def keep_act(here: World, steward: Access, number: int, **differing: object) -> None:
    """Keep something a steward did."""
    kept = {
        "id": reference(number), "kind": "this_person", "state": "done", "reason": "",
        "lifecycle": "", "two_needed": False, "asked_by": steward.account, "asked_at": NOON,
    }  # fmt: skip
    with here.database.writing() as connection:
        connection.execute(insert(MatchingActRow).values(kept | differing))


def confirm(here: World, steward: Access, *, line: int, person: UUID) -> None:
    """Keep that the police's line waited, and that the steward said whose it is."""
    waiting = {
        "id": reference(10_000 + line), "service": POLICE, "source_reference": f"P{line}",
        "since": NOON, "turn": NOON,
    }  # fmt: skip
    with here.database.writing() as connection:
        connection.execute(insert(WaitingRow).values(waiting))
    keep_act(here, steward, 20_000 + line, waiting=waiting["id"], person=person)


def change_acts(here: World, **values: object) -> None:
    """Change everything that stewards did."""
    with here.database.writing() as connection:
        connection.execute(update(MatchingActRow).values(**values))


def sought(here: World, *, least: int = 5) -> Mined:
    """Look for pairs, as the council's engineer does at night."""
    return aliases.seek_pairs(here.ledger, operator(), least=least)


def guard(here: World, *people: UUID) -> None:
    """Let few know of these people from now on."""
    who = worker(here, Role.RESTRICTION_OFFICER)
    with here.ledger.entry(who, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        begin(work, who, people=people)


def a_steward(here: World) -> Access:
    """Return the access of the council's matching steward, at work."""
    return worker(here, Role.MATCHING_STEWARD)


def proposed(here: World, steward: Access, state: PairState = PairState.PROPOSED) -> list[UUID]:
    found = aliases.list_pairs(here.ledger, steward, state=state, page=1)
    return [each.reference for each in found.pairs]


def test_a_pair_is_proposed_with_how_many_homes_and_nothing_of_who(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)

    count = len(sought(here).pairs)

    listed = aliases.list_pairs(here.ledger, steward, state=PairState.PROPOSED, page=1)
    [found] = listed.pairs
    assert (count, listed.has_more) == (1, False)
    assert (found.met.part, found.met.names, found.met.homes) == (Part.FORENAME, PAIR, 5)


def test_it_is_said_when_pairs_were_last_sought(here: World) -> None:
    steward = a_steward(here)

    def last() -> object:
        return aliases.list_pairs(here.ledger, steward, state=PairState.REFUSED, page=1).sought

    before = last()
    sought(here)
    first = last()
    later = replace(operator(), at=NOON + timedelta(days=1))
    aliases.seek_pairs(here.ledger, later, least=5)

    assert (before, first, last()) == (None, NOON, NOON + timedelta(days=1))


def test_seeking_is_an_entry_of_its_own(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)

    sought(here)

    told = here.told()[-1]
    assert (told.event, told.outcome) == (Event.NAME_PAIRS_SOUGHT, Outcome.DONE)
    assert told.words == "1 pairs that at least 5 homes bear out"


def test_a_pair_of_too_few_people_is_not_proposed(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward, people=4)

    assert sought(here).pairs == ()


def test_a_pair_too_long_for_the_index_is_counted_and_left_out(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward, names=("Grzesiekgrzesiek", "Xystusxystusxystus"))

    found = sought(here)

    assert (found.pairs, found.too_long, proposed(here, steward)) == ((), 1, [])
    assert "1 more too long to keep" in here.told()[-2].words


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "new_person"},
        {"undone_at": NOON},
        {"state": "asked"},
        {"state": "declined"},
    ],
    ids=["another decision", "taken back", "asked for", "declined"],
)
def test_a_link_that_no_steward_confirmed_bears_nothing_out(
    here: World, values: dict[str, object]
) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    change_acts(here, **values)

    assert sought(here).pairs == ()


def test_what_a_merge_moved_bears_a_pair_out_with_what_was_there(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    change_acts(here, kind="merge", waiting=None)
    assert sought(here).pairs == ()

    with here.database.writing() as connection:
        for each in range(BORNE_OUT_BY):
            line = 3_001 + 2 * each
            moved = {"act": reference(20_000 + line), "line": line, "part": "line"}
            connection.execute(insert(MergedLineRow).values(moved))

    assert [each.names for each in sought(here).pairs] == [PAIR]


@pytest.mark.parametrize(
    "shared",
    [
        {"postcode": "NX0 1AA"},
        {"postcode": "", "family": "F1"},
        {"postcode": "", "street": "High Street", "house": "1"},
        {"postcode": ""},
    ],
    ids=["a postcode", "a family", "a house", "nothing known"],
)
def test_those_who_share_a_home_count_once(here: World, shared: dict[str, str]) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    with here.database.writing() as connection:
        two = LineRow.person.in_(GRZESIEK[:2])
        connection.execute(update(LineRow).where(two).values(**shared))

    assert sought(here, least=6).pairs == ()
    assert [each.homes for each in sought(here).pairs] == [5]


def tie(here: World, line: int, person: UUID, other: UUID) -> None:
    """Keep that social care ties two people."""
    with here.database.writing() as connection:
        kept = {
            "id": line, "service": CARE, "source_reference": f"T{line}", "visible_from": 1,
            "kind": "tie", "digest": b"", "state": "linked", "person": person,
        }  # fmt: skip
        connection.execute(insert(LineRow).values(kept))
        connection.execute(insert(TieRow).values(line=line, kind="parent", other=other))


def test_children_of_one_parent_count_once_wherever_they_live(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    for each in range(2):
        tie(here, 9_000 + each, GRZESIEK[each], reference(1_000))

    assert sought(here, least=6).pairs == ()


def test_a_guarded_relative_makes_no_difference(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    for each in range(2):
        tie(here, 9_000 + each, GRZESIEK[each], reference(1_000))

    guard(here, reference(1_000))

    found = sought(here, least=6)

    assert [each.homes for each in found.pairs] == [6]


def test_nobody_guarded_bears_a_pair_out(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward, people=5)
    assert len(sought(here).pairs) == 1

    guard(here, GRZESIEK[0])

    assert sought(here).pairs == ()


def test_a_pair_that_is_met_no_more_is_proposed_no_more(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    sought(here)
    change_acts(here, undone_at=NOON)

    sought(here)

    assert proposed(here, steward) == []


@pytest.mark.parametrize("lifecycle", [Lifecycle.ADOPTED_SEVERED, Lifecycle.MERGED])
def test_nobody_who_is_no_longer_shown_bears_a_pair_out(here: World, lifecycle: Lifecycle) -> None:
    steward = a_steward(here)
    keep_links(here, steward, people=5)
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).set_lifecycle(GRZESIEK[0], lifecycle)

    assert sought(here).pairs == ()


def test_an_accepted_pair_finds_at_once_until_it_is_taken_back(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    keep_line(here, 5_000, reference(5_000), called="Grzesiek Quillon")
    social_worker = asha(here)
    sought(here)
    [pair] = proposed(here, steward)

    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.ACCEPT)
    after = search(here, social_worker, name="Quillon, Xystus").hits
    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.TAKE_BACK)
    taken_back = search(here, social_worker, name="Quillon, Xystus").hits

    assert ["forename_short_form" in each.why for each in after] == [True]
    assert not any("forename_short_form" in each.why for each in taken_back)
    assert proposed(here, steward) == [pair]


def test_what_was_refused_is_not_proposed_again(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    sought(here)
    [pair] = proposed(here, steward)
    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.REFUSE)

    sought(here)

    assert (proposed(here, steward), proposed(here, steward, PairState.REFUSED)) == ([], [pair])


def test_a_pair_is_not_decided_on_twice(here: World) -> None:
    steward = a_steward(here)
    keep_links(here, steward)
    sought(here)
    [pair] = proposed(here, steward)
    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.ACCEPT)

    with pytest.raises(NotFound):
        aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.REFUSE)

    assert here.events()[-1] == (Event.NAME_PAIR_DECIDED, Outcome.REFUSED)


@pytest.mark.parametrize("role", [Role.CHILDRENS_SOCIAL_WORKER, Role.RESTRICTION_OFFICER])
def test_only_a_steward_decides(here: World, role: Role) -> None:
    with pytest.raises(Refused):
        aliases.list_pairs(here.ledger, worker(here, role), state=PairState.PROPOSED, page=1)


def test_a_steward_does_not_seek_in_a_request(here: World) -> None:
    steward = a_steward(here)
    with pytest.raises(Refused):
        aliases.seek_pairs(here.ledger, steward, least=5)

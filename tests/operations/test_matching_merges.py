"""Two people who are one are merged, and a merge is taken back exactly."""

from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from directory.domain.access import NotFound, Refused
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.matching import ActKind, ActState, Changed, Choice, MergeReason, Part
from directory.domain.vocabulary import Lifecycle, Service
from directory.operations import (
    extracts,
    matching_acts,
    matching_merges,
)
from directory.operations.matching_decisions import AlreadyAsked, MergedSince
from directory.operations.matching_merges import MergeDecision, SetApart
from directory.policy.matching import Compared
from directory.policy.permissions import Action
from directory.store.line_tables import PersonRow
from directory.store.matching_tables import MatchingActRow
from directory.store.relationship_tables import AdditionRow
from tests import engines
from tests.factories import NOON
from tests.operations.extracts_world import (
    OPERATOR,
    YESTERDAY,
    allocation,
    file_of,
    line,
    many,
    person,
    tie,
)
from tests.operations.matching_world import NAMESAKE, Desk, desk, leah, town

BEGINS_WITH = desk
POLICE, CSC = Service.POLICE, Service.CHILDRENS_SOCIAL_CARE
FIRST_PUPIL = {"upn": "P999200020005", "nhs_number": "9994242407"}
OTHER_PUPIL = {"upn": "E999200022001", "nhs_number": "9994242415"}
TABLES = ("line", "line_name", "line_identifier", "tie", "family_addition", "person", "feed")


def two(here: Desk, **differing: str) -> tuple[UUID, UUID, UUID]:
    """Return a line that may be about two people, and both, the one who would stay first."""
    here.take(*town(), line("TEN/2", **{**NAMESAKE, **differing}))
    here.take(leah(), service=POLICE)
    line_, first = here.waiting()[0], here.whose("TEN/1")
    second = here.whose("TEN/2")
    assert first is not None
    assert second is not None
    kept, gone = sorted((first, second), key=str)
    return line_, kept, gone


def merge(here: Desk, line_: UUID, *people: UUID, who: str = "olwen") -> ActState:
    """Check a merge and decide it, as a steward would."""
    both, access = frozenset(people), here.steward(who)
    seen = matching_merges.check_merge(here.ledger, access, waiting=line_, people=both).seen
    decision = MergeDecision(
        waiting=line_, people=both, reason=MergeReason.SERVICE_CONFIRMED, seen=seen
    )
    return matching_merges.merge(here.ledger, access, decision=decision)


def newest(here: Desk, state: ActState = ActState.DONE) -> UUID:
    """Return the newest act in this state."""
    return matching_acts.list_acts(here.ledger, here.steward(), state=state, page=1).acts[0].act


def take_back(here: Desk) -> None:
    """Take the newest act back."""
    matching_acts.take_back(here.ledger, here.steward("jonah"), act=newest(here))


def found(here: Desk, name: str) -> list[UUID]:
    """Return whom a search for `name` finds."""
    with here.ledger.entry(
        here.steward(), Event.MATCH_VIEWED, action=Action.MATCHING_DECIDE
    ) as work:
        return [each.person for each in work.find(Sought(name=name)).found]


def test_what_is_known_of_both_is_known_of_the_one_who_stays(here: Desk) -> None:
    line_, kept, gone = two(here)

    merge(here, line_, kept, gone)

    assert {here.whose("TEN/1"), here.whose("TEN/2")} == {kept}
    assert here.candidates(line_) == [kept]
    assert gone not in {each.reference for each in here.here.people()}
    assert gone not in found(here, "Blake, Lea") + found(here, "Blake, Leah")


def test_a_merge_that_is_taken_back_leaves_all_as_it_was(here: Desk) -> None:
    line_, kept, gone = two(here)
    searches = ("Blake, Lea", "Blake, Leah")
    before, hits = here.rows(*TABLES), [found(here, each) for each in searches]

    merge(here, line_, kept, gone)
    take_back(here)

    assert here.rows(*TABLES) == before
    assert [found(here, each) for each in searches] == hits


def test_ties_and_additions_go_with_their_person_and_come_back(here: Desk) -> None:
    line_, kept, gone = two(here)
    sent = (
        person("CH/1", forenames="Ewan", date_of_birth="14/02/2017", family_role="anchor_child"),
        person("P/1"),
        person("P/2", **NAMESAKE),
        allocation("AL/1", "P/2"),
        tie("P/1", "parent_of", "CH/1"),
        tie("CH/1", "sibling_of", "P/2"),
        tie("P/1", "sibling_of", "P/2"),
    )
    here.take(*sent, service=CSC)
    child = here.whose("CH/1")
    by = {"role": "other", "added_by": here.accounts["jonah"], "added_at": NOON}
    with here.here.database.writing() as connection:
        rows = [(kept, gone), (child, kept), (child, gone), (gone, child)]
        connection.execute(insert(AdditionRow), [{"anchor": a, "person": p, **by} for a, p in rows])
    before = here.rows(*TABLES)

    merge(here, line_, kept, gone)

    moved = here.rows(*TABLES)
    assert repr(gone) not in "".join(moved["tie"])
    assert len(moved["family_addition"]) == 4
    take_back(here)
    assert here.rows(*TABLES) == before


def test_a_later_version_of_what_was_moved_goes_back_and_a_new_line_stays(here: Desk) -> None:
    line_, kept, gone = two(here)
    gone_line = "TEN/1" if here.whose("TEN/1") == gone else "TEN/2"
    cells = {"TEN/1": line("TEN/1"), "TEN/2": line("TEN/2", **NAMESAKE)}
    merge(here, line_, kept, gone)
    merged = newest(here)
    changed = {**cells, gone_line: {**cells[gone_line], "last_involved": "01/11/2026"}}
    here.take(*changed.values(), *town()[1:])
    here.decide(line_, Choice.THIS_PERSON, kept)

    matching_acts.take_back(here.ledger, here.steward("jonah"), act=merged)

    assert here.whose(gone_line) == gone
    assert here.whose("POL/1") == kept


def test_an_allocation_that_came_meanwhile_goes_back_with_the_person_it_names(here: Desk) -> None:
    line_, kept, gone = two(here)
    is_first = here.whose("TEN/1") == gone
    mine, theirs = ({}, NAMESAKE) if is_first else (NAMESAKE, {})
    here.take(person("P/1", family_role="anchor_child", **mine), service=CSC)
    for service in (Service.ADULT_SOCIAL_CARE, Service.EARLY_HELP):
        here.take(line("X/1", **theirs), service=service)
    assert here.whose("P/1") == gone
    merge(here, line_, kept, gone)
    sent = (person("P/1", family_role="anchor_child", **mine), allocation("AL/1", "P/1"))
    here.take(*sent, service=CSC)
    assert here.whose("AL/1") == kept

    take_back(here)

    assert (here.whose("P/1"), here.whose("AL/1")) == (gone, gone)


def test_people_with_different_nhs_numbers_are_merged_by_two_stewards(here: Desk) -> None:
    here.take(line(nhs_number="9994242407"), *town()[1:])
    here.take(*town()[1:], line("TEN/2", nhs_number="9994242415", **NAMESAKE))
    here.take(leah(), service=POLICE)
    line_, first, second = here.waiting()[0], here.whose("TEN/1"), here.whose("TEN/2")
    assert first is not None
    assert second is not None

    assert merge(here, line_, first, second) is ActState.ASKED

    asked = newest(here, ActState.ASKED)
    assert here.whose("TEN/1") != here.whose("TEN/2")
    with pytest.raises(AlreadyAsked):
        merge(here, line_, first, second, who="jonah")
    seen = matching_acts.view_act(here.ledger, here.steward("jonah"), act=asked).seen
    with pytest.raises(Refused):
        matching_acts.agree(here.ledger, here.steward(), act=asked, seen=seen)
    matching_acts.agree(here.ledger, here.steward("jonah"), act=asked, seen=seen)
    assert here.whose("TEN/1") == here.whose("TEN/2")


def pupils(here: Desk, **other: str) -> tuple[UUID, frozenset[UUID]]:
    """Let a school send two people, and return a line that may be about either, and both."""
    sent = (line(**FIRST_PUPIL), *many(40), line("TEN/2", **{**NAMESAKE, **other}))
    here.take(*sent, service=Service.SCHOOL)
    here.take(leah(), service=POLICE)
    line_ = here.waiting()[0]
    return line_, frozenset(here.candidates(line_))


def test_both_stewards_are_told_that_pupil_numbers_differ_and_neither_number(here: Desk) -> None:
    line_, both = pupils(here, **OTHER_PUPIL)

    check = matching_merges.check_merge(here.ledger, here.steward(), waiting=line_, people=both)
    merge(here, line_, *both)
    asked = newest(here, ActState.ASKED)
    view = matching_acts.view_act(here.ledger, here.steward("jonah"), act=asked)

    assert (check.pupil_numbers, view.pupil_numbers) == (Compared.DIFFERS, Compared.DIFFERS)
    assert [each.person for each in view.people] == [check.kept.person, check.gone.person]
    assert "99920" not in f"{check} {view}"


def test_a_pupil_number_that_came_to_differ_is_a_change(here: Desk) -> None:
    line_, both = pupils(here)
    seen = matching_merges.check_merge(here.ledger, here.steward(), waiting=line_, people=both).seen
    pupils(here, upn=OTHER_PUPIL["upn"])
    decision = MergeDecision(
        waiting=line_, people=both, reason=MergeReason.SAME_IDENTITY, seen=seen
    )

    with pytest.raises(Changed) as changed:
        matching_merges.merge(here.ledger, here.steward(), decision=decision)

    assert changed.value.parts == (Part.NUMBERS,)


def test_what_was_asked_can_be_declined_though_its_line_waits_no_more(here: Desk) -> None:
    line_, kept, gone = two(here, nhs_number="9994242415")
    here.take(
        line(nhs_number="9994242407"),
        *town()[1:],
        line("TEN/2", **{**NAMESAKE, "nhs_number": "9994242415"}),
    )
    assert merge(here, line_, kept, gone) is ActState.ASKED
    asked = newest(here, ActState.ASKED)
    here.take(line("POL/1"), service=POLICE)

    view = matching_acts.view_act(here.ledger, here.steward("jonah"), act=asked)
    matching_acts.decline(here.ledger, here.steward("jonah"), act=asked)

    assert (len(view.people), view.line) == (2, None)
    assert here.whose("TEN/1") != here.whose("TEN/2")


def test_the_database_itself_keeps_one_person_from_agreeing_with_themselves(here: Desk) -> None:
    line_, kept, gone = two(here)
    merge(here, line_, kept, gone)

    alone: dict[str, dict[str, object]] = {
        "two_people": {"second_by": here.accounts["olwen"]},
        "second_agreed": {"two_needed": True},
    }
    for rule, values in alone.items():
        with (
            pytest.raises(IntegrityError, match=rule),
            here.here.database.writing() as connection,
        ):
            connection.execute(update(MatchingActRow).values(values))


def test_nothing_is_merged_where_one_of_them_changed_meanwhile(here: Desk) -> None:
    line_, kept, gone = two(here)
    both = frozenset({kept, gone})
    seen = matching_merges.check_merge(here.ledger, here.steward(), waiting=line_, people=both).seen
    here.take(*town(), line("TEN/2", **{**NAMESAKE, "postcode": "NX8 1AA"}))

    with pytest.raises(Changed) as changed:
        matching_merges.merge(
            here.ledger,
            here.steward(),
            decision=MergeDecision(
                waiting=line_, people=both, reason=MergeReason.SAME_IDENTITY, seen=seen
            ),
        )

    assert changed.value.parts == (Part.ADDRESSES,)


def test_people_who_were_set_apart_are_not_merged(here: Desk) -> None:
    line_, kept, gone = two(here)
    here.take(leah(), leah("POL/2", known_as="Lee"), service=POLICE)
    other = next(each for each in here.waiting() if each != line_)
    here.decide(other, Choice.NOT_THIS_PERSON, gone)
    here.decide(other, Choice.THIS_PERSON, kept)

    with pytest.raises(SetApart):
        merge(here, line_, kept, gone)


def test_a_line_set_apart_from_somebody_merged_stays_apart_from_the_one_who_stays(
    here: Desk,
) -> None:
    line_, kept, gone = two(here)
    here.decide(line_, Choice.NOT_THIS_PERSON, gone)
    here.take(leah(), leah("POL/2", known_as="Lee"), service=POLICE)
    other = next(each for each in here.waiting() if each != line_)
    merge(here, other, kept, gone)

    here.take(line("POL/1"), leah("POL/2", known_as="Lee"), service=POLICE)

    assert here.whose("POL/1") is None


def test_whoever_is_split_from_somebody_protected_stays_protected(here: Desk) -> None:
    line_, kept, gone = two(here)
    merge(here, line_, kept, gone)
    order, una, piotr = here.guard(kept), here.officer(), here.officer("piotr")
    done = matching_acts.list_acts(here.ledger, una, state=ActState.DONE, page=1).acts[0]

    matching_acts.take_back(here.ledger, una, act=done.act)
    asked = matching_acts.list_acts(here.ledger, piotr, state=ActState.ASKED, page=1).acts[0]
    seen = matching_acts.view_act(here.ledger, piotr, act=asked.act).seen
    matching_acts.agree(here.ledger, piotr, act=asked.act, seen=seen)

    assert {here.whose("TEN/1"), here.whose("TEN/2")} == {kept, gone}
    with here.ledger.entry(
        una, Event.PROTECTION_COMPLETED, action=Action.PROTECTION_COMPLETE
    ) as work:
        assert gone in work.protected_by(order)


def test_an_earlier_merge_is_taken_back_after_the_later_one(here: Desk) -> None:
    line_, kept, gone = two(here)
    merge(here, line_, kept, gone)
    first = newest(here)
    with here.here.database.writing() as connection:
        other = here.whose("TEN/1000")
        connection.execute(
            update(PersonRow)
            .where(PersonRow.id == kept)
            .values(merged_into=other, lifecycle=Lifecycle.MERGED)
        )

    with pytest.raises(MergedSince):
        matching_acts.take_back(here.ledger, here.steward(), act=first)


def test_somebody_merged_while_a_file_is_taken_gets_no_line_of_it(here: Desk) -> None:
    line_, kept, gone = two(here)
    gone_line = "TEN/1" if here.whose("TEN/1") == gone else "TEN/2"
    cells = {"TEN/1": line("TEN/1"), "TEN/2": line("TEN/2", **NAMESAKE)}[gone_line]
    told = count(1)

    def merge_meanwhile(_done: int, _whole: int) -> None:
        if here.whose("ADU/0") == gone and next(told) == 1:
            merge(here, line_, kept, gone)

    extracts.take(
        here.ledger,
        OPERATOR,
        file=file_of(*({**cells, "source_reference": f"ADU/{each}"} for each in range(300))),
        service=Service.ADULT_SOCIAL_CARE,
        as_of=YESTERDAY,
        progress=merge_meanwhile,
    )

    assert next(told) > 1
    assert {here.whose(f"ADU/{each}") for each in (0, 150, 299)} == {kept}


@pytest.mark.postgres
def test_postgresql_merges_and_takes_back_the_same(tmp_path: Path) -> None:
    with desk(tmp_path, engines.POSTGRESQL) as here:
        line_, kept, gone = two(here)
        before = here.rows(*TABLES)
        merge(here, line_, kept, gone)
        assert {here.whose("TEN/1"), here.whose("TEN/2")} == {kept}
        take_back(here)
        assert here.rows(*TABLES) == before
        here.decide(line_, Choice.THIS_PERSON, kept, access=here.steward(minutes=5))
        assert here.whose("POL/1") == kept
        take_back(here)
        assert here.rows(*TABLES) == before


def test_two_who_are_not_offered_are_not_merged(here: Desk) -> None:
    line_, kept, _ = two(here)
    stranger = here.whose("TEN/1000")
    assert stranger is not None

    with pytest.raises(NotFound):
        merge(here, line_, kept, stranger)


def test_a_merge_is_listed_with_its_reason(here: Desk) -> None:
    line_, kept, gone = two(here)
    merge(here, line_, kept, gone)

    listed = matching_acts.list_acts(
        here.ledger, here.steward("jonah"), state=ActState.DONE, page=1
    ).acts[0]

    assert (listed.kind, listed.reason, listed.actor, listed.mine) == (
        ActKind.MERGE, MergeReason.SERVICE_CONFIRMED, "Olwen", False,
    )  # fmt: skip

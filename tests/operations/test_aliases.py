"""A steward decides on pairs of spellings from the directory's own links, told of nobody."""

from uuid import UUID

import pytest
from sqlalchemy import insert

from directory.domain.access import Access, NotFound, Refused
from directory.domain.aliases import PairChoice, PairState, Part
from directory.domain.audit import Event, Outcome
from directory.domain.vocabulary import Lifecycle, Role, Service
from directory.operations import aliases
from directory.store.line_tables import LineNameRow, LineRow, PersonRow
from directory.store.people import PeopleStore
from tests.factories import NOON, reference
from tests.operations.accounts_world import World, sealer
from tests.operations.audit_world import asha
from tests.operations.family_world import keep_line, search, worker

BORNE_OUT_BY, OTHERS = 6, 200
GRZESIEK = [reference(2_000 + each) for each in range(BORNE_OUT_BY)]
PAIR = ("grzesiek", "xystus")


def keep_links(here: World, people: int = BORNE_OUT_BY) -> None:
    """Keep so many people whom two services call by two names, and many others."""
    keep_line(here, 1_000, reference(1_000), called="Some Body")
    keep_line(here, 1_001, reference(1_000), called="Some Body", service=Service.POLICE)
    pairs = [
        (each, service, name, f"Stone{'abcdefgh'[each]}")
        for each in range(people)
        for service, name in (
            (Service.CHILDRENS_SOCIAL_CARE, "Grzesiek"),
            (Service.POLICE, "Xystus"),
        )
    ]
    others = [
        (10 + each, Service.POLICE, f"F{chr(97 + each // 26)}{chr(97 + each % 26)}", "Other")
        for each in range(OTHERS)
    ]
    with here.database.writing() as connection:
        numbers = sorted({number for number, *_ in (*pairs, *others)})
        rows = [
            {"id": reference(2_000 + each), "lifecycle": "live", "since": NOON} for each in numbers
        ]
        connection.execute(insert(PersonRow), rows)
        for line, (number, service, forenames, surname) in enumerate((*pairs, *others), 3_000):
            kept = {
                "id": line, "service": service, "source_reference": f"P{line}",
                "visible_from": 1, "kind": "person", "digest": b"", "state": "linked",
                "person": reference(2_000 + number), "birth": None,
            }  # fmt: skip
            connection.execute(insert(LineRow).values(kept))
            name = {"forenames": forenames, "surname": surname, "kind": "current"}
            connection.execute(insert(LineNameRow).values(line=line, position=0, **name))


def proposed(here: World, steward: Access, state: PairState = PairState.PROPOSED) -> list[UUID]:
    found, _ = aliases.list_pairs(here.ledger, steward, state=state, page=1)
    return [each.reference for each in found]


def test_a_pair_is_proposed_with_how_many_people_and_nothing_of_who(here: World) -> None:
    keep_links(here)
    steward = worker(here, Role.MATCHING_STEWARD)

    count = aliases.seek_pairs(here.ledger, steward, least=5)

    [found], more = aliases.list_pairs(here.ledger, steward, state=PairState.PROPOSED, page=1)
    assert (count, more, found.met.part, found.met.names) == (1, False, Part.FORENAME, PAIR)
    assert found.met.people == 5


def test_a_pair_of_too_few_people_is_not_proposed(here: World) -> None:
    keep_links(here, people=4)

    assert aliases.seek_pairs(here.ledger, worker(here, Role.MATCHING_STEWARD), least=5) == 0


@pytest.mark.parametrize("lifecycle", [Lifecycle.ADOPTED_SEVERED, Lifecycle.MERGED])
def test_nobody_who_is_no_longer_shown_bears_a_pair_out(here: World, lifecycle: Lifecycle) -> None:
    keep_links(here, people=5)
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).set_lifecycle(GRZESIEK[0], lifecycle)

    assert aliases.seek_pairs(here.ledger, worker(here, Role.MATCHING_STEWARD), least=5) == 0


def test_an_accepted_pair_finds_at_once_until_it_is_taken_back(here: World) -> None:
    keep_links(here)
    keep_line(here, 5_000, reference(5_000), called="Grzesiek Quillon")
    steward, social_worker = worker(here, Role.MATCHING_STEWARD), asha(here)
    aliases.seek_pairs(here.ledger, steward, least=5)
    [pair] = proposed(here, steward)

    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.ACCEPT)
    after = search(here, social_worker, name="Quillon, Xystus").hits
    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.TAKE_BACK)
    taken_back = search(here, social_worker, name="Quillon, Xystus").hits

    assert ["forename_short_form" in each.why for each in after] == [True]
    assert not any("forename_short_form" in each.why for each in taken_back)
    assert proposed(here, steward) == [pair]


def test_what_was_refused_is_not_proposed_again(here: World) -> None:
    keep_links(here)
    steward = worker(here, Role.MATCHING_STEWARD)
    aliases.seek_pairs(here.ledger, steward, least=5)
    [pair] = proposed(here, steward)
    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.REFUSE)

    aliases.seek_pairs(here.ledger, steward, least=5)

    assert (proposed(here, steward), proposed(here, steward, PairState.REFUSED)) == ([], [pair])


def test_a_pair_is_not_decided_on_twice(here: World) -> None:
    keep_links(here)
    steward = worker(here, Role.MATCHING_STEWARD)
    aliases.seek_pairs(here.ledger, steward, least=5)
    [pair] = proposed(here, steward)
    aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.ACCEPT)

    with pytest.raises(NotFound):
        aliases.decide(here.ledger, steward, pair=pair, choice=PairChoice.REFUSE)

    assert here.events()[-1] == (Event.NAME_PAIR_DECIDED, Outcome.REFUSED)


@pytest.mark.parametrize("role", [Role.CHILDRENS_SOCIAL_WORKER, Role.RESTRICTION_OFFICER])
def test_only_a_steward_decides(here: World, role: Role) -> None:
    with pytest.raises(Refused):
        aliases.seek_pairs(here.ledger, worker(here, role), least=5)

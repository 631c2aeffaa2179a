"""A desk adds an involvement by hand, and learns no more by it than what it typed."""

from dataclasses import replace
from uuid import UUID

import pytest

from directory.domain.access import Refused
from directory.domain.extracts import practitioner_id, team_id
from directory.domain.upkeep import AlreadySent, Lead, UpkeepFault
from directory.domain.vocabulary import Service
from directory.operations import upkeep, upkeep_adding
from directory.operations.upkeep_adding import PARTS, Typed, Unfit
from directory.policy.disclosed import DisclosedKept
from tests.factories import TODAY
from tests.operations.extracts_world import Cells, line, many
from tests.operations.matching_world import Desk, desk

BEGINS_WITH = desk
HOUSING, POLICE = Service.HOUSING, Service.POLICE
KIM = Lead(team=team_id(HOUSING, "T1"), practitioner=practitioner_id(HOUSING, "P1"))


def typed(cells: Cells, to: Lead = KIM) -> Typed:
    return Typed(parts={part: cells.get(part, "") for part in PARTS}, lead=to)


def add(here: Desk, what: Typed) -> None:
    upkeep_adding.check(here.ledger, here.lead(), typed=what)
    upkeep_adding.add(here.ledger, here.lead(), typed=what)


def listed(here: Desk) -> dict[str, DisclosedKept]:
    found = upkeep.list_own(here.ledger, here.lead(), lead=None, page=1)
    return {each.source_reference: each for each in found.involvements}


def told(here: Desk, reference: str) -> dict[str, object]:
    """Return all that the desk is told of one of its involvements."""
    shown = listed(here)[reference]
    return {
        name: getattr(shown, name)
        for name in ("name", "age", "team_name", "practitioner_name", "as_of", "confirmed_on")
    }


def test_who_is_added_is_somebody_new_or_somebody_known(here: Desk) -> None:
    [other] = many(1)
    here.take(line())
    here.take(line("POL/1"), service=POLICE)

    add(here, typed(other))
    add(here, typed(line("TEN/2")))

    assert here.whose("TEN/2") == here.whose("POL/1") == here.whose("TEN/1")
    assert here.whose(other["source_reference"]) not in {None, here.whose("TEN/1")}
    assert listed(here)["TEN/2"].practitioner_name == "Kim Doyle"
    assert (told(here, "TEN/2")["as_of"], told(here, "TEN/2")["confirmed_on"]) == (TODAY, TODAY)


def test_what_was_added_stays_when_a_file_lacks_it_and_follows_one_that_has_it(
    here: Desk,
) -> None:
    [other] = many(1)
    here.take(line())
    add(here, typed(other))
    person = here.whose(other["source_reference"])

    here.take(line(last_involved="20/11/2026"))
    lacking = listed(here)
    here.take(line(), other | {"practitioner_name": "Kim Doyle"})

    assert set(lacking) == set(listed(here)) == {"TEN/1", other["source_reference"]}
    assert here.whose(other["source_reference"]) == person


def test_the_first_of_a_service_without_a_file_is_seen(here: Desk) -> None:
    here.take(line())
    with pytest.raises(UpkeepFault):
        add(here, typed(line("TEN/2"), Lead(team=team_id(POLICE, "T1"), practitioner=None)))

    add(here, typed(line("TEN/2"), replace(KIM, practitioner=None)))

    assert listed(here)["TEN/2"].practitioner is None


def test_a_desk_is_told_the_same_of_a_line_that_waits_and_of_one_that_officers_hold(
    here: Desk,
) -> None:
    here.take(line(), *many(3))
    here.take(line("POL/1"), service=POLICE)
    whose = here.whose("POL/1")
    assert isinstance(whose, UUID)
    add(here, typed(line("TEN/2")))
    known = told(here, "TEN/2")
    here.guard(whose)

    add(here, typed(line("TEN/3")))
    add(here, typed(line("TEN/4", forenames="Lea", date_of_birth="03/11/1994")))

    assert here.whose("TEN/3") is None
    assert told(here, "TEN/3") == known
    assert told(here, "TEN/4")["name"] == "Lea Blake"


def test_a_waiting_line_is_mended_like_any_other(here: Desk) -> None:
    here.take(line(), *many(3))
    here.guard(*filter(None, [here.whose("TEN/1")]))
    add(here, typed(line("TEN/3")))
    seen = listed(here)["TEN/3"]

    done = upkeep.confirm(here.ledger, here.lead(), seen={seen.line: seen.revision})

    assert (done, here.whose("TEN/3")) == (1, None)


def test_a_reference_that_the_service_sent_before_is_not_added_again(here: Desk) -> None:
    here.take(line())

    with pytest.raises(AlreadySent):
        upkeep_adding.check(here.ledger, here.lead(), typed=typed(line()))
    with pytest.raises(AlreadySent):
        upkeep_adding.add(here.ledger, here.lead(), typed=typed(line()))


def test_what_cannot_be_so_is_named_part_by_part_and_nothing_is_kept(here: Desk) -> None:
    here.take(line())
    wrong = {"surname": "7", "date_of_birth": "", "nhs_number": "1", "postcode": "soon"}

    with pytest.raises(Unfit) as unfit:
        upkeep_adding.add(here.ledger, here.lead(), typed=typed(line("TEN/2") | wrong))

    assert {each.column for each in unfit.value.faults} == set(wrong)
    assert set(listed(here)) == {"TEN/1"}


def test_children_s_social_care_and_a_user_without_an_account_add_nobody(here: Desk) -> None:
    here.take(line())
    care = here.lead(Service.CHILDRENS_SOCIAL_CARE)

    for ask in (upkeep_adding.check, upkeep_adding.add):
        with pytest.raises(Refused):
            ask(here.ledger, care, typed=typed(line("TEN/2")))
    with pytest.raises(Refused):
        upkeep_adding.leads(here.ledger, care)
    with pytest.raises(Refused):
        upkeep_adding.add(
            here.ledger, replace(here.lead(), account=None), typed=typed(line("TEN/2"))
        )
    assert KIM in upkeep_adding.leads(here.ledger, here.lead())
    assert set(listed(here)) == {"TEN/1"}

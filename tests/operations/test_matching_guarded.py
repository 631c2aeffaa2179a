"""What touches somebody guarded is at no steward's desk, and needs two officers."""

from typing import Any

import pytest

from directory.domain.access import NotFound, Refused
from directory.domain.matching import ActState, Choice
from directory.domain.vocabulary import Service
from directory.operations import matching, matching_acts
from tests.operations.extracts_world import line
from tests.operations.matching_world import Desk, desk, leah, town

BEGINS_WITH = desk
POLICE = Service.POLICE


def waiting(here: Desk) -> Any:
    """Take Leah's tenancy, and then a line that may be about her, and return its reference."""
    here.take(*town())
    here.take(leah(), service=POLICE)
    return here.waiting()[0]


def test_a_line_that_resembles_somebody_guarded_is_at_no_steward_s_desk(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    assert leah_known is not None
    here.guard(leah_known)

    assert here.waiting() == []
    with pytest.raises(NotFound):
        matching.compare(here.ledger, here.steward(), waiting=line_)
    assert here.waiting(here.officer()) == [line_]


def test_a_line_about_somebody_guarded_is_held_and_its_sender_reads_it_taken(here: Desk) -> None:
    here.take(*town())
    leah_known = here.whose("TEN/1")
    assert leah_known is not None
    here.guard(leah_known)

    report = here.take(line("POL/1"), service=POLICE)

    assert (report.new, report.waiting, here.whose("POL/1")) == (1, 0, None)
    assert here.waiting() == []


def test_what_touches_somebody_guarded_needs_two_officers(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    assert leah_known is not None
    here.guard(leah_known)

    state = here.decide(line_, Choice.THIS_PERSON, leah_known, access=here.officer())

    assert (state, here.whose("POL/1")) == (ActState.ASKED, None)
    act = matching_acts.list_acts(here.ledger, here.officer(), state=ActState.ASKED, page=1).acts[0]
    seen = matching_acts.view_act(here.ledger, here.officer("piotr"), act=act.act).seen
    with pytest.raises(Refused):
        matching_acts.agree(here.ledger, here.officer(), act=act.act, seen=seen)
    matching_acts.agree(here.ledger, here.officer("piotr"), act=act.act, seen=seen)
    assert here.whose("POL/1") == leah_known


def test_no_steward_is_told_what_officers_ask_or_did(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    assert leah_known is not None
    here.guard(leah_known)
    here.decide(line_, Choice.THIS_PERSON, leah_known, access=here.officer())
    act = matching_acts.list_acts(here.ledger, here.officer(), state=ActState.ASKED, page=1).acts[0]

    listed = matching_acts.list_acts(here.ledger, here.steward(), state=ActState.ASKED, page=1)

    assert listed.acts == ()
    with pytest.raises(NotFound):
        matching_acts.view_act(here.ledger, here.steward(), act=act.act)
    with pytest.raises(NotFound):
        matching_acts.decline(here.ledger, here.steward(), act=act.act)


def test_what_is_declined_changes_nothing(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    assert leah_known is not None
    here.guard(leah_known)
    here.decide(line_, Choice.THIS_PERSON, leah_known, access=here.officer())
    act = matching_acts.list_acts(here.ledger, here.officer(), state=ActState.ASKED, page=1).acts[0]

    matching_acts.decline(here.ledger, here.officer("piotr"), act=act.act)

    assert here.whose("POL/1") is None
    assert here.waiting(here.officer()) == [line_]

"""An assurance warns for thirty days and lapses on a working day; unasked, it closes nothing."""

from datetime import date, timedelta

import pytest

from directory.domain.assurance import AMBER, assurance_standing
from directory.domain.gates import GateFault, GateState, OfOrganisation, check_evidence
from tests.factories import TODAY

BOXING_DAY = {date(2026, 12, 25), date(2026, 12, 28)}


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (TODAY + timedelta(days=1), GateState.HELD),
        (TODAY, GateState.LAPSES_SOON),
        (TODAY - AMBER + timedelta(days=1), GateState.LAPSES_SOON),
        (TODAY - AMBER, GateState.LAPSED),
        (None, GateState.HELD),
    ],
)
def test_it_holds_then_warns_then_lapses(until: date | None, state: GateState) -> None:
    standing = assurance_standing(until, day=TODAY, holidays=())

    assert (standing.gate, standing.state) == (OfOrganisation.ASSURANCE, state)


def test_it_lapses_on_the_first_working_day_after_the_warning() -> None:
    until = date(2026, 12, 25) - AMBER

    standing = assurance_standing(until, day=date(2026, 12, 25), holidays=BOXING_DAY)

    assert (standing.state, standing.lapses) == (GateState.LAPSES_SOON, date(2026, 12, 29))


@pytest.mark.parametrize(
    ("end", "evidence"),
    [(TODAY, "DSPT-1"), (TODAY + timedelta(days=1_100), "DSPT-1"), (TODAY + AMBER, "two words")],
)
def test_what_cannot_be_evidence_is_refused(end: date, evidence: str) -> None:
    with pytest.raises(GateFault):
        check_evidence(today=TODAY, end=end, evidence=evidence)

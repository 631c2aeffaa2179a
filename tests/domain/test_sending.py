"""Files that were sent: what may be done with them, and the report that is kept of each."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.brake import Share, Toll
from directory.domain.extracts import ExtractOutcome, Refusal, Report
from directory.domain.sending import Sent, SentState, SentWork
from directory.domain.sent_reports import read, told_to_sender, written
from directory.domain.vocabulary import Service
from tests.factories import NOON, days_ago

REPORT = Report(
    service=Service.HOUSING, as_of=days_ago(1), outcome=ExtractOutcome.CHECKED, lines=4, linked=2
)
SENT = Sent(
    reference=UUID(int=1),
    service=Service.HOUSING,
    account=UUID(int=2),
    sent_at=NOON,
    as_of=days_ago(1),
    work=SentWork.TAKE,
    state=SentState.CHECKED,
    changed_at=datetime(2026, 11, 20, tzinfo=UTC),
    report=REPORT,
)


@pytest.mark.parametrize(
    ("state", "outcome", "may"),
    [
        (SentState.CHECKED, ExtractOutcome.CHECKED, (True, False)),
        (SentState.FAILED, ExtractOutcome.CHECKED, (True, False)),
        (SentState.CHECKED, ExtractOutcome.BRAKED, (False, True)),
        (SentState.CHECKED, ExtractOutcome.STOPPED, (False, False)),
        (SentState.TAKING, ExtractOutcome.CHECKED, (False, False)),
        (SentState.LET_GO, ExtractOutcome.BRAKED, (False, False)),
    ],
)
def test_a_file_is_taken_as_its_report_allows(
    state: SentState, outcome: ExtractOutcome, may: tuple[bool, bool]
) -> None:
    sent = replace(SENT, state=state, report=replace(REPORT, outcome=outcome))

    assert (sent.may_be_taken, sent.may_be_meant) == may
    assert sent.is_stopped is (state is SentState.CHECKED and not may[0])


def test_a_file_without_a_report_is_not_taken() -> None:
    sent = replace(SENT, state=SentState.FAILED, report=None)

    assert not sent.may_be_taken
    assert not sent.may_be_meant


@pytest.mark.parametrize("state", SentState)
def test_what_goes_on_keeps_its_file_and_what_is_over_does_not(state: SentState) -> None:
    sent = replace(SENT, state=state)

    is_over = state in {SentState.TAKEN, SentState.REFUSED, SentState.LET_GO}
    assert sent.keeps_file is not is_over
    assert not (sent.goes_on and is_over)
    assert not replace(sent, work=SentWork.UNDO).keeps_file


NUMBERS = st.integers(min_value=0, max_value=10**6)
SHARES = st.builds(Share, lost=NUMBERS, of=NUMBERS)
REPORTS = st.builds(
    Report,
    service=st.sampled_from(Service),
    as_of=st.dates(),
    outcome=st.sampled_from(ExtractOutcome),
    lines=NUMBERS,
    linked=NUMBERS,
    waiting=NUMBERS,
    refused=st.lists(st.builds(Refusal, line=NUMBERS, column=st.text(), reason=st.text())).map(
        tuple
    ),
    dropped_columns=st.lists(st.text()).map(tuple),
    numbered_columns=st.lists(st.text()).map(tuple),
    toll=st.builds(Toll, ended=NUMBERS, practitioners=SHARES, teams=SHARES),
    number=NUMBERS,
)


@given(REPORTS)
def test_a_report_is_read_as_it_was_written(report: Report) -> None:
    assert read(written(report)) == report


@given(REPORTS)
def test_a_sender_is_told_nothing_of_whom_others_know(report: Report) -> None:
    told = told_to_sender(report)

    assert (told.linked, told.new, told.waiting) == (0, 0, 0)
    assert told == replace(report, linked=0, new=0, waiting=0)

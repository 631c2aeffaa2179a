from datetime import date
from uuid import UUID

import pytest

from directory.domain.sharing import Agreement
from tests.factories import COUNCIL, HOMES, TODAY, agreement, days_ago, party, reference


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (days_ago(0), days_ago(-1), True),
        (days_ago(-1), days_ago(-2), False),
        (days_ago(1), days_ago(0), False),
    ],
)
def test_an_agreement_holds_on_its_start_and_not_on_its_end(
    start: date, end: date, *, holds: bool
) -> None:
    assert agreement(start=start, end=end).in_force(TODAY) is holds


@pytest.mark.parametrize(
    ("overdue", "holds"), [(-1, True), (0, True), (30, True), (31, False), (400, False)]
)
def test_an_agreement_lapses_when_its_review_is_more_than_thirty_days_late(
    overdue: int, *, holds: bool
) -> None:
    assert agreement(review=days_ago(overdue)).in_force(TODAY) is holds


@pytest.mark.parametrize(
    ("signed_on", "holds"), [(days_ago(0), True), (days_ago(-1), False), (None, False)]
)
def test_an_agreement_waits_for_its_last_signature(signed_on: date | None, *, holds: bool) -> None:
    parties = (party(COUNCIL), party(HOMES, signed_on=signed_on))

    assert agreement(parties=parties).in_force(TODAY) is holds


@pytest.mark.parametrize(
    "lacking", [agreement(powers=frozenset()), agreement(parties=())], ids=["power", "party"]
)
def test_an_agreement_without_a_power_or_a_party_is_none(lacking: Agreement) -> None:
    assert not lacking.in_force(TODAY)


@pytest.mark.parametrize("organisation", [COUNCIL, HOMES])
def test_an_agreement_binds_each_party(organisation: UUID) -> None:
    assert agreement().binds(organisation)


@pytest.mark.parametrize("organisation", [reference(9), None])
def test_an_agreement_binds_nobody_else(organisation: UUID | None) -> None:
    assert not agreement().binds(organisation)


def test_the_audit_names_an_agreement_by_reference_and_version() -> None:
    assert agreement(reference="ISA-07", version=3).label == "ISA-07 v3"

"""A practitioner can be rung until the first day they are not here."""

from dataclasses import replace
from datetime import timedelta

from directory.domain.practitioners import Colleague, Contact
from tests.factories import TODAY, reference

KIM = Colleague(
    reference=reference(1),
    name="Kim Doyle",
    role="",
    team_name="",
    contact=Contact(phone="", email=""),
    leads=0,
)


def test_who_has_left_cannot_be_rung_from_that_day_on() -> None:
    leaving = replace(KIM, left_on=TODAY)

    assert KIM.works_on(TODAY)
    assert leaving.works_on(TODAY - timedelta(days=1))
    assert not leaving.works_on(TODAY)

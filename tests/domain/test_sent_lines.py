"""What tells that a practitioner is as they were seen."""

from dataclasses import replace

from directory.domain.agencies import Practitioner, Team
from directory.domain.extracts import SentPractitioner, SentTeam
from directory.domain.sent_lines import Told
from tests.factories import TODAY, reference

KIM = Practitioner(reference=reference(1), name="Kim Doyle", role="Housing officer")
NORTH = Team(reference=reference(2), name="North patch", organisation="Hillside Homes")
TOLD = Told(
    practitioner=SentPractitioner(source_reference="P1", practitioner=KIM, team=NORTH.reference),
    team=SentTeam(source_reference="T1", employer="HILL", team=NORTH),
)


def test_every_change_of_a_practitioner_or_team_is_told() -> None:
    gone = replace(TOLD.practitioner, practitioner=replace(KIM, left_on=TODAY))
    line = SentTeam(source_reference="T1", employer="HILL", team=replace(NORTH, duty_line="111"))

    words = {
        each.words
        for each in (
            TOLD,
            replace(TOLD, practitioner=gone),
            replace(TOLD, team=line),
            replace(TOLD, team=None),
        )
    }

    assert len(words) == 4

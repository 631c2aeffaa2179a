"""A programme sends practitioners and their teams, which are told from then on."""

from dataclasses import replace

import pytest

from directory.domain.extracts import practitioner_id
from directory.domain.sent_lines import Became, Once, SentAnswer, SentOtherwise
from directory.domain.vocabulary import Service
from directory.operations import practitioners
from directory.policy.practitioners import DisclosedColleague
from tests.operations.extracts_world import Cells, line, many
from tests.operations.matching_world import Desk, desk
from tests.operations.sent_lines_world import send, send_practitioner, sender, take

BEGINS_WITH = desk
KIT: Cells = {
    **line(),
    "practitioner_reference": "P2",
    "practitioner_name": "Kit Marsh",
    "team_reference": "T2",
    "team_name": "Second patch",
}


def colleague(here: Desk, reference: str) -> DisclosedColleague:
    found = practitioner_id(Service.HOUSING, reference)
    return practitioners.view_colleague(here.ledger, here.lead(), practitioner=found)


def only(answers: tuple[SentAnswer, ...]) -> SentAnswer:
    [told] = answers
    return told


def test_somebody_new_leads_at_once(here: Desk) -> None:
    who = sender(here)

    told = only(send_practitioner(here, who, KIT))
    [led] = send(here, who, KIT | {"source_reference": "TEN/1"})
    take(here)

    assert (told.became, told.is_new) == (Became.TAKEN, True)
    assert led.became is Became.TAKEN
    found = colleague(here, "P2")
    assert (found.name, found.team_name, found.phone) == (
        "Kit Marsh", "Second patch", "01632 960123",
    )  # fmt: skip


def test_somebody_known_is_changed_at_the_revision_that_was_seen(here: Desk) -> None:
    here.take(line())
    who = sender(here)

    same = only(send_practitioner(here, who, line()))
    changed = line(practitioner_phone="01632 960777", team_name="Northern patch")
    stale = only(send_practitioner(here, who, changed, seen="0"))
    told = only(send_practitioner(here, who, changed, seen=same.revision))
    late = only(send_practitioner(here, who, line(), seen=same.revision))

    assert (same.became, same.is_new) == (Became.TAKEN, False)
    assert (stale.became, stale.revision) == (Became.STALE, same.revision)
    assert told.became is Became.TAKEN
    assert (late.became, late.revision) == (Became.STALE, told.revision)
    found = colleague(here, "P1")
    assert (found.phone, found.team_name) == ("01632 960777", "Northern patch")


def test_nobody_there_can_be_asked_for(here: Desk) -> None:
    who = sender(here)

    taken = only(send_practitioner(here, who, KIT, seen="0"))
    late = only(send_practitioner(here, who, line(), seen=taken.revision))

    assert (taken.became, late.became, late.revision) == (Became.TAKEN, Became.STALE, "")


def test_a_phone_sent_today_stands_against_a_file_of_yesterday(here: Desk) -> None:
    here.take(line())
    send_practitioner(here, sender(here), line(practitioner_phone="01632 960777"))

    here.take(line(practitioner_role="Senior officer"))

    found = colleague(here, "P1")
    assert (found.phone, found.role) == ("01632 960777", "Senior officer")


def test_who_stood_without_a_team_is_known_by_what_else_they_are(here: Desk) -> None:
    here.take(line(), *many(1))
    with here.here.database.writing() as connection:
        connection.exec_driver_sql("UPDATE practitioner SET team = NULL")

    told = only(send_practitioner(here, sender(here), line()))

    assert (told.became, told.is_new) == (Became.TAKEN, False)
    assert colleague(here, "P1").team_name == "Hillside neighbourhood team"


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("practitioner_name", "", "name"),
        ("practitioner_phone", "070 1234 5678", "phone"),
        ("practitioner_email", "nobody", "email"),
        ("team_name", "Eating disorders", "team_name"),
        ("team_reference", "", "team_reference"),
    ],
)
def test_what_cannot_be_so_is_said_field_by_field(
    here: Desk, column: str, value: str, named: str
) -> None:
    told = only(send_practitioner(here, sender(here), KIT | {column: value}))

    assert told.became is Became.REFUSED
    assert named in {each.column for each in told.faults}
    assert here.here.count("practitioner") == 0


def test_a_reference_that_is_none_or_stands_twice_is_refused(here: Desk) -> None:
    none = KIT | {"practitioner_reference": "\0", "practitioner_name": ""}

    answers = send_practitioner(here, sender(here), none, KIT, KIT)

    assert [each.became for each in answers] == [Became.REFUSED, Became.TAKEN, Became.REFUSED]
    assert {fault.column for each in answers for fault in each.faults} == {"source_reference"}


def test_the_same_act_again_is_answered_alike(here: Desk) -> None:
    who, once = sender(here), Once(key="abcdefgh", body=b"")

    first = send_practitioner(here, who, KIT, once=once)

    assert send_practitioner(here, who, KIT, once=once) == first
    with pytest.raises(SentOtherwise):
        send_practitioner(here, who, KIT, once=replace(once, body=b"another"))


def test_another_service_s_practitioner_is_another(here: Desk) -> None:
    here.take(line())
    police = sender(here, Service.POLICE)

    told = only(send_practitioner(here, police, line(practitioner_name="Somebody Else")))

    assert told.is_new
    assert colleague(here, "P1").name == "Kim Doyle"

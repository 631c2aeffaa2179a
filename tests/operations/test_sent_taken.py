"""Lines that a programme sent take the path of a file's lines, and stand as a desk's word does."""

from datetime import date

from directory.domain.matching import Choice
from directory.domain.vocabulary import Service
from directory.operations import undoing, upkeep
from directory.operations.upkeep import find_own, view_own
from directory.policy.disclosed import DisclosedKept
from tests.factories import TODAY
from tests.operations.accounts_world import operator
from tests.operations.extracts_world import Cells, line, many
from tests.operations.matching_world import Desk, desk, leah
from tests.operations.sent_lines_world import revision, send, sender, take

BEGINS_WITH = desk
MOVED: Cells = {"house": "2", "street": "Quarry Road", "postcode": "NX9 1AA"}


def kept(here: Desk, reference: str = "TEN/1") -> DisclosedKept:
    """Return an involvement as its desk sees it."""
    found = find_own(here.ledger, here.lead(), reference=reference)
    return view_own(here.ledger, here.lead(), line=found).involvement


def sent(here: Desk, *lines: Cells) -> int:
    """Send lines, and take them."""
    send(here, sender(here), *lines)
    return take(here)


def test_a_known_line_says_what_was_sent_last(here: Desk) -> None:
    here.take(line())

    assert sent(here, line(last_involved="20/11/2026", practitioner_reference="")) == 1

    found = kept(here)
    assert (found.last_involved, found.practitioner_name) == (date(2026, 11, 20), "")
    assert revision(here, "TEN/1") == 2


def test_who_moved_stays_the_same_person_at_the_new_address(here: Desk) -> None:
    here.take(line(), *many(3))
    whose = here.whose("TEN/1")

    assert sent(here, line(**MOVED)) == 1

    assert here.whose("TEN/1") == whose
    [found] = [each for each in here.here.people() if each.reference == whose]
    assert [each.street for each in found.addresses] == ["Quarry Road"]
    assert (revision(here, "TEN/1"), kept(here).as_of) == (2, TODAY)


def test_what_was_sent_today_stands_against_a_file_of_yesterday(here: Desk) -> None:
    here.take(line())
    sent(here, line(last_involved="20/11/2026"))

    here.take(line(last_involved="12/11/2026"))

    assert kept(here).last_involved == date(2026, 11, 20)


def test_a_line_that_a_file_never_had_stays_when_files_are_taken_back(here: Desk) -> None:
    here.take(line())
    here.take(line(last_involved="20/11/2026"))
    sent(here, line("TEN/2"), line("TEN/3", **MOVED))

    undoing.undo(here.ledger, operator(), service=Service.HOUSING)

    assert kept(here, "TEN/2").source_reference == "TEN/2"
    assert here.whose("TEN/3") is not None


def test_what_may_be_somebody_begun_with_it_is_taken_after_them(here: Desk) -> None:
    here.take(*many(2))

    taken = sent(here, line("TEN/1"), line("TEN/2", nhs_number="9434765919"))

    assert (taken, here.whose("TEN/1") is not None) == (2, True)
    assert here.whose("TEN/1") == here.whose("TEN/2")


def test_a_line_that_waits_says_the_rest_of_what_is_sent(here: Desk) -> None:
    here.take(*many(3))
    sent(here, leah("TEN/1"))
    assert here.whose("TEN/1") is None

    assert sent(here, leah("TEN/1", last_involved="20/11/2026")) == 1
    assert sent(here, leah("TEN/1", surname="Blaike")) == 1

    assert (here.whose("TEN/1"), revision(here, "TEN/1")) == (None, 3)
    [waiting] = here.waiting()
    here.decide(waiting, Choice.NEW_PERSON)
    assert here.whose("TEN/1") is not None


def test_a_line_of_somebody_protected_is_held_and_says_the_same_to_its_sender(here: Desk) -> None:
    here.take(line(), *many(3))
    here.take(line("POL/1"), service=Service.POLICE)
    whose = here.whose("POL/1")
    assert whose is not None
    here.guard(whose)
    who = sender(here)

    hidden = send(here, who, line("TEN/2"))
    take(here)

    assert here.whose("TEN/2") is None
    assert [(each.became, each.revision, each.is_new) for each in hidden] == [("taken", "1", True)]
    again = send(here, who, line("TEN/2"))
    assert [each.revision for each in again] == ["1"]


def test_a_known_line_that_moves_into_a_protected_home_is_taken_out_of_sight(here: Desk) -> None:
    [other] = many(1)
    here.take(line(), other)
    protected, mover = here.whose("TEN/1"), here.whose(other["source_reference"])
    assert protected is not None
    here.guard(protected)
    home = {name: line()[name] for name in ("house", "street", "postcode")}

    assert sent(here, other | home | {"last_involved": "20/11/2026"}) == 1

    assert here.whose(other["source_reference"]) is None
    assert mover not in {each.reference for each in here.here.people()}


def test_what_a_desk_said_meanwhile_gives_way_and_counts(here: Desk) -> None:
    here.take(line())
    who = sender(here)
    send(here, who, line(last_involved="20/11/2026"))
    before = kept(here)
    upkeep.confirm(here.ledger, here.lead(), seen={before.line: before.revision})

    assert take(here) == 1

    assert kept(here).last_involved == date(2026, 11, 20)
    assert kept(here).confirmed_on == TODAY


def test_the_lines_of_many_programmes_are_taken_as_their_own(here: Desk) -> None:
    here.take(line())
    here.take(line("POL/1"), service=Service.POLICE)
    send(here, sender(here), line("TEN/2"))
    send(here, sender(here, Service.POLICE), line("TEN/2"))

    assert take(here) == 2

    assert here.here.count("sent_line") == 0
    assert here.here.count("line") == 4

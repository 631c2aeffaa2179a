"""Out of hours: which line leads, and when it is out of hours at all."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from directory.settings import MalformedSetting, read
from directory.web.hours import Hours
from directory.web.phones import answered_now
from tests.town import Town
from tests.web.canary import feeds, references, standing
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, allow_all, browser, looked_at

OFFICE = Hours(opens=time(8, 30), closes=time(17))
BANK_HOLIDAY = date(2026, 12, 25)
NIGHT = datetime(2026, 11, 24, 2, 14, tzinfo=UTC)
CLOSED = "Monday to Friday, 8:30am to 5pm"


@pytest.mark.parametrize(
    ("at", "open_then"),
    [
        ("2026-11-23T08:29", False),
        ("2026-11-23T08:30", True),
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-28T12:00", False),
        ("2026-12-25T12:00", False),
        ("2026-07-06T07:29", False),  # British Summer Time is an hour ahead of UTC
        ("2026-07-06T07:30", True),
        ("2026-07-06T16:00", False),
    ],
)
def test_offices_answer_on_weekdays_between_their_hours_in_london(at: str, open_then: bool) -> None:  # noqa: FBT001 - a row of the table
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert OFFICE.hold(moment, {BANK_HOLIDAY}) is open_then


def test_hours_are_said_as_people_read_them() -> None:
    assert OFFICE.words() == CLOSED
    assert Hours(opens=time(0, 5), closes=time(12)).words() == "Monday to Friday, 12:05am to 12pm"


def test_by_day_the_daytime_line_is_rung_and_out_of_hours_the_other() -> None:
    lines = ("01632 960001", "0808 157 0001")

    by_day, by_night = (answered_now(*lines, closed=closed) for closed in ("", CLOSED))

    assert by_day is not None
    assert by_night is not None
    assert (by_day.shown, by_day.label) == ("01632 960001", "Ring")
    assert (by_night.shown, by_night.label) == ("0808 157 0001", "Out of hours, ring")


@pytest.mark.parametrize(("line", "label"), [("01632 960001", "Daytime line"), ("101", "Ring")])
def test_without_an_out_of_hours_line_the_daytime_one_is_named_as_such(
    line: str, label: str
) -> None:
    found = answered_now(line, "", closed=CLOSED)

    assert found is not None
    assert found.label == label


@pytest.mark.parametrize("closes", ["08:00", "09:00", "noon"])
def test_offices_must_close_after_they_open(closes: str) -> None:
    with pytest.raises(MalformedSetting, match="DIRECTORY_OFFICE_CLOSES"):
        read({"DIRECTORY_OFFICE_OPENS": "09:00", "DIRECTORY_OFFICE_CLOSES": closes})


def opened(town: Town) -> tuple[CheckingClient, str, str]:
    """Return Asha's browser at the clock's time, a board in it, and the card of housing."""
    client, who = allow_all(browser(town.app, ASHA)), references(town)
    board = looked_at(client, ASHA, "wrenna", who["wrenna"])
    return client, board, f"{board}/{who['odalys']}/housing"


def heads(text: str) -> list[str]:
    """Return the heads of a contact's rows, from the top."""
    return re.findall(r'<dt class="directory-contact__head">(.*?)</dt>', text)


def test_by_day_a_card_leads_with_the_practitioner_s_phone(canary: Town) -> None:
    client, _, card = opened(canary)

    page = client.get(card).text

    assert heads(page)[0] == "Phone"
    assert "out of hours." not in page


def test_out_of_hours_a_card_leads_with_the_out_of_hours_line_and_says_so(canary: Town) -> None:
    canary.clock.at = NIGHT
    client, _, card = opened(canary)

    page = client.get(card).text

    assert heads(page)[:2] == ["Out of hours", "Phone"]
    assert "It is out of hours." in page
    assert f'<span class="directory-contact__hours">{CLOSED}</span>' in page
    assert page.index("tel:+442079460122") < page.index("tel:+442079460123")


def test_a_team_without_an_out_of_hours_line_gives_way_to_its_service_s(tmp_path: Path) -> None:
    with standing(tmp_path / "without", feeds(housing={"team_out_of_hours_line": ""})) as town:
        town.clock.at = NIGHT
        client, _, card = opened(town)

        page = client.get(card).text

    dialled = re.findall(r"tel:(\+\d+)", page)
    assert heads(page)[0] == "Out of hours"
    assert (dialled[0], dialled[1]) == ("+448081570004", "+442079460123")
    assert "+443069990004" in dialled


def test_a_number_that_a_contact_gives_is_not_offered_again(tmp_path: Path) -> None:
    with standing(tmp_path / "without", feeds(housing={"team_out_of_hours_line": ""})) as town:
        town.clock.at = NIGHT
        client, _, card = opened(town)

        page = client.get(card).text

    assert "No answer?" not in page
    assert page.count("tel:+448081570004") == 1


def test_out_of_hours_the_board_says_so_and_gives_the_lines_answered_now(canary: Town) -> None:
    canary.clock.at = NIGHT
    client, board, _ = opened(canary)

    page = client.get(board).text

    assert "It is out of hours." in page
    assert "tel:+443069990009" not in page
    assert "tel:+448081570009" in page

"""The pages of a family: why one looks, what a claim gives and when it ends, whom one adds."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event

from directory.demo import PASSWORD
from directory.operations.relationships import MOST_FAMILIES
from tests.operations.extracts_world import line, person
from tests.town import Town
from tests.web.canary import CSC, ON_THE_DAY, PEOPLE, POLICE, feeds, references, standing
from tests.web.checking import CheckingClient
from tests.web.walks import (
    ASHA,
    CALLUM,
    GRACE,
    MARIE,
    PRIYA,
    allow_all,
    browser,
    looked_at,
    say_why,
    sought,
)

BOARD_STATEMENTS = 33
"""How many SQL statements show a board, with its entry, whatever the family's size.

One of them asks whether the user watches the family: what they see now is news no more.
"""

THIRD_DAY = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
AFTER_IT = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)


@contextmanager
def counting(town: Town) -> Iterator[list[str]]:
    """Yield the statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(town.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(town.database.engine, "before_cursor_execute", note)


def at_work(town: Town, email: str) -> CheckingClient:
    """Return a browser that may be told anything: what it tells is the canary's own test."""
    return allow_all(browser(town.app, email))


def chosen(client: CheckingClient, town: Town, key: str = "wrenna") -> str:
    """Search for somebody, and return where they are chosen."""
    results = sought(client, key)
    client.get(results)
    return f"{results}/{references(town)[key]}"


def board_of(client: CheckingClient, town: Town, email: str, key: str = "wrenna") -> str:
    """Return the address of somebody's board."""
    return looked_at(client, email, key, references(town)[key])


def statements(town: Town) -> int:
    """Return how many statements Asha's look at Wrenna's board takes."""
    client = at_work(town, ASHA)
    board = board_of(client, town, ASHA)
    client.get(board)
    with counting(town) as sent:
        client.get(board)
    return len(sent)


def test_a_board_takes_as_many_statements_whatever_the_family_s_size(
    canary: Town, tmp_path: Path
) -> None:
    more = [
        person(
            f"MORE-{each}", forenames=f"Sibling{each * 'o'}", surname=f"Of{each * 'a'}them",
            date_of_birth=f"0{each}/0{each}/201{each}", street=f"{each} Other Row",
            postcode=f"NX{each} {each}AA", family_reference="ZQFAM", family_role="child",
        )
        for each in range(1, 8)
    ]  # fmt: skip
    sent = feeds()
    large = sent | {CSC: (*sent[CSC], *more)}

    with standing(tmp_path / "large", large) as town:
        assert (statements(canary), statements(town)) == (BOARD_STATEMENTS, BOARD_STATEMENTS)


def leads(client: CheckingClient, board: str, service: str) -> str:
    """Return what the family's line of `service` says, in one line."""
    text = client.get(board).text.partition("one line a service")[2]
    line = text.partition(f"<dd>{service}</dd>")[2].partition("</dl>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", line).split())


def test_the_family_s_line_names_every_member_a_service_is_involved_with(
    canary: Town, tmp_path: Path
) -> None:
    sent = feeds()
    too = [line(f"TOO-{key}", **PEOPLE[key], **ON_THE_DAY) for key in ("odalys", "leopold")]
    with standing(tmp_path / "many", sent | {POLICE: (*sent[POLICE], *too)}) as town:
        client = at_work(town, ASHA)
        many = leads(client, board_of(client, town, ASHA), "Police")
    alone = at_work(canary, ASHA)

    one = leads(alone, board_of(alone, canary, ASHA), "Police")

    assert "Involved with Odalys Brackenshaw" in one
    assert "lso involved" not in one
    assert "Also involved with Leopold Marrowby." in many


def test_the_family_s_line_names_whom_a_service_was_involved_with_before(canary: Town) -> None:
    client = at_work(canary, ASHA)

    adult = leads(client, board_of(client, canary, ASHA), "Adult social care")

    assert "Involved with Leopold Marrowby." in adult
    assert "Was also involved with Odalys Brackenshaw; this has ended." in adult


def test_a_claim_needs_a_reason_and_what_was_chosen_stays(canary: Town) -> None:
    client = at_work(canary, CALLUM)

    answer = say_why(client, chosen(client, canary), CALLUM, reason="  ")

    assert answer.status_code == 422
    assert "Enter your reason" in answer.text
    assert 'value="child_protection" checked' in answer.text


@pytest.mark.parametrize("purpose", ["", "own_service", "early_help", "nonsense"])
def test_a_purpose_that_is_not_offered_opens_nothing(purpose: str, canary: Town) -> None:
    client = at_work(canary, PRIYA)

    answer = client.send(chosen(client, canary), purpose=purpose, reason="REF/1")

    assert answer.status_code == 422


def test_an_nhs_number_in_a_reason_is_refused_at_its_field(canary: Town) -> None:
    client = at_work(canary, PRIYA)

    answer = say_why(client, chosen(client, canary), PRIYA, reason="see 943 476 5919")

    assert answer.status_code == 422
    assert "Take the NHS number out of your reason" in answer.text


def test_a_purpose_is_asked_once_for_a_family_in_one_session(canary: Town) -> None:
    client = at_work(canary, CALLUM)
    board = board_of(client, canary, CALLUM)

    again = client.get(chosen(client, canary))
    by_its_mother = client.get(chosen(client, canary, "odalys"))

    assert (again.status_code, again.location) == (303, board)
    assert (by_its_mother.status_code, by_its_mother.location) == (303, board)


def test_a_purpose_is_asked_again_in_another_session(canary: Town) -> None:
    board_of(at_work(canary, CALLUM), canary, CALLUM)
    other = at_work(canary, CALLUM)

    assert other.get(chosen(other, canary)).status_code == 200


@pytest.mark.parametrize(
    ("at", "said"), [(THIRD_DAY, "You have said that"), (AFTER_IT, "not allocated to you")]
)
def test_a_claim_ends_with_the_third_working_day(
    at: datetime,
    said: str,
    canary: Town,
) -> None:
    board_of(at_work(canary, CALLUM), canary, CALLUM)
    canary.clock.at = at
    later = at_work(canary, CALLUM)

    page = later.get(chosen(later, canary))

    assert said in page.text


def test_a_board_closes_when_its_claim_ends(canary: Town) -> None:
    canary.clock.at = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    first = at_work(canary, CALLUM)
    board_of(first, canary, CALLUM)
    canary.clock.at = THIRD_DAY
    client = at_work(canary, CALLUM)
    board = say_why(client, chosen(client, canary), CALLUM, reason="").location
    open_still = client.get(board).status_code

    canary.clock.at = datetime(2026, 11, 27, 0, 0, 1, tzinfo=UTC)
    client.send("/session/unlock", password=PASSWORD)
    closed = client.get(board)

    assert (open_still, closed.status_code) == (200, 404)
    assert "the days for which you said that you work with a family may be over" in closed.text


def test_a_manager_of_no_worker_of_the_family_is_told_whom_to_ask(canary: Town) -> None:
    client = at_work(canary, GRACE)

    page = client.get(chosen(client, canary, "isolde"))

    assert "You are not working with this family, so nothing more is shown" in page.text
    assert say_why(client, chosen(client, canary, "isolde"), GRACE).status_code == 404


def test_a_board_of_another_session_is_not_found(canary: Town) -> None:
    board = board_of(at_work(canary, CALLUM), canary, CALLUM)

    assert at_work(canary, PRIYA).get(board).status_code == 404
    assert at_work(canary, CALLUM).get(board).status_code == 404


def test_results_of_another_session_are_not_found(canary: Town) -> None:
    results = sought(at_work(canary, CALLUM), "wrenna")

    assert at_work(canary, CALLUM).get(results).status_code == 404


def test_somebody_whom_the_search_did_not_show_cannot_be_chosen(canary: Town) -> None:
    who, client = references(canary), at_work(canary, PRIYA)
    results = sought(client, "wrenna")
    client.get(results)

    for person_sought in (who["isolde"], uuid4()):
        assert client.get(f"{results}/{person_sought}").status_code == 404
        assert say_why(client, f"{results}/{person_sought}", PRIYA).status_code == 404


def test_a_search_that_was_not_looked_at_shows_nobody_to_choose(canary: Town) -> None:
    client = at_work(canary, PRIYA)
    results = sought(client, "wrenna")

    assert client.get(f"{results}/{references(canary)['wrenna']}").status_code == 404


def test_somebody_else_s_family_is_not_reached_by_one_s_own_list(canary: Town) -> None:
    path = f"/families/mine/{references(canary)['wrenna']}"

    assert at_work(canary, CALLUM).get(path).status_code == 404
    assert at_work(canary, GRACE).get(path).status_code == 200


def test_a_worker_goes_from_their_own_list_to_the_board(canary: Town) -> None:
    client = at_work(canary, ASHA)

    answer = say_why(client, f"/families/mine/{references(canary)['wrenna']}", ASHA, reason="")

    assert (answer.status_code, client.get(answer.location).status_code) == (303, 200)


def test_who_is_added_stands_on_the_adder_s_board_with_the_services_a_claim_gives(
    canary: Town,
) -> None:
    who, client = references(canary), at_work(canary, ASHA)
    board = board_of(client, canary, ASHA)
    found = client.send(f"{board}/add", name="Isolde Farrowmere").location
    client.get(found)

    added = client.send(f"{found}/{who['isolde']}", role="other")
    client.get(board)

    assert added.location == board
    assert "isolde: name" in client.told
    assert client.get(f"{board}/{who['isolde']}/police").status_code == 200


def test_who_is_added_is_on_nobody_else_s_board(canary: Town) -> None:
    who, client = references(canary), at_work(canary, ASHA)
    board = board_of(client, canary, ASHA)
    found = client.send(f"{board}/add", name="Isolde Farrowmere").location
    client.get(found)
    client.send(f"{found}/{who['isolde']}", role="other")
    other = at_work(canary, CALLUM)

    other.get(board_of(other, canary, CALLUM))

    assert "isolde: name" not in other.told


@pytest.mark.parametrize("role", ["", "stranger"])
def test_who_is_added_needs_a_place_in_the_family(role: str, canary: Town) -> None:
    client = at_work(canary, ASHA)
    board = board_of(client, canary, ASHA)
    found = client.send(f"{board}/add", name="Isolde Farrowmere").location
    client.get(found)

    answer = client.send(f"{found}/{references(canary)['isolde']}", role=role)

    assert answer.status_code == 422


def test_a_member_of_the_family_is_not_added_to_it_again(canary: Town) -> None:
    client = at_work(canary, ASHA)
    board = board_of(client, canary, ASHA)
    found = client.send(f"{board}/add", name="Odalys Brackenshaw").location
    client.get(found)

    client.send(f"{found}/{references(canary)['odalys']}", role="parent")

    assert "added by you" not in client.get(board).text


def test_nobody_is_added_to_a_family_that_was_not_opened(canary: Town) -> None:
    client = at_work(canary, ASHA)
    unknown, other = f"/families/{uuid4()}", board_of(at_work(canary, ASHA), canary, ASHA)
    somebody = f"{uuid4()}/{references(canary)['isolde']}"

    for board in (unknown, other):
        asked = [client.get(f"{board}{rest}") for rest in ("", "/add", f"/add/{uuid4()}")]
        sent = [
            client.send(f"{board}/{rest}", name="Isolde") for rest in ("add", f"add/{somebody}")
        ]
        assert [each.status_code for each in asked + sent] == [404] * 5


def test_a_date_of_birth_that_lies_ahead_is_refused_when_adding_too(canary: Town) -> None:
    client = at_work(canary, ASHA)
    board = board_of(client, canary, ASHA)

    answer = client.send(f"{board}/add", name="Isolde Farrowmere", born="1/1/2030")

    assert (answer.status_code, "must be in the past" in answer.text) == (422, True)


def test_a_search_to_add_says_its_fault_and_keeps_what_was_typed(canary: Town) -> None:
    client = at_work(canary, ASHA)
    board = board_of(client, canary, ASHA)

    answer = client.send(f"{board}/add", name=PEOPLE["isolde"]["surname"], born="32/13/2020")

    assert answer.status_code == 422
    assert 'value="32/13/2020"' in answer.text


def test_one_s_own_list_says_how_many_it_holds_at_most_and_the_way_on(canary: Town) -> None:
    page = at_work(canary, ASHA).get("/families/mine")

    assert f"the newest {MOST_FAMILIES} at most" in page.text
    assert '<a class="govuk-link" href="/search">Find anybody else</a>' in page.text


def test_a_service_lead_has_no_list_of_families(canary: Town) -> None:
    assert at_work(canary, MARIE).get("/families/mine").status_code == 403

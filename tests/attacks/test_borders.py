"""What one session was led to opens nothing in another, and nothing once the audit is silent."""

import re

import pytest
from sqlalchemy import text

from tests.attacks.intruder import ASHA, CALLUM, HELEN, IMRAN, MARIE, SAM, Intruder, cards, hits
from tests.town import Town

EWAN = {"name": "Blake, Ewan", "born": "14/02/2017"}
_CHANGING = re.compile(r"[0-9a-f]{12,64}")


def led(browser: Intruder) -> list[str]:
    """Return the addresses a search, a choice, a board and a card were seen at."""
    search = browser.send("/search", **EWAN).location
    choice = next(iter(hits(browser.open(search)).values()))
    board = browser.board(choice, purpose="child_protection")
    return [search, f"{search}/change", choice, board, *cards(browser.open(board))]


@pytest.mark.parametrize("thief", ["", ASHA, CALLUM, MARIE, IMRAN, HELEN, SAM])
def test_another_sessions_references_open_nothing(town: Town, thief: str) -> None:
    addresses = led(Intruder(town, ASHA))
    other = Intruder(town, thief)

    answers = [other.open(address) for address in addresses]

    assert {answer.status_code for answer in answers} <= {303, 403, 404}
    assert not any("Ewan" in answer.text for answer in answers)


def test_nothing_is_shown_while_the_audit_cannot_be_written(town: Town) -> None:
    worker = Intruder(town, ASHA)
    addresses = [each for each in led(worker) if not each.endswith("/change")]
    deaf = "create trigger deaf before insert on audit_entry begin select raise(abort, 'no'); end"
    with town.database.writing() as connection:
        connection.execute(text(deaf))

    answers = [worker.open(address) for address in addresses]

    assert {answer.status_code for answer in answers} == {503}
    assert len({_CHANGING.sub("", answer.text) for answer in answers}) == 1

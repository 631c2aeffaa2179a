"""Whatever a service sends is shown as words, never as a page's own code."""

import pytest

from directory.domain.extracts import ExtractOutcome
from directory.domain.vocabulary import Service
from directory.operations import extracts
from directory.paths import SEED_DATA
from tests.attacks.intruder import ASHA, Intruder, cards, hits
from tests.town import AS_OF, Town

HOSTILE = b"<img src=x onerror=alert(7)>"
IVANA = {"name": "Ivana Wisniewska", "born": "20/08/1996"}


def unheard(_done: int, _total: int) -> None:
    """Tell nobody how far the extract is."""


@pytest.mark.parametrize(
    "planted", [b"Naomi Doyle", b"Housing officer", b"Eskelby Neighbourhood Team"]
)
def test_a_cell_of_html_is_shown_as_words(town: Town, planted: bytes) -> None:
    file = (SEED_DATA / "housing.csv").read_bytes().replace(planted, HOSTILE)
    report = extracts.take(
        town.ledger,
        town.operator(),
        file=file,
        service=Service.HOUSING,
        as_of=AS_OF,
        progress=unheard,
    )
    worker = Intruder(town, ASHA)
    (ivana,) = hits(worker.search(**IVANA)).values()
    board = worker.open(worker.board(ivana, purpose="child_protection"))

    shown = [board.text, *(worker.open(card).text for card in cards(board))]

    assert report.outcome is ExtractOutcome.TAKEN
    assert not any("<img src=x" in page for page in shown)
    assert any("&lt;img src=x" in page for page in shown)

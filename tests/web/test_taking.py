"""What was sent is taken beside the requests, and goes on after a fault."""

from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

from directory.operations.sent_folder import SentFolder
from directory.taking import Taking
from tests.operations.extracts_world import file_of, many
from tests.town import Town
from tests.web.canary import standing
from tests.web.sending_desk import lead_of

_PATIENCE_SECONDS = 20


def waited_for(town: Town, address: str, words: str) -> bool:
    """Return whether the page comes to say `words`."""
    client, end = lead_of(town).client, monotonic() + _PATIENCE_SECONDS
    while words not in client.get(address).text:
        if monotonic() > end:
            return False
        sleep(0.1)
    return True


def test_it_is_woken_by_what_is_sent_and_stops_when_told(tmp_path: Path) -> None:
    with standing(tmp_path / "council") as town:
        folder = SentFolder(town.settings.data / "sent")
        taking = Taking(town.ledger, folder, every=timedelta(hours=1), clock=town.clock)
        town.app.config["WAKE"] = taking.wake

        address = lead_of(town).send(file_of(*many(30))).location
        is_checked = waited_for(town, address, "Waits for you to take it")
        taking.stop()

    assert is_checked


def test_what_was_sent_before_it_began_is_found(tmp_path: Path) -> None:
    with standing(tmp_path / "council") as town:
        address = lead_of(town).send(file_of(*many(30))).location
        folder = SentFolder(town.settings.data / "sent")

        taking = Taking(town.ledger, folder, every=timedelta(hours=1), clock=town.clock)
        is_checked = waited_for(town, address, "Waits for you to take it")
        taking.stop()

    assert is_checked

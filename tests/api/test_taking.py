"""What programmes sent is taken in the background."""

from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

from directory.policy.permissions import Action
from directory.post import Post, keep_sweeping, take
from directory.settings import Settings
from tests.api.programmes import programme
from tests.api.test_sent_lines import JOSIE, KIT
from tests.town import Town

PATIENCE_SECONDS = 10


def waits(town: Town) -> bool:
    """Return whether anything that was sent is still to be taken."""
    return bool(town.ledger.senders_due(town.operator(), action=Action.EXTRACT_TAKE))


def sent(town: Town) -> None:
    """Send an involvement."""
    client = programme(town)
    client.put_json("practitioners/P-9", KIT)
    assert client.put_json("involvements/HSG/9001", JOSIE).status_code == 201


def test_what_was_sent_is_taken_soon(canary: Town, tmp_path: Path) -> None:
    sent(canary)
    post = Post(Settings(data=tmp_path))

    stop = keep_sweeping(canary.ledger, post, every=timedelta(milliseconds=20), clock=canary.clock)
    deadline = monotonic() + PATIENCE_SECONDS
    while waits(canary) and monotonic() < deadline:
        sleep(0.02)
    stop()

    assert not waits(canary)


def test_what_was_taken_is_taken_once(canary: Town) -> None:
    sent(canary)

    assert [take(canary.ledger, clock=canary.clock) for _ in range(2)] == [1, 0]

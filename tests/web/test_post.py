"""Letters become files or go to a relay; what cannot go stays, and goes later."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from typing_extensions import override

from directory.operations import letters
from directory.operations.letters import Letter
from directory.post import Post, keep_sweeping, sweep
from directory.settings import Settings
from tests.town import Town
from tests.web.test_restrictions_pairs import hide_isolde
from tests.web.walks import CALLUM, allow_all, browser


def missed(town: Town) -> None:
    """Hide Isolde, and let Callum search for her in vain."""
    hide_isolde(town)
    letters.take_letters(town.ledger, town.operator())  # that Asha said she works with her
    client = allow_all(browser(town.app, CALLUM))
    client.get(client.send("/search", name="Isolde Farrowmere").location)


def outbox(settings: Settings) -> list[Path]:
    """Return the letters that became files."""
    return sorted((settings.data / "outbox").glob("*.eml"))


@contextmanager
def relay() -> Iterator[tuple[str, list[bytes]]]:
    """Yield the address of a mail relay on this machine, and what it was sent."""
    took: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host, port = listening.getsockname()

        def serve() -> None:
            for _ in range(2):
                answer(listening.accept()[0], took)

        threading.Thread(target=serve, daemon=True).start()
        yield f"{host}:{port}", took


def answer(line: socket.socket, took: list[bytes]) -> None:
    """Speak enough of RFC 5321 to take one message."""
    with line, line.makefile("rb") as said:
        line.sendall(b"220 relay\r\n")
        for each in said:
            if each.upper().startswith(b"DATA"):
                line.sendall(b"354 go on\r\n")
                took.append(b"".join(iter(said.readline, b".\r\n")))
            line.sendall(b"221 bye\r\n" if each.upper().startswith(b"QUIT") else b"250 ok\r\n")
            if each.upper().startswith(b"QUIT"):
                return


def test_letters_become_files_that_name_nobody_who_is_protected(
    canary: Town, tmp_path: Path
) -> None:
    missed(canary)
    settings = Settings(data=tmp_path)

    went = sweep(canary.ledger, Post(settings), clock=canary.clock)

    files = outbox(settings)
    read = [message_from_bytes(each.read_bytes(), policy=default) for each in files]
    assert (went, len(files)) == (2, 2)
    assert {each["To"].partition("@")[0] for each in read} == {
        "una.lindqvist",
        "piotr.zielinski",
    }
    assert all("Callum Reid" in each.get_content() for each in read)
    assert not any(b"Isolde" in each.read_bytes() for each in files)
    assert {each.stat().st_mode & 0o777 for each in files} == {0o600}
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o700


def test_what_went_does_not_go_again(canary: Town, tmp_path: Path) -> None:
    missed(canary)
    post = Post(Settings(data=tmp_path))

    assert [sweep(canary.ledger, post, clock=canary.clock) for _ in range(2)] == [2, 0]


def test_a_relay_takes_the_letters(canary: Town, tmp_path: Path) -> None:
    missed(canary)
    with relay() as (address, took):
        settings = Settings(data=tmp_path, mail_relay=address, contact_email="d@council.example")

        went = sweep(canary.ledger, Post(settings), clock=canary.clock)

    assert (went, len(took), outbox(settings)) == (2, 2, [])
    assert all(b"From: d@council.example" in each for each in took)


def test_what_cannot_go_stays_and_goes_when_the_relay_is_back(canary: Town, tmp_path: Path) -> None:
    missed(canary)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = "{}:{}".format(*taken.getsockname())
    broken = Post(Settings(data=tmp_path, mail_relay=nobody))
    mended = Post(Settings(data=tmp_path))

    first = sweep(canary.ledger, broken, clock=canary.clock)
    canary.clock.at += timedelta(minutes=2)
    later = sweep(canary.ledger, mended, clock=canary.clock)

    assert (first, later) == (0, 3)  # and the letter that Asha works with her


def test_the_sweep_goes_on_in_the_background_until_it_is_stopped(
    canary: Town, tmp_path: Path
) -> None:
    missed(canary)
    came = threading.Event()

    class Counted(Post):
        """A post that says when a letter came."""

        @override
        def send(self, letter: Letter) -> None:
            super().send(letter)
            came.set()

    post = Counted(Settings(data=tmp_path))
    stop = keep_sweeping(canary.ledger, post, every=timedelta(milliseconds=20), clock=canary.clock)

    assert came.wait(timeout=10)
    stop()


@pytest.mark.parametrize("name", ["Isolde Farrowmere", "Zzyzx Quorra"])
def test_the_sweep_changes_no_byte_of_what_the_searcher_sees(
    name: str, canary: Town, tmp_path: Path
) -> None:
    missed(canary)
    client = allow_all(browser(canary.app, CALLUM))
    results = client.send("/search", name=name).location
    before = client.get(results).data

    sweep(canary.ledger, Post(Settings(data=tmp_path)), clock=canary.clock)

    assert client.get(results).data == before

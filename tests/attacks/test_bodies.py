"""What is too large or is no text is refused at the door, on either database."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from directory import demo
from directory.app import Means, build
from directory.demo import PASSWORD
from directory.store.engine import Database
from directory.wiring import open_ledger, working_holidays
from tests.attacks.intruder import Intruder
from tests.town import CHEAP, KEYS, MORNING, Clock, Town

_GIGABYTE = 1_000_000_000
_START_SECONDS = 20
_SERVE = """
import sys
from pathlib import Path
from flask import Flask
from directory import serving
from directory.settings import Settings
serving.serve(Flask("nothing"), Settings(port=int(sys.argv[1]), data=Path(sys.argv[2])))
"""


def on(database: Database) -> Town:
    settings, clock = demo.demonstration_settings({}), Clock(at=MORNING)
    ledger = open_ledger(database, KEYS)
    app = build(
        Means(
            ledger=ledger,
            settings=settings,
            passwords=CHEAP,
            csrf_key=KEYS.session,
            clock=clock,
            holidays=working_holidays(),
        )
    )
    return Town(app=app, ledger=ledger, database=database, clock=clock, settings=settings)


def test_an_e_mail_with_a_nul_in_it_is_nobodys(database: Database) -> None:
    visitor = Intruder(on(database))
    visitor.open("/sign-in")

    answer = visitor.send("/sign-in", email="a\x00@b.example", password=PASSWORD)

    assert answer.status_code == 400


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served() -> Iterator[int]:
    """Serve as in earnest in a process of its own, and yield its port."""
    port = free_port()
    with TemporaryDirectory() as data:
        command = [sys.executable, "-c", _SERVE, str(port), data]
        process = subprocess.Popen(command)  # noqa: S603 - our own words
        try:
            yield port
        finally:
            process.terminate()
            process.wait()


def connected(port: int) -> socket.socket:
    end = monotonic() + _START_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=2)
        except ConnectionRefusedError:
            assert monotonic() < end
            sleep(0.1)


def answer_to_the_head_of(size: int, port: int, *, path: str = "/sign-in") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {size}\r\n\r\n"
    with connected(port) as sender:
        sender.sendall(head.encode())
        try:
            return sender.recv(32)
        except TimeoutError:
            return b"none: it waits for the body"


def test_a_body_of_a_gigabyte_is_refused_unread() -> None:
    with served() as port:
        answer = answer_to_the_head_of(_GIGABYTE, port)

    assert b" 413 " in answer


def test_a_larger_body_is_let_in_at_one_address_alone_and_a_gigabyte_nowhere() -> None:
    with served() as port:
        elsewhere = answer_to_the_head_of(1_000_000, port, path="/extracts")
        there = answer_to_the_head_of(1_000_000, port, path="/extracts/send")
        too_large = answer_to_the_head_of(_GIGABYTE, port, path="/extracts/send")

    assert b" 413 " in elsewhere
    assert there == b"none: it waits for the body"
    assert b" 413 " in too_large

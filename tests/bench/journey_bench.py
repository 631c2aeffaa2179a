"""Measure the main job over HTTP with audit on, on the demonstration or a far larger town.

Run as `python -m tests.bench.journey_bench --families 75000 --into FOLDER`; it reports, and passes
or fails on nothing. The load comes from the same machine, so its cost is in the figures.
"""

import argparse
import csv
import http.client
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from directory import demo
from directory.domain.access import Access
from directory.domain.dates import MalformedDate, local_day, parse_day
from directory.domain.vocabulary import Role
from directory.operations.passwords import Passwords
from directory.store.engine import Database
from directory.store.schema import upgrade
from directory.web.access import system_clock
from directory.wiring import make_folder, make_keys, open_ledger
from tests.bench.open_loop import Clockings, send
from tests.bench.search_hostile import COUNT, hostile_names

_SETTLING_SECONDS = 10
"""How long after the start every process has read what searches are measured by."""

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_CHOOSE = re.compile(r'href="(/search/[0-9a-f-]{36}/[0-9a-f-]{36})"')
_CARD = re.compile(r'href="(/families/[0-9a-f-]{36}/[0-9a-f-]{36}/\w+)"')


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom a practitioner asks for."""

    name: str
    born: str


class Browser:
    """A signed-in user's browser, as far as a bench needs one."""

    def __init__(self, port: int) -> None:
        """Talk to the server on loopback `port`."""
        self._port = port
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """Return the page at `path`, or raise for anything but 200."""
        status, _, body = self._ask("GET", path, "")
        if status != http.client.OK:
            raise RuntimeError(f"GET {status}")
        return body

    def post(self, path: str, **fields: str) -> str:
        """Return where the form leads, or raise for anything but 303."""
        status, location, _ = self._ask("POST", path, urlencode(fields))
        if status != http.client.SEE_OTHER:
            raise RuntimeError(f"POST {status}")
        return location

    def try_search(self, token: str, box: str, text: str) -> str:
        """Type `text` into a box of the search, and return what was answered in the end."""
        fields = {"csrf_token": token, box: text}
        status, location, page = self._ask("POST", "/search", urlencode(fields))
        return self.get(location) if status == http.client.SEE_OTHER else f"{status} {page}"

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        location = answer.getheader("Location", "") or ""
        connection.close()
        return answer.status, location, text

    def token(self, path: str) -> str:
        """Return the token of the forms on `path`."""
        match = _TOKEN.search(self.get(path))
        if match is None:
            raise RuntimeError("no form")
        return match[1]

    def sign_in(self, email: str) -> str:
        """Sign in to the demonstration, and return the token of the session's forms."""
        token = self.token("/sign-in")
        self.post("/sign-in", csrf_token=token, email=email, password=demo.PASSWORD)
        return self.token("/search")


def known_people(folder: Path, most: int, seed: int) -> list[Known]:
    """Return people of the town, as school and housing know them."""
    with (folder / "school.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _is_day(row["date_of_birth"] or "")]
    chosen = random.Random(seed).sample(rows, min(most, len(rows)))
    return [Known(f"{r['surname']}, {r['forenames']}", r["date_of_birth"]) for r in chosen]


def _is_day(text: str) -> bool:
    """Return whether a practitioner could type the date as the extract has it."""
    try:
        parse_day(text)
    except MalformedDate:
        return False
    return True


def journey(browser: Browser, token: str, person: Known, clockings: Clockings) -> None:
    """Search, choose, give a purpose, see the board, open a card."""
    steps: list[str] = []
    with clockings.clocked("1 ask"):
        steps.append(browser.post("/search", csrf_token=token, name=person.name, born=person.born))
    if steps:
        with clockings.clocked("2 results"):
            steps.append(browser.get(steps[0]))
    chosen = _CHOOSE.search(steps[-1]) if len(steps) > 1 else None
    if chosen is None:
        return
    with clockings.clocked("3 choose"):
        try:
            browser.get(chosen[1])
        except RuntimeError:  # the purpose was given before: it leads to the board
            return
    boards: list[str] = []
    with clockings.clocked("4 purpose"):
        boards.append(browser.post(chosen[1], csrf_token=token, purpose="triage", reason="BENCH/1"))
    cards: list[str] = []
    for board in boards:
        with clockings.clocked("5 board"):
            cards += _CARD.findall(browser.get(board))[:1]
    for card in cards:
        with clockings.clocked("6 card"):
            browser.get(card)


def hostile(browser: Browser, token: str) -> None:
    """Print how long the worst that can be typed takes, until it is answered."""
    draw = random.Random(101)
    kinds = list(hostile_names(draw))
    clockings = Clockings()
    for number in range(COUNT):
        kind, forename, surname = kinds[number % len(kinds)]
        turn = number // len(kinds)
        told = (forename, surname, str(draw.randrange(90)) if turn % 3 else "")
        box, text = ("box", " ".join(told)) if turn % 2 else ("name", " ".join(told[:2]))
        with clockings.clocked(kind):
            browser.try_search(token, box, text)
    every = sorted(
        ((each, kind) for kind, times in clockings.seconds.items() for each in times), reverse=True
    )
    slowest = ", ".join(f"{each * 1000:.0f} ms ({kind})" for each, kind in every[:8])
    print(f"\n{COUNT} hostile searches, the slowest: {slowest}")
    print(f"  faults {len(clockings.faults)} {clockings.faults[:2]}")


def build(folder: Path, town: Path) -> None:
    """Load `town` into a new instance in `folder`, saying how fast each extract was taken."""
    make_folder(folder)
    keys = make_keys(folder)
    database = Database(f"sqlite:///{folder / 'directory.db'}")
    upgrade(database)
    ledger = open_ledger(database, keys)
    access = Access(at=system_clock(), role=Role.OPERATOR)
    today = local_day(access.at)
    for service, file in demo.set_up_town(ledger, access, town).items():
        for words in ("new", "known"):
            begun = time.perf_counter()
            as_of = today - timedelta(days=2 if words == "new" else 1)
            report = demo.take_file(ledger, access, service=service, file=file, as_of=as_of)
            taken = time.perf_counter() - begun
            rate = f"{report.lines / taken:9.0f} a second"
            print(f"{service:<24}{words:<6}{report.lines:>9} lines {taken:8.1f} s {rate}")
            _touch(file)
    demo.make_accounts(ledger, access, Passwords(), town)
    ledger.close()
    (folder / "demonstration-loaded").touch()


def _touch(file: Path) -> None:
    """Make the file another one with the same lines, so that every line is compared again."""
    with file.open("ab") as handle:
        handle.write(b"\r\n")


@contextmanager
def served(folder: Path, port: int, workers: int) -> Iterator[int]:
    """Serve the instance in `folder`, and yield the server's process id."""
    environment = {**os.environ, "DIRECTORY_DATA": str(folder), "DIRECTORY_PORT": str(port)}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "gunicorn", "--workers", str(workers), "--threads", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "directory.demo:served()"]
    with subprocess.Popen(command, env=environment) as server:  # noqa: S603 - our own server
        try:
            while True:
                try:
                    Browser(port).get("/healthz")
                    break
                except ConnectionError:
                    time.sleep(0.02)
            print(f"start-up {time.perf_counter() - begun:.2f} s")
            yield server.pid
        finally:
            server.terminate()


def memory(pid: int) -> list[int]:
    """Return the resident mebibytes of each worker of the server `pid`."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = []
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        match = re.search(r"VmRSS:\s+(\d+)", status)
        found.append(int(match[1]) // 1024 if match else 0)
    return found


def measure(folder: Path, town: Path, *, port: int, workers: int, seconds: float) -> None:
    """Print the latencies at 20 requests a second, then at rates up to where it breaks."""
    people = known_people(town, 20_000, seed=5)
    with served(folder, port, workers) as pid:
        browser = Browser(port)
        token = browser.sign_in(demo.account_in(Role.FRONT_DOOR, town))
        time.sleep(_SETTLING_SECONDS)
        hostile(browser, token)
        for requests in (20, 40, 80, 120, 160):
            clockings = Clockings()
            offset = random.Random(requests).randrange(len(people))

            def act(number: int, start: int = offset, into: Clockings = clockings) -> None:
                journey(browser, token, people[(start + number) % len(people)], into)

            lag = send(act, a_second=requests / 6, seconds=seconds, at_once=64)
            print(f"\n{requests} requests a second, {seconds:.0f} s; largest lag {lag:.2f} s")
            for kind, count, p50, p95, p99 in clockings.rows():
                print(f"  {kind:<12}{count:>6}  p50 {p50:7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f} ms")
            print(f"  faults {len(clockings.faults)} {clockings.faults[:2]}")
            if lag > 1 or clockings.faults:
                print("  it breaks here")
                break
        print(f"memory of each worker, MiB: {memory(pid)}")


def main() -> None:
    """Build if need be, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--town", type=Path, required=True, help="a folder of extracts")
    parser.add_argument("--into", type=Path, required=True, help="the instance's folder")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    if not (chosen.into / "demonstration-loaded").exists():
        # A copy: the files are touched so that their lines are taken again.
        build(chosen.into, shutil.copytree(chosen.town, chosen.into.with_name("town-touched")))
    size = (chosen.into / "directory.db").stat().st_size / 2**20
    print(f"{date.today()}, database {size:.0f} MiB, {chosen.workers} workers")  # noqa: DTZ011 - a bench says its own day
    measure(
        chosen.into, chosen.town, port=chosen.port, workers=chosen.workers, seconds=chosen.seconds
    )


if __name__ == "__main__":
    main()

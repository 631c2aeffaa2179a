"""Make every figure of docs/search.md, and write the page.

Run by `make search-figures`; each measurement is a process of its own, so that memory is its own.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.search_bench import SEEDS, told
from tests.bench.search_cluster import cluster, database
from tests.bench.search_page import Said, page
from tests.bench.search_population import TODAY
from tests.engines import POSTGRESQL, SQLITE

_PAGE = Path("docs/search.md")
_MARK = "## Figures\n"
_COMMAND = ("-c", "from directory.cli import main; main()", "search", "evaluate")
_SEED = "publishing"


class Bench:
    """Make files and measurements in one folder."""

    def __init__(self, options: argparse.Namespace, cluster_folder: Path | None) -> None:
        """Work as the options say; `cluster_folder` is PostgreSQL's, if it is to be measured."""
        self._options = options
        self._cluster = cluster_folder

    def files(self, population: str, people: int, queries: int) -> Path:
        """Return the folder with the files of a population, written now."""
        folder: Path = self._options.into / f"{population}-{people}"
        told(f"Writing {population}, {people:,} people")
        _run(
            *("-m", "tests.bench.search_files", "--population", population),
            *("--people", str(people), "--queries", str(queries), "--seed", _SEED),
            *("--libraries", str(self._options.libraries), "--into", str(folder)),
        )
        return folder

    def evaluated(self, folder: Path, engine: str, *, queries: str = "QUERIES") -> Said:
        """Return what `directory search evaluate` finds, as its JSON says it."""
        told(f"Evaluating {folder.name} on {engine}: {queries.lower()}")
        files = (str(folder / "PEOPLE.csv"), str(folder / f"{queries}.jsonl"))
        with self._address(engine) as address:
            chosen = ("--database", address) if address else ()
            day = f"{TODAY:%d/%m/%Y}"
            return _said(_run(*_COMMAND, *files, "--json", "--as-of", day, *chosen))

    def beside_its_peer(self, folder: Path, engine: str) -> Said:
        """Return the figures of the product and of the engine's peer, asked in turns."""
        told(f"In turns with the peer, {folder.name} on {engine}")
        files = (str(folder / "PEOPLE.csv"), str(folder / "QUERIES.jsonl"))
        with self._address(engine) as address:
            chosen = ("--database", address) if address else ()
            return _said(_run("-m", "tests.bench.search_peers", *files, *chosen))

    @contextmanager
    def _address(self, engine: str) -> Iterator[str]:
        if engine == SQLITE or self._cluster is None:
            yield ""
            return
        with database(self._cluster) as address:
            yield address


def _run(*words: str) -> str:
    """Return what a Python of its own prints."""
    ran = subprocess.run(  # noqa: S603 - our own words
        (sys.executable, *words), check=True, stdout=subprocess.PIPE, text=True
    )
    return ran.stdout


def _said(text: str) -> Said:
    said: Said = json.loads(text)
    return said


def measured(bench: Bench, options: argparse.Namespace) -> Iterator[dict[str, object]]:
    """Yield every measurement the page is made from: the smallest, then with each size more."""
    found: dict[str, object] = {"made": made(options)}
    for population in ("elsewhere", "febrl"):
        folder = bench.files(population, options.others, options.queries)
        found[population] = bench.evaluated(folder, SQLITE)
    town: dict[str, object] = {}
    for people in sorted(options.people):
        folder = bench.files("town", people, options.queries)
        town[str(people)] = {
            engine: {
                "evaluated": bench.evaluated(folder, engine),
                "hostile": bench.evaluated(folder, engine, queries="HOSTILE"),
                "peer": bench.beside_its_peer(folder, engine),
            }
            for engine in options.engines
        }
        yield found | {"town": town, "sizes": [int(each) for each in town]}


def made(options: argparse.Namespace) -> Mapping[str, object]:
    """Return when, from what and on what the figures are made: no host's name, no path."""
    return {
        "at": f"{datetime.now(UTC):%d %B %Y %H:%M} UTC",
        "commit": _commit(),
        "seed": SEEDS[_SEED],
        "queries": options.queries,
        "others": options.others,
        "machine": (
            f"{os.cpu_count()} cores ({_of_file('/proc/cpuinfo', 'model name')}),"
            f" {int(_of_file('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.0f} GiB,"
            f" {platform.system()} {platform.release().split('-')[0]},"
            f" Python {platform.python_version()}"
        ),
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def _commit() -> str:
    commit = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--", "directory", "tests/bench")
    return f"{commit} and changes not committed" if changed else commit


def _git(*words: str) -> str:
    ran = subprocess.run(("git", *words), check=True, capture_output=True, text=True)  # noqa: S603, S607 - git of the machine, our own words
    return ran.stdout.strip()


def _of_file(path: str, name: str) -> str:
    lines = Path(path).read_text("utf-8").splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith(name)), "0")


def written(found: Said, path: Path) -> None:
    """Write the page's figures anew; what stands above them stays."""
    before = path.read_text("utf-8").partition(f"\n{_MARK}")[0].rstrip()
    path.write_text(f"{before}\n\n{_MARK}{page(found)}", "utf-8")


def main(words: Sequence[str] | None = None) -> None:
    """Measure what the arguments ask for, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--others", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=6_200)
    parser.add_argument("--engines", nargs="+", choices=(SQLITE, POSTGRESQL), default=[SQLITE])
    parser.add_argument("--libraries", type=Path, default=Path("build/bench/libraries"))
    parser.add_argument("--into", type=Path, default=Path("build/bench/search"))
    parser.add_argument("--page", type=Path, default=_PAGE)
    parser.add_argument("--again", action="store_true", help="write the page from the last run")
    options = parser.parse_args(words)
    kept: Path = options.into / "figures.json"
    if not options.again:
        options.into.mkdir(parents=True, exist_ok=True)
        with cluster() if POSTGRESQL in options.engines else nullcontext() as folder:
            for found in measured(Bench(options, folder), options):
                kept.write_text(json.dumps(found, indent=1), "utf-8")
    written(_said(kept.read_text("utf-8")), options.page)
    told(f"Wrote {options.page}")


if __name__ == "__main__":
    main()

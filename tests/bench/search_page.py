"""Write the figures of docs/search.md from what was measured."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import inf
from typing import Any, NamedTuple

Said = Mapping[str, Any]
"""What a measurement said in JSON: numbers and texts by name, as deep as that goes."""

_LARGE = 1_000_000
_FEWEST_IN_A_BIN = 100
_MEGABYTE = 1_000_000
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


LEAST, MOST = "≥", "≤"


class Goal(NamedTuple):
    """Hold one goal of SEARCH: what it is, how it is read, and its bounds by size and engine."""

    words: str
    read: Callable[[Said], float | None]
    digits: int
    compared: str
    small: float | None
    large: float | None
    large_postgresql: float | None = None

    def bound(self, people: int, engine: str) -> float | None:
        """Return the goal for so many people on an engine, None where SEARCH sets none."""
        if people < _LARGE:
            return self.small if engine == "sqlite" else self._on_postgresql(self.small)
        return self.large if engine == "sqlite" else self._on_postgresql(self.large)

    def _on_postgresql(self, otherwise: float | None) -> float | None:
        return otherwise if self.large_postgresql is None else self.large_postgresql


def _whole(name: str) -> Callable[[Said], float | None]:
    return lambda said: said["evaluated"]["whole"][name]


def _latency(name: str) -> Callable[[Said], float | None]:
    return lambda said: said["evaluated"]["whole"]["latency_ms"][name]


def _shape(name: str) -> Callable[[Said], float | None]:
    return lambda said: said["evaluated"]["shapes"].get(name, {}).get("recall_at_5")


def _worst_bin(said: Said) -> float | None:
    return max(
        (
            abs(each["difference"])
            for each in said["evaluated"]["calibration"]
            if each["count"] >= _FEWEST_IN_A_BIN
        ),
        default=None,
    )


def _megabytes(said: Said) -> float:
    return float(said["evaluated"]["costs"]["disk"]["whole"]) / _MEGABYTE


GOALS = (
    Goal("Recall at 1", _whole("recall_at_1"), 3, LEAST, 0.935, 0.875),
    Goal("Recall at 5", _whole("recall_at_5"), 3, LEAST, 0.990, 0.955),
    Goal("Recall at 10", _whole("recall_at_10"), 3, LEAST, None, None),
    Goal("Mean reciprocal rank", _whole("mean_reciprocal_rank"), 3, LEAST, None, None),
    Goal("Name and date of birth, at 5", _shape("name birth"), 3, LEAST, 0.998, 0.998),
    Goal("NHS number, at 5", _shape("nhs"), 3, LEAST, 1.0, 1.0),
    Goal(
        "At most 5 equal fits, at 5",
        lambda said: said["evaluated"]["few_equals"]["recall_at_5"],
        3,
        LEAST,
        0.980,
        0.980,
    ),
    Goal("Truth never weighed", _whole("missed"), 4, MOST, 0.001, 0.001),
    Goal("People shown, mean", _whole("shown"), 2, MOST, 1.6, 1.6),
    Goal("Truth shown", _whole("truth_shown"), 3, LEAST, None, None),
    Goal("Strong but wrong", _whole("strong_wrong_share"), 4, MOST, 0.001, 0.001),
    Goal("Absent people called strong", _whole("absent_strong"), 4, MOST, 0.005, 0.005),
    Goal("Absent: somebody shown", _whole("absent_shown"), 3, MOST, None, None),
    Goal("Calibration, worst bin", _worst_bin, 3, MOST, 0.05, 0.05),
    Goal("Look-up p50, ms", _latency("p50"), 1, MOST, None, None),
    Goal("Look-up p95, ms", _latency("p95"), 1, MOST, 4, 10, 20),
    Goal("Look-up p99, ms", _latency("p99"), 1, MOST, None, 20),
    Goal(
        "Slowest of 500 hostile questions, ms",
        lambda said: said["hostile"]["whole"]["latency_ms"]["most"],
        0,
        MOST,
        300,
        300,
    ),
    Goal(
        "Build, s",
        lambda said: said["evaluated"]["costs"]["build_seconds"],
        0,
        MOST,
        None,
        60,
        inf,  # SEARCH sets none on PostgreSQL
    ),
    Goal("On disk, MB", _megabytes, 0, MOST, None, 300, 600),
    Goal(
        "Add one, p95, ms",
        lambda said: said["evaluated"]["costs"]["added"]["put_ms"]["p95"],
        2,
        MOST,
        1,
        1,
        5,
    ),
    Goal(
        "… with its commit, p95, ms",
        lambda said: said["evaluated"]["costs"]["added"]["with_commit_ms"]["p95"],
        2,
        MOST,
        None,
        None,
    ),
    Goal(
        "Memory of the process, peak, MB",
        lambda said: said["evaluated"]["costs"]["memory_peak"] / _MEGABYTE,
        0,
        MOST,
        None,
        None,
    ),
)


def _of_febrl_4(asked: str) -> Callable[[Said], float | None]:
    return lambda said: said["shapes"][f"febrl 4 {asked}"]["recall_at_5"]


FEBRL_GOALS = (
    Goal("name and date of birth", _of_febrl_4("name birth"), 4, LEAST, 0.985, None),
    Goal("the address as well", _of_febrl_4("name birth address"), 4, LEAST, 0.998, None),
)


def page(found: Said) -> str:
    """Return the part of the page that holds figures."""
    parts = (
        _made(found["made"]),
        _goals(found),
        _febrl(found["febrl"]),
        _elsewhere(found["elsewhere"], found["made"]["others"]),
        _peers(found),
        _detail(found),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _made(made: Said) -> Iterator[str]:
    yield (
        f"Written by `make search-figures` on {made['at']}, from commit {made['commit']}, seed"
        f" {made['seed']}: nothing was fitted or chosen on that seed. Each town is asked"
        f" {made['queries']:,} questions about people who are there, every kind of error equally"
        " often, and a third as many about people who are not; each measurement is a process of its"
        f" own. Machine: {made['machine']}, load {made['load']} at the start. A goal that is missed"
        " stands in bold with the goal beside it."
    )


def _goals(found: Said) -> Iterator[str]:
    columns = [
        (people, engine)
        for people, engine in product(found["sizes"], _NAMES)
        if engine in found["town"][str(people)]
    ]
    yield "### The goals"
    yield ""
    headings = [f"{_NAMES[engine]}, {people:,}" for people, engine in columns]
    yield from _table(
        ["", *headings],
        [
            [
                goal.words,
                *(
                    _judged(goal, found["town"][str(people)][engine], people, engine)
                    for people, engine in columns
                ),
            ]
            for goal in GOALS
        ],
    )
    yield ""
    yield f"Calibration: of bins with {_FEWEST_IN_A_BIN} questions or more."


def _judged(goal: Goal, said: Said, people: int, engine: str) -> str:
    return _compared(goal, goal.read(said), goal.bound(people, engine))


def _compared(goal: Goal, value: float | None, bound: float | None) -> str:
    """Return the value; one that misses the bound in bold, with the bound."""
    if value is None:
        return "–"
    shown = f"{value:.{goal.digits}f}"
    if bound is None:
        return shown
    is_met = value >= bound if goal.compared == LEAST else value <= bound
    return shown if is_met else f"**{shown}** (goal {goal.compared} {bound:g})"


def _febrl(said: Said) -> Iterator[str]:
    yield "### FEBRL 1 to 4, hidden among invented others"
    yield ""
    yield (
        f"{said['costs']['people']:,} people in all, SQLite. Lines are left as their makers spoilt"
        " them: some have no surname or no date. Its Australian postcodes are written in the form"
        " of British ones, digit for character."
    )
    yield ""
    yield from _table(
        ["FEBRL 4", "at 5"],
        [[goal.words, _compared(goal, goal.read(said), goal.small)] for goal in FEBRL_GOALS],
    )
    yield ""
    yield from _groups(said["shapes"], "set, what is asked")


def _elsewhere(said: Said, people: int) -> Iterator[str]:
    yield "### Names from elsewhere"
    yield ""
    yield (
        f"{people:,} people whose names come from the library Faker (British, Irish, Polish,"
        " Turkish, Pakistani, Indian, Yoruba, Algerian; Russian and Hindi transliterated), so"
        " from no list of ours; the same errors, SQLite."
    )
    yield ""
    yield from _groups({"all": said["whole"], **said["kinds"]}, "kind of error")


def _peers(found: Said) -> Iterator[str]:
    yield "### Beside its peers"
    yield ""
    yield (
        "Every question is put to both, in turns, in one process. FTS5: trigrams of names, date of"
        " birth and postcode, bm25, the first fifty named. pg_trgm: similarity of the name above"
        " its own threshold, raised by birth and postcode, everybody named. Recall here is of those"
        " named to a practitioner."
    )
    yield ""
    rows = []
    for people, engine in product(found["sizes"], _NAMES):
        said = found["town"][str(people)].get(engine)
        if said:
            ours, peer = said["peer"]["ours"], said["peer"]["peer"]
            rows.append(
                [
                    f"{'FTS5' if engine == 'sqlite' else 'pg_trgm'}, {people:,}",
                    *(f"{ours[each]:.3f} : {peer[each]:.3f}" for each in _RECALLS),
                    f"{ours['shown']:.1f} : {peer['shown']:.1f}",
                    *(
                        f"{ours[each]:.1f} : {peer[each]:.1f} = 1 : {peer[each] / ours[each]:.1f}"
                        for each in ("p50", "p95")
                    ),
                ]
            )
    headings = ["ours : the peer's", "at 1", "at 5", "shown", "p50 ms", "p95 ms"]
    yield from _table(headings, rows)


_RECALLS = ("recall_at_1", "recall_at_5")


def _detail(found: Said) -> Iterator[str]:
    people = max(found["sizes"])
    engine, said = next(iter(found["town"][str(people)].items()))
    evaluated = said["evaluated"]
    yield f"### In detail: {people:,} people on {_NAMES[engine]}"
    yield ""
    yield from _groups(evaluated["kinds"], "kind of error")
    yield ""
    yield from _groups(evaluated["shapes"], "what is asked")
    yield ""
    yield from _groups(evaluated["equal_fits"], "people who fit equally")
    yield ""
    yield from _table(
        ["probability of the first", "questions", "said", "was", "chance"],
        [
            [
                f"{each['low']:.2f} to {each['high']:.2f}",
                f"{each['count']:,}",
                f"{each['said']:.3f}",
                f"{each['was']:.3f}",
                f"± {each['error']:.3f}",
            ]
            for each in evaluated["calibration"]
        ],
    )
    disk = evaluated["costs"]["disk"]
    if disk["keys"] is not None:
        yield ""
        parts = (f"{name} {disk[name] / _MEGABYTE:.0f} MB" for name in ("keys", "features", "rest"))
        yield f"On disk: {', '.join(parts)}."


def _groups(groups: Said, heading: str) -> Iterator[str]:
    """Yield a table of the figures of each group."""
    yield from _table(
        [heading, "questions", "at 1", "at 5", "at 10", "shown", "truth shown", "strong", "missed"],
        [
            [
                name,
                f"{each['queries']:,}",
                *(_share(each[one]) for one in ("recall_at_1", "recall_at_5", "recall_at_10")),
                _share(each["shown" if each["present"] else "absent_people_shown"], 2),
                _share(each["truth_shown"]),
                _share(each["strong" if each["present"] else "absent_strong"]),
                _share(each["missed"], 4),
            ]
            for name, each in groups.items()
        ],
    )


def _share(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"

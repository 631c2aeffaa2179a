"""Tell what an evaluation found, as tables for people and as JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from directory.evaluation.evaluating import Costs, Evaluation, Made
from directory.evaluation.figures import FEW_EQUALS, Answered, Bin, Figures, Latency
from directory.evaluation.fresh import Sizes
from directory.search.weights_file import Provenance

_DIGITS = 6
_MEGABYTE = 1_000_000
_KEYS, _FEATURES = "key_posting", "person_feature"
_COLUMNS = ("n", "@1", "@5", "@10", "MRR", "shown", "truth", "strong", "wrong", "missed", "p95 ms")


def as_json(found: Evaluation) -> str:
    """Return everything that was found, shares as numbers from 0 to 1."""
    whole: dict[str, object] = asdict(found)
    whole["costs"] = asdict(found.costs) | {"disk": disk(found.costs.disk)}
    whole["calibration"] = [_bin(each) for each in found.calibration]
    whole["calibration_shown"] = [_bin(each) for each in found.calibration_shown]
    return json.dumps(_plain(whole), indent=2, ensure_ascii=False)


def disk(sizes: Sizes) -> dict[str, object]:
    """Return the bytes on disk: all in, keys, features, the rest, and each table's own."""
    keys = sum(size for name, size in sizes.tables.items() if name.startswith(_KEYS))
    features = sum(size for name, size in sizes.tables.items() if name.startswith(_FEATURES))
    return {
        "whole": sizes.whole,
        "keys": keys if sizes.tables else None,
        "features": features if sizes.tables else None,
        "rest": sizes.whole - keys - features if sizes.tables else None,
        "tables": dict(sizes.tables),
    }


def answers_as_lines(answers: Iterable[Answered]) -> Iterator[str]:
    """Yield one line of JSON for each question: how it was answered, and nothing of anybody."""
    for each in answers:
        yield json.dumps(
            {
                "line": each.asked.line,
                "kind": each.asked.kind,
                "shape": each.asked.shape,
                "present": each.asked.is_present,
                "ambiguity": each.asked.ambiguity,
                "place": each.place,
                "strength": str(each.strength),
                "shown": each.shown,
                "truth_shown": each.truth_shown,
                "said": round(each.said, _DIGITS),
                "milliseconds": round(each.milliseconds, 3),
            },
            ensure_ascii=False,
        )


def print_tables(found: Evaluation, console: Console) -> None:
    """Print everything that was found."""
    console.print(_facts(_said_of_made(found.made)))
    console.print(_facts(_said_of_whole(found)))
    console.print(_groups("Kind", found.kinds))
    console.print(_groups("Shape", found.shapes))
    console.print(_groups("Equal fits", found.equal_fits))
    console.print(_calibration("First of the ranking", found.calibration))
    console.print(_calibration("People shown", found.calibration_shown))
    console.print(_facts(_said_of_costs(found.costs)))


def print_training(provenance: Provenance, console: Console) -> None:
    """Print what training changed, on the half of the questions kept to judge by."""
    table = Table("On the half kept to judge by", "before", "after", box=None)
    for words, name in (
        ("Recall at 1", "recall_at_1"),
        ("Recall at 5", "recall_at_5"),
        ("Mean reciprocal rank", "mean_reciprocal_rank"),
        ("Surprise at who was meant, bits", "surprise_bits"),
        ("Strong but wrong", "strong_wrong"),
        ("Absent people called strong", "absent_strong"),
    ):
        before, after = (getattr(each, name) for each in (provenance.before, provenance.after))
        table.add_row(words, f"{before:.4f}", f"{after:.4f}")
    console.print(
        f"{provenance.fitted:,} questions fitted to, {provenance.held_out:,} kept to judge by,"
        f" seed {provenance.seed}"
    )
    console.print(table)


def _said_of_made(made: Made) -> list[tuple[str, str]]:
    return [
        ("Made", f"{made.at:%Y-%m-%d %H:%M} UTC by release {made.product} on {made.engine}"),
        ("Weights", made.weights),
        ("Ages as of", f"{made.as_of}"),
        ("People, lines refused", f"{made.people_refused:,}"),
        ("People, values left out", f"{made.people_values_left_out:,}"),
        ("Queries, lines refused", f"{made.queries_refused:,}"),
        ("Queries, values left out", f"{made.queries_values_left_out:,}"),
    ]


def _said_of_whole(found: Evaluation) -> list[tuple[str, str]]:
    whole = found.whole
    few = found.few_equals
    return [
        ("Questions: about somebody present, absent", f"{whole.present:,}, {whole.absent:,}"),
        ("Recall at 1", _share(whole.recall_at_1)),
        ("Recall at 5", _share(whole.recall_at_5)),
        ("Recall at 10", _share(whole.recall_at_10)),
        ("Mean reciprocal rank", _share(whole.mean_reciprocal_rank)),
        (f"At most {FEW_EQUALS} equal fits, recall at 5", _share(few.recall_at_5)),
        ("People shown, mean", _number(whole.shown)),
        ("Truth shown", _share(whole.truth_shown)),
        ("Truth never weighed", _share(whole.missed)),
        ("Called strong", _share(whole.strong)),
        ("Strong but wrong", f"{whole.strong_wrong:,} ({_share(whole.strong_wrong_share)})"),
        ("Refused as too many", _share(whole.too_many)),
        ("Answered by nobody", _share(whole.none)),
        ("Absent: somebody shown", _share(whole.absent_shown)),
        ("Absent: people shown, mean", _number(whole.absent_people_shown)),
        ("Absent: called strong", _share(whole.absent_strong)),
        ("Absent: refused as too many", _share(whole.absent_too_many)),
        ("Look-up, ms: p50, p95, p99, most", _latency(whole.latency_ms)),
    ]


def _said_of_costs(costs: Costs) -> list[tuple[str, str]]:
    sizes = disk(costs.disk)
    return [
        ("People indexed", f"{costs.people:,}"),
        ("Build", f"{costs.build_seconds:.1f} s, {costs.people_a_second:,.0f} people a second"),
        ("Reading the file; settling", f"{costs.read_seconds:.1f} s; {costs.settle_seconds:.1f} s"),
        ("First look-up of a process, more", f"{costs.opening_ms:.1f} ms"),
        ("Add one, ms: p50, p95, p99, most", _latency(costs.added.put_ms)),
        ("… with its commit", _latency(costs.added.with_commit_ms)),
        *(
            (f"On disk, {name}", _megabytes(sizes[name]))
            for name in ("whole", "keys", "features", "rest")
        ),
        ("Memory at the start", _megabytes(costs.memory_at_start)),
        ("Memory after the build, peak", _megabytes(costs.memory_after_build)),
        ("Memory in all, peak", _megabytes(costs.memory_peak)),
    ]


def _facts(facts: Sequence[tuple[str, str]]) -> Table:
    table = Table(show_header=False, box=None)
    for words, value in facts:
        table.add_row(words, Text(value))
    return table


def _groups(title: str, groups: Mapping[str, Figures]) -> Table:
    table = Table(box=None)
    for heading in (title, *_COLUMNS):
        table.add_column(heading, no_wrap=True)
    for name, each in groups.items():
        table.add_row(
            Text(name),
            f"{each.queries:,}",
            *(
                _share(value)
                for value in (
                    each.recall_at_1,
                    each.recall_at_5,
                    each.recall_at_10,
                    each.mean_reciprocal_rank,
                )
            ),
            _number(each.shown if each.present else each.absent_people_shown),
            _share(each.truth_shown),
            _share(each.strong if each.present else each.absent_strong),
            f"{each.strong_wrong}",
            _share(each.missed),
            f"{each.latency_ms.p95:.1f}" if each.latency_ms else "–",
        )
    return table


def _calibration(title: str, bins: Sequence[Bin]) -> Table:
    table = Table(title, "n", "said", "was", "too sure by", "chance", box=None)
    for each in bins:
        table.add_row(
            f"{each.low:.2f} to {each.high:.2f}",
            f"{each.count:,}",
            _share(each.said),
            _share(each.was),
            f"{each.difference:+.3f}",
            f"± {each.error:.3f}",
        )
    return table


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _latency(value: Latency | None) -> str:
    if value is None:
        return "–"
    return ", ".join(f"{each:.2f}" for each in (value.p50, value.p95, value.p99, value.most))


def _megabytes(value: object) -> str:
    return f"{value / _MEGABYTE:,.1f} MB" if isinstance(value, int) else "–"


def _bin(found: Bin) -> dict[str, object]:
    return asdict(found) | {"difference": found.difference, "error": found.error}


def _plain(value: object) -> object:
    """Return `value` as JSON has it, numbers rounded."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return round(value, _DIGITS)
    return value.isoformat() if isinstance(value, date | datetime) else value

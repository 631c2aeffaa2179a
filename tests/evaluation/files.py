"""Small files of people and questions, written for one test each."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from directory.evaluation.people_file import people_of
from directory.evaluation.queries_file import Labelled, queries_of
from directory.evaluation.remarks import Remarks
from directory.search.people import Searchable

AS_OF = date(2026, 3, 1)


def people_file(folder: Path, *lines: str) -> Path:
    """Return a file of these lines, the first of which names the columns."""
    path = folder / "PEOPLE.csv"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def queries_file(folder: Path, *lines: Mapping[str, object] | str) -> Path:
    """Return a file of these lines, texts as they are."""
    path = folder / "QUERIES.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{line}\n" for line in written), "utf-8")
    return path


def read_people(path: Path) -> tuple[list[Searchable], Remarks]:
    """Return the people of a file, and what was wrong with it."""
    remarks = Remarks()
    return list(people_of(path, remarks, lambda _: None)), remarks


def read_queries(path: Path) -> tuple[list[Labelled], Remarks]:
    """Return the questions of a file, and what was wrong with it."""
    remarks = Remarks()
    return list(queries_of(path, remarks, as_of=AS_OF)), remarks

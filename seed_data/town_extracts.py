"""Write one feed's extract to its file, line by line, with the lines to be refused among them."""

import csv
from datetime import date
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Self

from town_columns import Line
from town_faults import Fault, faults_for
from town_habits import Habits


class Extract:
    """An open extract; `refusals` lists the spoilt lines that were put into it."""

    def __init__(self, habits: Habits, folder: Path, as_of: date) -> None:
        """Open the file and write its header."""
        self.service = habits.service
        self._habits = habits
        self._as_of = as_of
        self._file = (folder / habits.file_name).open(
            "w", encoding=habits.encoding, newline="", errors="strict"
        )
        self._writer = csv.writer(self._file, lineterminator=habits.newline)
        self._writer.writerow(habits.columns)
        self._next_line = 2
        self._references = 0
        self._since_fault = 0
        self._faults = cycle(faults_for(habits))
        self._fault = next(self._faults)
        self.lines = 0
        self.refusals: list[Line] = []

    def __enter__(self) -> Self:
        """Return the open extract."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()

    def new_reference(self) -> str:
        """Return a reference that no other line of the file has."""
        self._references += 1
        return f"{self._habits.prefix}-{self._references:07d}"

    def write(self, line: Line) -> None:
        """Write a line and, when it is time and the line suits, a spoilt copy of it."""
        self._write(line, columns_left=None)
        self._since_fault += 1
        suits = self._fault.record in {"", line.get("record", "")}
        if suits and self._since_fault >= self._habits.fault_every:
            self._write_spoilt(line, self._fault)
            self._fault = next(self._faults)
            self._since_fault = 0

    def _write_spoilt(self, line: Line, fault: Fault) -> None:
        copy = dict(line)
        if line.get("source_reference"):
            copy["source_reference"] = self.new_reference()
        if line.get("family_role"):
            copy["family_role"] = "other"
        self.refusals.append(
            {
                "file": self._habits.file_name,
                "line": str(self._next_line),
                "source_reference": copy.get("source_reference", ""),
                "column": fault.column,
                "fault": fault.name,
            }
        )
        self._write(fault.spoil(copy, self._habits, self._as_of), columns_left=fault.columns_left)

    def _write(self, line: Line, *, columns_left: int | None) -> None:
        fields = [line.get(column, "") for column in self._habits.columns][:columns_left]
        self._writer.writerow(fields)
        self._next_line += 1 + sum(field.count("\n") for field in fields)
        self.lines += 1

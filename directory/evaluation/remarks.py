"""Gather what is wrong with a file that is read, without repeating what it says of anybody."""

from dataclasses import dataclass, field

from typing_extensions import override

_MOST_KEPT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Say what is wrong in one place of a file; an empty column means the whole line."""

    line: int
    column: str
    reason: str

    @override
    def __str__(self) -> str:
        """Return the remark as one line."""
        place = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{place}: {self.reason}"


@dataclass(slots=True, kw_only=True)
class Remarks:
    """Keep the first remarks on one file in words, and count all.

    `refused` counts lines that were not taken, `left_out` single values that were not; `unknown`
    names the columns or keys that were not understood.
    """

    refused: int = 0
    left_out: int = 0
    unknown: list[str] = field(default_factory=list)
    first: list[Remark] = field(default_factory=list)

    def refuse(self, line: int, reason: str, *, column: str = "") -> None:
        """Note that a whole line is not taken."""
        self.refused += 1
        self._keep(Remark(line=line, column=column, reason=f"{reason}; the line is not taken"))

    def leave_out(self, line: int, column: str, reason: str) -> None:
        """Note that one value of a line is not taken."""
        self.left_out += 1
        self._keep(Remark(line=line, column=column, reason=f"{reason}; left out"))

    def name_unknown(self, column: str) -> None:
        """Note once that a column is not understood."""
        if column not in self.unknown:
            self.unknown.append(column)

    def _keep(self, remark: Remark) -> None:
        if len(self.first) < _MOST_KEPT:
            self.first.append(remark)

"""Look through a workbook's parts before anything keeps them, and refuse what would not fit."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate  # nosec B407 - a DOCTYPE is refused
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - a class, spelt as one

from directory.operations.reading import Unreadable

MOST_UNPACKED_BYTES = 192 << 20
MOST_RATIO = 250
MOST_CELLS = 1_500_000
MOST_TEXT = 48 << 20
_MOST_PARTS = 500
_SMALL_BYTES = 1 << 20  # of a part as small as this no ratio is asked
_CHUNK_BYTES = 1 << 16
_ENCRYPTED = 1
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_STRINGS, _WORKBOOK = "xl/sharedstrings.xml", "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_READ = (".xml", ".rels")
_BROKEN = "is a workbook that is broken or was cut off: save it again, as XLSX or CSV"
_TOO_LARGE = "unpacks to more than an extract can hold: save it as CSV"


@dataclass(slots=True, kw_only=True)
class Part:
    """What one part of a workbook holds: how far its cells reach, and which rows are not whole.

    `unkept` are rows with a formula whose value was not kept, `failed` those with an error value.
    """

    rows: int = 0
    columns: int = 0
    text: int = 0
    unkept: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)


def looked_through(handle: BinaryIO) -> dict[str, Part]:
    """Return what each sheet of a workbook holds, by the sheet's name.

    Nothing is unpacked at once and nothing is kept; raise Unreadable where the workbook is broken,
    or would take more memory than an extract may.
    """
    try:
        with ZipFile(handle) as archive:
            return _sheets(archive, _checked(archive))
    except (BadZipFile, ExpatError, ZlibError, EOFError, NotImplementedError, ValueError):
        raise Unreadable(_BROKEN) from None


def _checked(archive: ZipFile) -> dict[str, ZipInfo]:
    """Return the parts by their names in small letters, as the archive's directory gives them."""
    listed = archive.infolist()
    parts = {each.filename.lower(): each for each in listed}
    if any(each.flag_bits & _ENCRYPTED for each in listed):
        raise Unreadable("is protected by a password: save it without one")
    if "xl/workbook.bin" in parts:
        raise Unreadable("is a binary workbook: save it as XLSX or CSV")
    if _WORKBOOK not in parts:
        raise Unreadable("is a ZIP file and no workbook: send the XLSX or CSV file itself")
    if any(name.endswith("vbaproject.bin") for name in parts):
        raise Unreadable("has macros: save it as XLSX without them, or as CSV")
    if len(parts) != len(listed) or len(listed) > _MOST_PARTS:
        raise Unreadable(_BROKEN)
    if sum(each.file_size for each in listed) > MOST_UNPACKED_BYTES or any(map(_swells, listed)):
        raise Unreadable(_TOO_LARGE)
    return parts


def _swells(part: ZipInfo) -> bool:
    large = part.file_size > _SMALL_BYTES
    return large and part.file_size > part.compress_size * MOST_RATIO


def _sheets(archive: ZipFile, parts: dict[str, ZipInfo]) -> dict[str, Part]:
    strings = _Strings()
    if _STRINGS in parts:
        _parse(archive, parts[_STRINGS], strings.start, strings.end, strings.hear)
    listed = _Listed()
    for name in (_WORKBOOK, _RELATIONS):
        if name not in parts:
            raise Unreadable(_BROKEN)
        _parse(archive, parts[name], listed.start, _ignore, _ignore)
    found = dict[str, Part]()
    for name, path in listed.paths():
        if path not in parts or not path.endswith(_READ):
            raise Unreadable(_BROKEN)
        cells = _Cells(strings.lengths)
        _parse(archive, parts[path], cells.start, cells.end, cells.hear)
        found[name] = cells.part
    if sum(each.text for each in found.values()) + sum(strings.lengths) > MOST_TEXT:
        raise Unreadable(_TOO_LARGE)
    return found


def _parse(
    archive: ZipFile,
    part: ZipInfo,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    hear: Callable[[str], None],
) -> None:
    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = hear
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK_BYTES):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by place
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by place


class _Strings:
    """Hears how long each of the texts is that sheets share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            self.lengths.append(0)

    def end(self, _name: str) -> None:
        """Hear nothing: a text ends where the next begins."""

    def hear(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Listed:
    """Hears which sheets a workbook lists, and in which part each is."""

    def __init__(self) -> None:
        self._sheets: list[tuple[str, str]] = []
        self._targets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            keys = [value for key, value in attributes.items() if _local(key) == "id"]
            self._sheets.append((attributes.get("name", ""), "".join(keys)))
        elif _local(name) == "Relationship":
            self._targets.append((attributes.get("Id", ""), attributes.get("Target", "")))

    def paths(self) -> Iterator[tuple[str, str]]:
        """Yield each sheet's name and path; what is named twice is nobody's, and is refused."""
        targets = dict(self._targets)
        names = {name for name, _ in self._sheets}
        if len(targets) != len(self._targets) or len(names) != len(self._sheets):
            raise Unreadable(_BROKEN)
        for name, key in self._sheets:
            target = targets.get(key, "").removeprefix("/").lower()
            yield name, target if target.startswith("xl/") else f"xl/{target}"


class _Cells:
    """Hears how far a sheet's cells reach, how much they say, and which say nothing."""

    def __init__(self, shared: list[int]) -> None:
        self.part = Part()
        self._shared = shared
        self._row = self._column = 0
        self._kind, self._value = "", ""
        self._is_formula, self._is_heard, self._has_text = False, False, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._begin(attributes)
        elif local == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._column = 0
        elif local == "f":
            self._is_formula = True
        elif local in {"v", "t"}:
            self._is_heard = True

    def end(self, name: str) -> None:
        local = _local(name)
        if local in {"v", "t"}:
            self._is_heard = False
        elif local == "c":
            self._finish()

    def hear(self, text: str) -> None:
        if self._is_heard:
            self._has_text = True
            self.part.text += len(text)
            if self._kind == "s" and len(self._value) < _MOST_DIGITS:
                self._value += text

    def _begin(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            found = _PLACE.fullmatch(place.upper())
            if found is None:
                raise Unreadable(_BROKEN)
            self._column, self._row = _column(found[1]), int(found[2])
        self._kind, self._value = attributes.get("t", ""), ""
        self._is_formula, self._has_text = False, False

    def _finish(self) -> None:
        part = self.part
        if self._is_formula and not self._has_text and self._kind != "str":
            part.unkept.add(self._row)
        if self._kind == "e":
            part.failed.add(self._row)
        if not self._has_text and not self._is_formula:
            return
        part.rows, part.columns = max(part.rows, self._row), max(part.columns, self._column)
        if self._value:
            part.text += self._shared[int(self._value)] if self._is_shared() else 0
        if part.rows * part.columns > MOST_CELLS or part.text > MOST_TEXT:
            raise Unreadable(_TOO_LARGE)

    def _is_shared(self) -> bool:
        if int(self._value) < len(self._shared):
            return True
        raise Unreadable(_BROKEN)


_MOST_DIGITS = 9


def _column(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("A") + 1
    return number


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _ignore(*_heard: object) -> None:
    """Hear nothing."""


def _refuse_doctype(*_declared: object) -> None:
    raise Unreadable(_BROKEN)

"""Sixty files that are no extract, each with the words that say so to whoever sent it."""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from directory.operations.reading import MOST_LINE_BYTES
from tests.operations.extracts_world import Cells, file_of, line, many
from tests.operations.workbook_files import (
    Sheet,
    changed,
    parts_of,
    rows_of,
    sheets_of,
    workbook_of,
    zipped,
)

LINES = 40
_SHEET = "xl/worksheets/sheet2.xml"
_HEADER = ",".join(line()).encode()
_ROOT = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>'
_NOTES = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@cache
def good() -> bytes:
    """Return a file of LINES good lines."""
    return file_of(*lines())


@cache
def book() -> bytes:
    """Return the same lines as a workbook."""
    return workbook_of(*lines())


def lines() -> Sequence[Cells]:
    """Return the good lines."""
    return many(LINES)


def _texts() -> dict[str, tuple[bytes, str]]:
    file = good()
    return {
        "nothing": (b"", "is empty"),
        "blank lines": (b"\n \n,,,\n", "is empty"),
        "a mark and nothing": (b"\xef\xbb\xbf", "is empty"),
        "a header alone": (_HEADER + b"\n", "has a header and no lines"),
        "half a file": (file[: len(file) // 2], "braked"),
        "its first kilobyte": (file[:1024], "stopped"),
        "UTF-16": (file.decode().encode("utf-16"), "is in UTF-16"),
        "UTF-16, the other way round": (b"\xfe\xff" + file.decode().encode("utf-16-be"), "UTF-16"),
        "UTF-16 without its mark": (file.decode().encode("utf-16-le"), "has a NUL byte"),
        "UTF-32": (file.decode().encode("utf-32-be"), "has a NUL byte"),
        "EBCDIC": (file.decode().encode("cp500"), "has no header"),
        "a mark twice": (b"\xef\xbb\xbf" * 2 + file, "is missing from the header"),
        "a NUL inside": (file.replace(b"Mill", b"Mi\0ll") + b"\0", "has a NUL byte"),
        "NULs at its end": (file + bytes(4096), "has a NUL byte"),
        "CR alone": (file.replace(b"\n", b"\r"), "ends its lines in CR alone"),
        "semicolons": (file.replace(b",", b";"), "has no header with the columns"),
        "tabs": (file.replace(b",", b"\t"), "has no header with the columns"),
        "no header": (file.split(b"\n", 1)[1], "has no header with the columns"),
        "a title above": (b"Extract of May\n" + file, "has no header with the columns"),
        "a quotation mark that stays open": (b'"' + file, "has a quotation mark"),
        "a header without an end": (b"a" * (MOST_LINE_BYTES + 9), "is longer than"),
        "a header of no encoding": (b"\x81" + file, "neither UTF-8 nor Windows-1252"),
        "lines of no encoding": (file.replace(b"TEN/", b"\x81TEN/"), "neither UTF-8 nor"),
        "a column missing": (file.replace(b"surname,", b"last,", 1), "is missing from the header"),
        "a column twice": (file.replace(b"known_as", b"surname", 1), "stands in the header twice"),
        "a column never held": (file.replace(b"known_as", b"risk_level", 1), "never held"),
        "300 columns": (_widened(file, 300), "has 300 columns"),
        "a field too many": (file.replace(b"TEN/", b"a,TEN/"), "fields where the header has"),
        "line ends inside values": (file.replace(b",14", b',"1\n4"'), "line"),
        "formulae for references": (file.replace(b"TEN/", b"=1+"), "must be 1 to 40 letters"),
        "lines without an end": (file.replace(b"NX", b"N" * MOST_LINE_BYTES + b"X"), "longer than"),
        "one reference for all": (_alike(file), "stands in an earlier line"),
    }


def _foreign() -> dict[str, tuple[bytes, str]]:
    file = good()
    return {
        "gzip": (gzip.compress(file), "is compressed"),
        "a PDF": (b"%PDF-1.7\n" + file, "is a PDF"),
        "a page of HTML": (b"<!doctype html><title>Sign in</title>\n", "has no header"),
        "JSON": (json.dumps([dict(each) for each in lines()]).encode(), "has no header"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "has a NUL byte"),
        "an old or locked workbook": (_NOTES, "is an old workbook, or one with a password"),
    }


def _books() -> dict[str, tuple[bytes, str]]:
    whole, parts = book(), parts_of(book())
    empty = parts["xl/workbook.xml"]
    return {
        "a workbook's first bytes": (b"PK\x03\x04" + good(), "broken or was cut off"),
        "half a workbook": (whole[: len(whole) // 2], "broken or was cut off"),
        "a zipped file": (zipped({"list.csv": good()}), "is a ZIP file and no workbook"),
        "a letter": (zipped({"word/document.xml": b"<a/>"}), "is a ZIP file and no workbook"),
        "a binary workbook": (zipped({"xl/workbook.bin": b"a"}), "is a binary workbook"),
        "macros": (zipped({**parts, "xl/vbaProject.bin": b"a"}), "has macros"),
        "a locked archive": (_locked(whole), "is protected by a password"),
        "a bomb of one part": (zipped({**parts, "xl/a.xml": bytes(2 << 20)}), "unpacks to more"),
        "a bomb of its sizes": (_claiming(whole, 1 << 30), "unpacks to more"),
        "a part that is longer than it says": (_claiming(whole, 50), "broken or was cut off"),
        "too many parts": (zipped(parts | _blanks(600)), "broken or was cut off"),
        "entities": (_put(parts, _ROOT + parts[_SHEET]), "broken or was cut off"),
        "a sheet that is no XML": (_put(parts, b"<worksheet><sheetData>"), "broken or was cut"),
        "a cell at the far end": (_placed(whole, b"XFD1048576"), "unpacks to more"),
        "a cell nowhere": (_placed(whole, b"A0"), "broken or was cut off"),
        "a text that many cells share": (_shared(parts, 40_000, 2_000), "unpacks to more"),
        "a text that is not there": (_shared(parts, 1, 1, first=7), "broken or was cut off"),
        "a sheet that is not there": (
            zipped({name: each for name, each in parts.items() if name != _SHEET}),
            "broken or was cut off",
        ),
        "a sheet listed twice": (
            zipped({**parts, "xl/workbook.xml": empty.replace(b"Notes", b"List 0")}),
            "broken or was cut off",
        ),
        "a workbook without its list": (
            zipped({name: each for name, each in parts.items() if "workbook.xml.rels" not in name}),
            "broken or was cut off",
        ),
    }


def _sheets() -> dict[str, tuple[bytes, str]]:
    return {
        "an empty workbook": (sheets_of([]), "is empty"),
        "a hidden sheet alone": (sheets_of(rows_of(*lines()), hidden=1), "is empty"),
        "two sheets with lines": (
            sheets_of(rows_of(*lines()[:20]), rows_of(*lines()[20:])),
            "has several sheets with lines",
        ),
        "a sheet with a header alone": (sheets_of([tuple(line())]), "has a header and no lines"),
        "a sheet with a title above": (_spoilt(_titled), "has no header with the columns"),
        "a merged header": (_spoilt(lambda sheet: sheet.merge_cells("B1:C1")), "are merged"),
        "merged cells": (_spoilt(lambda sheet: sheet.merge_cells("C2:C30")), "are merged"),
        "formulae whose values were not kept": (_spoilt(_calculated), "whose value was not kept"),
        "error values": (_spoilt(_failed), "shows an error instead of a value"),
        "a sheet of 300 columns": (_spoilt(_wide), "has 300 columns"),
        "moments for days": (_spoilt(_timed), "must be a day such as"),
    }


@cache
def malformed() -> dict[str, tuple[bytes, str]]:
    """Return each file by what is wrong with it, with words that its report must say."""
    return {**_texts(), **_foreign(), **_books(), **_sheets()}


def _widened(file: bytes, columns: int) -> bytes:
    more = columns - len(line())
    header, rest = file.split(b"\n", 1)
    names = b"".join(b",extra %d" % number for number in range(more))
    return header + names + b"\n" + rest.replace(b"\n", b"," * more + b"\n")


def _alike(file: bytes) -> bytes:
    header, *rest = file.splitlines()
    return b"\n".join([header, *(b"TEN/1," + each.split(b",", 1)[1] for each in rest)])


def _blanks(count: int) -> dict[str, bytes]:
    return {f"xl/blank{number}.xml": b"<a/>" for number in range(count)}


def _put(parts: dict[str, bytes], sheet: bytes) -> bytes:
    return zipped({**parts, _SHEET: sheet})


def _placed(whole: bytes, place: bytes) -> bytes:
    return changed(whole, _SHEET, b'r="A41"', b'r="' + place + b'"')


def _shared(parts: dict[str, bytes], length: int, cells: int, *, first: int = 0) -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (each, each, first)
        for each in range(1, cells + 1)
    )
    text = b"<sst><si><t>" + bytes(range(97, 123)) * (length // 26 + 1) + b"</t></si></sst>"
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    return zipped({**parts, _SHEET: sheet, "xl/sharedStrings.xml": text})


def _locked(whole: bytes) -> bytes:
    """Return the archive with every part marked as encrypted, in its directory."""
    return _patched(whole, 8, "<H", 1)


def _claiming(whole: bytes, size: int) -> bytes:
    """Return the archive whose directory says that its second sheet has another size."""
    return _patched(whole, 24, "<I", size, name=_SHEET.encode())


def _patched(whole: bytes, offset: int, form: str, value: int, *, name: bytes = b"") -> bytes:
    patched = bytearray(whole)
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        if whole[at + 46 :].startswith(name):
            struct.pack_into(form, patched, at + offset, value)
        at = whole.find(b"PK\x01\x02", at + 4)
    assert zipfile.is_zipfile(io.BytesIO(bytes(patched)))
    return bytes(patched)


def _spoilt(spoil: Callable[[Sheet], Any]) -> bytes:
    return workbook_of(*lines(), spoil=spoil)


def _titled(sheet: Sheet) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "Extract of May"


def _calculated(sheet: Sheet) -> None:
    for row in range(2, LINES + 2):
        sheet[f"A{row}"] = f'="TEN/"&{row}'


def _failed(sheet: Sheet) -> None:
    for row in range(2, LINES + 2):
        sheet[f"A{row}"] = "#N/A"


def _wide(sheet: Sheet) -> None:
    for column in range(len(line()) + 1, 301):
        sheet.cell(row=1, column=column, value=f"extra {column}")


def _timed(sheet: Sheet) -> None:
    for row in range(2, LINES + 2):
        sheet[f"G{row}"] = "1993-08-21T13:00:00"

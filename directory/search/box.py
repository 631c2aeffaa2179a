"""Tidy what is typed or pasted into the one box before it is read."""

import re
import unicodedata

_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u02bb\u00b4\u0060", "'"))
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_LINES = re.compile(r"[\r\n\v\f\x85\u2028\u2029;|·•]+")
_WILDCARDS = re.compile(r"[*?%]+")
_JUNK = re.compile(r"[\x00-\x09\x0e-\x1f\x7f\"“”„«»<>\\_ ]+")


def tidied(text: str) -> str:
    """Return `text` in composed letters and plain quotes, spaces and lines; wildcards are left out.

    Marks that are not seen (zero width, direction, soft hyphens) are left out; whatever parts
    one thing from another in an e-mail (a line, a semicolon, a dot) becomes a line.
    """
    lines = _LINES.sub("\n", text)
    plain = unicodedata.normalize("NFKC", lines.translate(_QUOTES).translate(_DASHES))
    seen = "".join(each for each in plain if unicodedata.category(each) not in {"Cf", "Cs", "Co"})
    spaced = "".join(" " if each != "\n" and each.isspace() else each for each in seen)
    return _JUNK.sub(" ", _WILDCARDS.sub("", spaced.translate(_QUOTES).translate(_DASHES)))

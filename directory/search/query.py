"""Read the one box: a name, a date or age, an address, a number, in any order, as pasted."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from directory.search.box import tidied
from directory.search.box_parts import PARTS, POSTCODE_MARK, Known
from directory.search.names import LONGEST_FIELD, MOST_WORDS, words
from directory.search.people import Query

LONGEST_TEXT = 400
"""Characters of the box that are read."""

_LABEL = re.compile(
    r"\b(?:date of birth|d\.?o\.?b\.?|born|age|address|post ?code|nhs(?: (?:no\.?|number))?|upn"
    r"|tel|telephone|phone|mobile|mob|(?:case )?(?:ref|reference|no\.?|number)|case)\s*:",
    re.ASCII | re.IGNORECASE,
)
_SURNAMED = r"(?P<surname>surname|last name|family name)"
_NAMED = r"(?:full |first |fore|given |child's |client )?names?"
_NAME_LINE = re.compile(
    rf" *(?:(?:{_SURNAMED}|{_NAMED}) *[:=]|name |(?P<alone>surname) ) *", re.ASCII | re.IGNORECASE
)
_NAME_CALLED = re.compile(rf"(?<!\S)(?:{_NAMED}|surname|last name) *:", re.ASCII | re.IGNORECASE)
_WORD = re.compile(r"[^\s,]+|,")
_AROUND = "()[]{}!#&=+/~^:.-'$£@"
_BETWEEN_NAMES = frozenset({"aka", "nee", "née"})
_RELATIVES = "baby's brother child's dad daughter's father mother mum sister son's"
_SAID = "about aged and at boy born female find for from girl is lives living looking male near"
_MORE_SAID = "of on please search the unknown who with dob d.o.b nhs upn postcode address"
_SAID_OF_SOMEBODY = frozenset(" ".join((_RELATIVES, _SAID, _MORE_SAID)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold the query that a text puts, and the words that could not be understood.

    `references` are the words that may be a service's own reference for somebody; whose, the text
    does not say. Every word with a letter or a digit is in the query, in these or in `unread`, but
    for the names of fields and the words that stand between names (née, aka).
    """

    query: Query
    references: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Names:
    """Hold the words of the name as they are met, and those that are of none.

    `is_told` says that something else is asked too: then words said of somebody are no name.
    """

    is_told: bool
    surname: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def reading(text: str, *, as_of: date) -> Reading:
    """Return what `text` asks; wildcards are left out and nothing typed is ever an error.

    A date is day first, its year in four digits. Without a comma nobody knows which word is the
    surname; "Blake, Ewan" says it.
    """
    rest = tidied(text[:LONGEST_TEXT])
    known = Known(query=Query(as_of=as_of))
    for pattern, put in PARTS:
        for match in pattern.finditer(rest):
            more = put(known, match)
            if more is not None:
                mark = POSTCODE_MARK if more.query.postcode != known.query.postcode else ""
                gap = f"\n{mark}".ljust(len(match[0]), "\n")
                rest = rest[: match.start()] + gap + rest[match.end() :]
                known = more
    rest = _NAME_CALLED.sub(r"\n\g<0>", _LABEL.sub("\n", rest).replace(POSTCODE_MARK, ""))
    names = _Names(is_told=known != Known(query=Query(as_of=as_of)))
    _take_lines(rest.splitlines(), names)
    query, left = _named(known.query, names)
    return Reading(
        query=query, references=known.references, unread=(*known.unread, *names.unread, *left)
    )


def _take_lines(lines: list[str], found: _Names) -> None:
    """Add the names in `lines`: those of the lines that are called names, if any is."""
    called = [(_NAME_LINE.match(line), line) for line in lines]
    bare = [(match, line[match.end() :] if match else line) for match, line in called]
    is_called = any(match for match, _ in bare)
    found.is_told |= any(_tells(word) for _, line in bare for word in _WORD.findall(line))
    for match, line in bare:
        spoken = _spoken(line, found)
        if is_called and match is None:
            found.unread += [word for word in spoken if word != ","]
        elif match and (match["surname"] or match["alone"]) and not found.surname:
            found.surname += [word for word in spoken if word != ","]
        else:
            _take(spoken, found)


def _take(spoken: list[str], found: _Names) -> None:
    """Add the words of one line, before the comma the surname, if there is a comma between."""
    inside = " ".join(spoken).strip(", ").split()
    if "," in inside and not found.surname:
        comma = inside.index(",")
        found.surname += inside[:comma]
        inside = inside[comma:]
    found.others += [word for word in inside if word != ","]


def _spoken(line: str, found: _Names) -> list[str]:
    """Return the words of a name in `line`, commas among them; the others are unread."""
    kept: list[str] = []
    for word in map(_bare, _WORD.findall(line)):
        if word == "," or _tells(word) or (_is_name(word) and not found.is_told):
            kept.append(word)
        elif any(map(str.isalnum, word)):
            found.unread.append(word)
    return kept


def _bare(word: str) -> str:
    """Return `word` without what stands around it; a comma is a word."""
    return word if word == "," else word.strip(_AROUND)


def _tells(word: str) -> bool:
    """Return whether `word` is a name, and not only said of somebody."""
    bare = _bare(word)
    return _is_name(bare) and bare.lower() not in _SAID_OF_SOMEBODY


def _is_name(word: str) -> bool:
    """Return whether a word may be of a name."""
    return not any(map(str.isdigit, word)) and bool(words(word))


def _named(query: Query, names: _Names) -> tuple[Query, tuple[str, ...]]:
    """Return `query` with the name, as much of it as the index reads, and the rest of the words."""
    last = len(names.surname) + len(names.others) - 1
    placed = enumerate((*names.surname, *names.others))
    every = [
        (place, word)
        for place, word in placed
        if place in {0, last} or word.lower() not in _BETWEEN_NAMES
    ]
    kept = every[: _readable([word for _, word in every])]
    left = tuple(word for _, word in every[len(kept) :])
    surname = [word for place, word in kept if place < len(names.surname)]
    others = [word for place, word in kept if place >= len(names.surname)]
    if names.surname:
        return replace(query, surname=" ".join(surname), forenames=" ".join(others)), left
    query = replace(query, forenames=" ".join(others[:-1]), surname=" ".join(others[-1:]))
    return replace(query, names_in_any_order=bool(others)), left


def _readable(names: list[str]) -> int:
    """Return how many of `names` the index reads."""
    for count in range(len(names), 0, -1):
        text = " ".join(names[:count])
        if len(text) <= LONGEST_FIELD and len(re.findall(r"[^\W_]+", text)) <= MOST_WORDS:
            return count
    return 0

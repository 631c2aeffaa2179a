"""A search as its session keeps it: what was sought, and which references were found."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from directory.domain.access import NotFound
from directory.domain.looking import Matches, Sought


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What was sought, and what was found once it has been looked up."""

    sought: Sought
    matches: Matches | None


_ADAPTER = TypeAdapter(LookedUp)


def write(looked_up: LookedUp) -> str:
    """Return `looked_up` as text, to be sealed."""
    return _ADAPTER.dump_json(looked_up).decode()


def read(text: str) -> LookedUp:
    """Return what `write` wrote, or raise NotFound for anything else a session set aside."""
    try:
        return _ADAPTER.validate_json(text)
    except ValueError:
        raise NotFound from None

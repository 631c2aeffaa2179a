"""One service's answer as a page shows it, with the line that is answered now."""

from dataclasses import dataclass

from directory.policy.disclosed import DisclosedLine
from directory.web.hours import closed_hours
from directory.web.pages import Shown
from directory.web.phones import Phone, answered_now


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView(Shown):
    """One service's answer with the line to ring and the way to its card, empty for none.

    `also` and `also_before` name the other members it is or was involved with.
    """

    line: DisclosedLine
    ring: Phone | None
    href: str
    also: tuple[str, ...] = ()
    also_before: tuple[str, ...] = ()


def line_view(line: DisclosedLine, *, href: str) -> LineView:
    """Return `line` with the number that is answered at the moment of this request."""
    ring = answered_now(line.common_line, line.out_of_hours_line, closed=closed_hours())
    return LineView(line=line, ring=ring, href=href)

"""One request's visit: its moment, and who has been recognised so far."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g  # noqa: TID251 - the one place a request's own value is kept

from directory.domain.access import Access
from directory.domain.accounts import Account, Session


@dataclass(slots=True, kw_only=True)
class Visit:
    """What is known of the one who sent this request; it grows as the guard recognises them."""

    at: datetime
    session: Session | None = None
    account: Account | None = None
    access: Access | None = None
    mark: str = ""  # an anonymous browser's mark, made for its first form


def current_visit() -> Visit:
    """Return this request's visit, begun at the moment it is first asked for."""
    if "visit" not in g:
        g.visit = Visit(at=current_app.config["CLOCK"]())
    visit = g.visit
    if not isinstance(visit, Visit):
        raise TypeError("the visit was replaced")
    return visit

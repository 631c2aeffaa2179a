"""Read what a practitioner types in the one box."""

from dataclasses import fields, replace

from directory.domain.looking import Sought
from directory.ledger.indexing import sought_in


def read_box(text: str, *, beside: Sought) -> Sought:
    """Return what `text` asks and what is given `beside` it, box by box, which goes before.

    What stands in both and differs is named among the words that are not searched by.
    """
    found = sought_in(text)
    empty = Sought()
    given = {
        each.name: getattr(beside, each.name)
        for each in fields(Sought)
        if getattr(beside, each.name) != getattr(empty, each.name)
    }
    if beside.birth or beside.birth_year:
        given |= {part: getattr(beside, part) for part in ("birth", "birth_year", "birth_month")}
    if beside.age is not None:
        given["age_is_about"] = beside.age_is_about
    put_aside = tuple(
        str(getattr(found, part))
        for part in ("name", "birth", "birth_year", "age", "postcode", "nhs_number")
        if part in given and getattr(found, part) not in {None, "", given[part]}
    )
    return replace(found, **given, unread=(*found.unread, *put_aside))

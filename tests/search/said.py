"""Say what was read from the one box in the plain words of the page."""

from directory.search.query import Reading

YEAR = "January February March April May June July August September October November December"
MONTHS = YEAR.split()
LABELS = {"nhs_number": "NHS number", "upn": "UPN"}


def said(found: Reading) -> str:
    """Return what `found` asks, as one may type it again."""
    query = found.query
    if query.names_in_any_order:
        name = f"name {query.forenames} {query.surname}".replace("  ", " ")
    elif query.forenames:
        name = f"name {query.surname}, {query.forenames}"
    else:
        name = f"surname {query.surname}" if query.surname else ""
    born = ""
    if query.birth:
        born = f"born {query.birth.day} {MONTHS[query.birth.month - 1]} {query.birth.year}"
    elif query.birth_year:
        month = f"{MONTHS[query.birth_month - 1]} " if query.birth_month else ""
        born = f"born {month}{query.birth_year}"
    about = "about " if query.age_is_about else ""
    parts = (
        name,
        born,
        f"aged {about}{query.age}" if query.age is not None else "",
        f"address {query.house} {query.street}" if query.street else "",
        f"postcode {query.postcode}" if query.postcode else "",
        *(f"{LABELS[kind]} {value}" for kind, value in query.identifiers),
        f"phone {query.phone}" if query.phone else "",
        *(f"reference {each}" for each in found.references),
    )
    return " · ".join(part for part in parts if part)

"""Who may lead for a service, as a choice in a form."""

from collections.abc import Mapping
from uuid import UUID

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2

from directory.domain.upkeep import Lead
from directory.web.choices import choices

Leads = Mapping[Lead, tuple[str, str]]
"""Who may lead, each with the names of practitioner and team."""


def lead_choices(leads: Leads) -> list[SelectChoice]:
    """Return a choice for each, after one of nobody."""
    words = {lead_value(each): lead_words(*names) for each, names in leads.items()}
    return choices(words, unchosen="Choose who leads")


def lead_value(lead: Lead) -> str:
    """Return the value of a choice."""
    return f"{lead.team or ''}/{lead.practitioner or ''}"


def lead_of(value: str) -> Lead | None:
    """Return who was chosen, None for what is no choice."""
    team, _, practitioner = value.partition("/")
    try:
        return Lead(team=UUID(team), practitioner=UUID(practitioner) if practitioner else None)
    except ValueError:
        return None


def lead_words(name: str, team: str) -> str:
    """Return practitioner and team in words."""
    return f"{name}, {team}" if name else team or "Not given"

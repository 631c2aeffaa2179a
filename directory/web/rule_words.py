"""Local rules in plain words: what each is called, and how its value is said."""

from collections.abc import Mapping

from directory.domain.rules import NO_UPPER_AGE, Kind, Rule, Slot, Standing
from directory.domain.vocabulary import Service
from directory.web.wording import SERVICE_NAMES

COUNCIL = "council"
"""What stands in an address where another rule names its service."""

RULE_NAMES: Mapping[Rule, str] = {
    Rule.YOUNGEST: "Youngest age shown",
    Rule.OLDEST: "Oldest age shown",
    Rule.LOOK_BACK: "How long it counts as involved without contact",
    Rule.CONTACT: "How long the contact is shown after it ended",
    Rule.EXTENDED: "How long the month is shown after it ended",
    Rule.PRECISION: "How exactly dates are shown",
    Rule.MEANING: "What its date means",
    Rule.ABSENCE: "What becomes of a line that a newer file lacks",
    Rule.CONFIRMED: "How long a contact counts as confirmed",
    Rule.SEARCHES_KEPT: "How long searches are kept",
    Rule.NO_MATCH: "What every page without a match says too",
    Rule.CONSENT: "What is read out to ask for consent",
}

HINTS: Mapping[Rule, str] = {
    Rule.YOUNGEST: "In years. Nothing is shown of anybody younger, known or not",
    Rule.OLDEST: f"In years; {NO_UPPER_AGE} is no upper age",
    Rule.LOOK_BACK: "In months since the last contact",
    Rule.CONTACT: "In months",
    Rule.EXTENDED: "In months, and to children's social care and the front door alone",
    Rule.PRECISION: "To those who may see more than the month",
    Rule.MEANING: "One sentence, as it stands on the card. Leave it empty for the one set up",
    Rule.ABSENCE: "For the lines about involvements, from the next file on",
    Rule.CONFIRMED: "In days. After it the card says that nobody confirmed who leads",
    Rule.SEARCHES_KEPT: "In months. The audit keeps its own",
    Rule.NO_MATCH: "One or two sentences. Leave it empty to say nothing more",
    Rule.CONSENT: "In paragraphs. Leave it empty for the one that is set up",
}

PRECISION_WORDS: Mapping[str, str] = {"day": "To the day", "month": "To the month"}

ABSENCE_WORDS: Mapping[str, str] = {
    "keep": "It stays as it was, as of its own date",
    "end": "It is told as ended the day before the file’s date",
    "hold": "It is shown to nobody until a file has it again",
}

_UNITS: Mapping[Kind, str] = {Kind.YEARS: "year", Kind.MONTHS: "month", Kind.DAYS: "day"}

STANDING_WORDS: Mapping[Standing, str] = {
    Standing.WAITING: "waits for a second person",
    Standing.AGREED: "agreed",
    Standing.DECLINED: "declined",
}


def place_of(slot: Slot) -> str:
    """Return what stands for the slot's service in an address."""
    return slot.service or COUNCIL


def place_name(service: Service | None) -> str:
    """Return whose rule it is."""
    return SERVICE_NAMES[service] if service else "The council"


def in_words(slot: Slot, value: str) -> str:
    """Return a rule's value as people say it."""
    kind = slot.bounds.kind
    if kind is Kind.PRECISION:
        return PRECISION_WORDS[value].lower()
    if kind is Kind.ABSENCE:
        return ABSENCE_WORDS[value].lower()
    if kind is Kind.WORDS:
        return f"“{value}”" if value else "as set up"
    if kind is Kind.TEXT:
        return "a text of the council’s own" if value else "as set up"
    if slot.rule is Rule.OLDEST and int(value) >= NO_UPPER_AGE:
        return "no upper age"
    one = _UNITS[kind]
    return f"{value} {one}" if value == "1" else f"{value} {one}s"

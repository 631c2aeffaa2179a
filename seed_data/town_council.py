"""Write council.toml: what the invented council enters before its first extract."""

from collections.abc import Mapping, Sequence
from datetime import date

from town_accounts import ACCOUNTS
from town_agencies import BEFRIENDING, COUNCIL, LANDLORDS, POLICE, Agencies
from town_habits import (
    ADULT_HABITS,
    HOUSING_HABITS,
    POLICE_HABITS,
    SCHOOL_HABITS,
    SOCIAL_CARE_HABITS,
)
from town_identifiers import freephone, national_line

_Value = str | int | date | Sequence[str]
_Table = Mapping[str, _Value]
_COVERED_SINCE = date(2024, 1, 1)
_SCHOOLS_COVERED_SINCE = date(2023, 9, 1)
_ELSEWHERE = (
    ("NSHP", "Northshire Health Partnership"),
    ("NSJP", "Northshire Justice Partnership"),
)


_AGREEMENTS: tuple[_Table, ...] = (
    {
        "reference": "NS-ISA-1",
        "title": "Northshire safeguarding contact sharing agreement",
        "version": 3,
        "powers": [
            "Children Act 1989, section 17",
            "Children Act 1989, section 47",
            "Children Act 2004, section 10",
            "Children Act 2004, section 11",
            "Care Act 2014, section 6",
            "Care Act 2014, section 42",
            "Education Act 2002, section 175",
            "Common-law policing powers",
            "Housing Act 1996, section 213",
            "Localism Act 2011, section 1",
            "UK GDPR, Article 5(2), accountability",
        ],
        "purposes": [
            "locating",
            "child_protection",
            "child_in_need",
            "triage",
            "early_help",
            "adult_safeguarding",
            "adult_care",
            "police_protection",
            "pupil_welfare",
            "own_service",
            "investigation",
        ],
        "services": [
            "childrens_social_care",
            "school",
            "adult_social_care",
            "housing",
            "police",
            "sensitive",
        ],
        "start": date(2025, 12, 1),
        "review": date(2028, 12, 31),
        "end": date(2029, 1, 1),
        "bases": ["UK GDPR, Article 6(1)(e), public task"],
        "special": ["UK GDPR, Article 9(2)(g), substantial public interest"],
        "schedule": [
            "Schedule 1, paragraph 6, statutory and government purposes",
            "Schedule 1, paragraph 18, safeguarding children and people at risk",
        ],
        "policy_document": "NS-APD-2",
        "confidentiality": "legal_duty",
        "dpia": "NS-DPIA-7",
    },
    {
        "reference": "NS-ISA-2",
        "title": "Northshire health and justice contact sharing agreement",
        "version": 1,
        "powers": [
            "Children Act 1989, section 17",
            "Children Act 1989, section 47",
            "Children Act 2004, section 10",
            "Children Act 2004, section 11",
        ],
        "purposes": ["locating", "child_protection", "child_in_need", "triage"],
        "services": ["health", "justice"],
        "start": date(2024, 3, 1),
        "review": date(2025, 9, 1),
        "end": date(2026, 3, 1),
        "bases": ["UK GDPR, Article 6(1)(e), public task"],
        "special": ["UK GDPR, Article 9(2)(h), health or social care"],
        "schedule": [
            "Schedule 1, paragraph 2, health or social care",
            "Schedule 1, paragraph 18, safeguarding children and people at risk",
        ],
        "policy_document": "NS-APD-2",
        "confidentiality": "implied_consent",
        "dpia": "NS-DPIA-3",
    },
)


def _service(index: int, key: str, title: str, **keys: _Value) -> _Table:
    """Return a service with its two common lines, the index-th of their ranges."""
    lines = {"common_line": national_line(index), "out_of_hours_line": freephone(index)}
    return {"key": key, "title": title, **lines, **keys}


_SERVICES: tuple[_Table, ...] = (
    _service(
        2,
        "childrens_social_care",
        "Children's social care",
        area="Northshire: children whom the council's children's services work with",
        covered_since=_COVERED_SINCE,
        update_cycle_days=7,
        date_meaning="The date a children's social worker last updated the allocation.",
        extract=SOCIAL_CARE_HABITS.file_name,
    ),
    _service(
        1,
        "school",
        "School",
        area="Northshire: pupils of every maintained school and academy",
        covered_since=_SCHOOLS_COVERED_SINCE,
        update_cycle_days=7,
        date_meaning="The date the school last confirmed that the pupil is on its roll.",
        extract=SCHOOL_HABITS.file_name,
    ),
    _service(
        3,
        "adult_social_care",
        "Adult social care",
        area="Northshire: adults whom the council's adult services work with",
        covered_since=_COVERED_SINCE,
        update_cycle_days=7,
        date_meaning="The date an adult social care worker was last in contact with the person.",
        extract=ADULT_HABITS.file_name,
    ),
    _service(
        4,
        "housing",
        "Housing",
        area="Northshire: tenants of the council and of three housing associations",
        covered_since=_COVERED_SINCE,
        update_cycle_days=7,
        date_meaning="The date housing last had contact about the tenancy.",
        extract=HOUSING_HABITS.file_name,
    ),
    _service(
        5,
        "police",
        "Police",
        area="Northshire",
        covered_since=_COVERED_SINCE,
        update_cycle_days=7,
        date_meaning="The date the safeguarding unit last dealt with a matter about the person.",
        team_only=True,
        extract=POLICE_HABITS.file_name,
    ),
    _service(
        6,
        "health",
        "Health",
        area="Northshire: general practice, health visiting and school nursing",
        covered_since=_COVERED_SINCE,
        update_cycle_days=30,
        date_meaning="The date a health worker last saw the person.",
    ),
    _service(
        7,
        "justice",
        "Probation and youth justice",
        area="Northshire",
        covered_since=_COVERED_SINCE,
        update_cycle_days=30,
        date_meaning="The date a worker last saw the person.",
    ),
    _service(
        8,
        "early_help",
        "Early help and voluntary services",
        area="Northshire",
        update_cycle_days=30,
        date_meaning="The date a family worker last saw the person.",
    ),
    _service(
        9,
        "sensitive",
        "Specialist services",
        area="Northshire",
        covered_since=_COVERED_SINCE,
        update_cycle_days=30,
        date_meaning="The single point of contact tells what a date means.",
    ),
)


def council_toml(agencies: Agencies, as_of: date) -> str:
    """Return the text of council.toml."""
    schools = tuple(
        (team.organisation.reference, team.organisation.name)
        for team in sorted(
            (*agencies.primaries, *agencies.secondaries), key=lambda team: team.reference
        )
    )
    own = tuple((each.reference, each.name) for each in (COUNCIL, POLICE, *LANDLORDS, BEFRIENDING))
    organisations = (*own, *_ELSEWHERE, *schools)
    signed = [reference for reference, _ in (*own, *schools)]
    parts = [
        "# The invented council of the demonstration; docs/seed-data.md explains every key.",
        _table("[council]", {"name": COUNCIL.name, "area": "Northshire", "as_of": as_of}),
        *(_table("[[organisations]]", _organisation(r, n)) for r, n in organisations),
        *(_table("[[services]]", each) for each in _SERVICES),
        *(_table("[[agreements]]", each) for each in _AGREEMENTS),
        *(_party("NS-ISA-1", each, date(2025, 11, 3)) for each in signed),
        *(
            _party("NS-ISA-2", each, date(2024, 1, 15))
            for each in ("NSC", *(reference for reference, _ in _ELSEWHERE))
        ),
        *(_table("[[accounts]]", each.keys()) for each in ACCOUNTS),
    ]
    return "\n".join(parts)


def _organisation(reference: str, name: str) -> _Table:
    keys: dict[str, _Value] = {"reference": reference, "name": name}
    return keys | {"needs_consent": True} if reference == BEFRIENDING.reference else keys


def _table(header: str, keys: _Table) -> str:
    lines = [header, *(f"{key} = {_toml(value)}" for key, value in keys.items())]
    return "\n".join(lines) + "\n"


def _toml(value: _Value) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, Sequence):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return value.isoformat() if isinstance(value, date) else str(value).lower()


def _party(agreement: str, organisation: str, signed_on: date) -> str:
    return _table(
        "[[parties]]",
        {
            "agreement": agreement,
            "organisation": organisation,
            "signed_on": signed_on,
            "signed_by": "Head of safeguarding",
        },
    )

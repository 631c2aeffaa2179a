"""Refuse a place, or a value, for what the directory never holds."""

import ast
import csv
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import (
    Planted,
    Rule,
    Source,
    faults,
    modules,
    rule_name,
    rules,
    sources,
    templates,
)

Fault = tuple[int, str]

# What is never held, as the words of a name that would hold it.
NEVER_HELD = {
    "case notes": r"case_notes?|notes|narrative|chronology",
    "allegations": r"allegations?|alleged",
    "offences": r"offen[cs]es?|offenders?|offending|convictions?|criminal_record",
    "rent arrears or eviction": r"(rent_)?arrears|evict(ed|ion|ions)",
    "diagnosis or presenting condition": (
        r"diagnos(ed|es|is)|(presenting|medical|health|clinical)_(condition|problem|issue)s?"
    ),
    "risk score": r"risk_(scores?|levels?|ratings?|bands?|flags?)|scored_risk",
    "RAG": r"rag|rag_(rating|status)",
    "ethnicity": r"ethnic(ity|ities)?|ethnic_(group|origin)|race",
    "religion": r"religions?|religious|faith",
    "disability": r"disability|disabilities",
    "attendance": r"attendances?|absences|truancy",
    "exclusions": r"exclusions?",
    "photographs": r"photo(s|graph|graphs)?|portraits?|avatars?",
    "uploads": r"uploads?|uploaded(_\w+)?|attachments?",
    "comments": r"comments?",
    "personal phone numbers": r"(personal|home|private)_(tele)?(phone|mobile)(_number)?s?",
}
NAMES = re.compile("|".join(f"(?:^|_)(?:{words})(?:_|$)" for words in NEVER_HELD.values()))

# What a team's, role's, line's or address's own name must not say about the people it works with.
TELLING = re.compile(
    r"(?<![a-z])(eating.?disorder|sex(ual|\b|.?offen)|offen[cds]|allegation|arrears|evict|diagnos"
    r"|disab|attendance|exclusion|exclud|truan|ethnic|relig|substance|drug|alcohol|addict|mental"
    r"|psychiat|dementia|autis|hiv\b|domestic.?(abuse|violence)|exploitation|gangs\b|terror|risk\b"
    r"|pregnan)",
    re.IGNORECASE,
)
NAMED_BY_A_SERVICE = re.compile(r"team|role|email|line|organisation_name")
NAMED_BY_THE_COUNCIL = re.compile(r"^\s*(name|title|username|\w+_line)\s*=\s*\"(.*)\"")
COLUMN_MAKERS = {"Column", "Field", "add_column", "alter_column", "mapped_column"}
NAME_ATTRIBUTE = re.compile(r"\bname\s*=\s*[\"']([\w-]+)[\"']|[\"']name[\"']\s*:\s*[\"']([\w-]+)")


def attribute_is_never_held(source: Source) -> Iterator[Fault]:
    for each in source.classes():
        for statement in each.body:
            if isinstance(statement, ast.AnnAssign | ast.Assign):
                name = ast.unparse(statement).split("=")[0].split(":")[0].strip()
                if is_never_held(name):
                    yield statement.lineno, f"{each.name}.{name} is never held"


def column_is_never_held(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in COLUMN_MAKERS:
            for text in ast.walk(node):
                named = text.value if isinstance(text, ast.Constant) else None
                if isinstance(named, str) and " " not in named and is_never_held(named):
                    yield node.lineno, f"{named} is never held"


def person_has_a_phone(source: Source) -> Iterator[Fault]:
    for each in source.classes():
        if re.match(r"(Disclosed)?(Person|Member|Relative)", each.name):
            for statement in each.body:
                target = getattr(statement, "target", None)
                if isinstance(target, ast.Name) and re.search(r"phone|mobile", target.id):
                    yield statement.lineno, f"{each.name}.{target.id} is never held"


def form_asks_for_what_is_never_held(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        for match in NAME_ATTRIBUTE.finditer(line):
            if is_never_held(match[1] or match[2]):
                yield number, f"{match[1] or match[2]} is never held"


def extract_sends_what_is_never_held(source: Source) -> Iterator[Fault]:
    for header in next(csv.reader(source.text.splitlines()), []):
        if is_never_held(header):
            yield 1, f"{header} is never held"


def extract_says_it_in_a_name(source: Source) -> Iterator[Fault]:
    lines = csv.DictReader(source.text.splitlines())
    for number, line in enumerate(lines, start=2):
        for column, value in line.items():
            tells = TELLING.search(value) if isinstance(value, str) else None
            if tells and NAMED_BY_A_SERVICE.search(str(column)):
                yield number, f"{column}: “{value}” says why somebody is known"


def council_says_it_in_a_name(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        match = NAMED_BY_THE_COUNCIL.search(line)
        if match and TELLING.search(match[2]):
            yield number, f"{match[1]}: “{match[2]}” says why somebody is known"


def is_never_held(name: str) -> bool:
    """Return whether the words of a name name something that is never held."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|\W+", "_", name).lower()
    return NAMES.search(parted) is not None


A = "directory/web/a.py"
CLASS_RULES = (
    Planted(rule=attribute_is_never_held, path=A, text="class A:\n    case_notes: str"),
    Planted(rule=attribute_is_never_held, path=A, text="class AForm:\n    ethnicity = F()"),
    Planted(rule=attribute_is_never_held, path=A, text="class Power:\n    RISK_LEVEL = 'r'"),
    Planted(rule=column_is_never_held, path=A, text="sa.Column('rent_arrears', sa.Date)"),
    Planted(rule=column_is_never_held, path=A, text="a = Field(alias='ragRating')"),
    Planted(rule=person_has_a_phone, path=A, text="class PersonRow:\n    phone: Mapped[str]"),
)
TEMPLATE_RULES = (
    Planted(
        rule=form_asks_for_what_is_never_held, path="templates/a.html", text='<i name="religion">'
    ),
    Planted(
        rule=form_asks_for_what_is_never_held, path="templates/a.html", text='{"name": "comments"}'
    ),
)
EXTRACT_RULES = (
    Planted(
        rule=extract_sends_what_is_never_held,
        path="seed_data/a.csv",
        text="surname,Attendance\nAkter,97",
    ),
    Planted(
        rule=extract_says_it_in_a_name,
        path="seed_data/a.csv",
        text="surname,team_name\nAkter,Eating Disorders",
    ),
    Planted(
        rule=extract_says_it_in_a_name,
        path="seed_data/a.csv",
        text="surname,practitioner_email\nAkter,arrears@homes.example",
    ),
)
COUNCIL_RULES = (
    Planted(
        rule=council_says_it_in_a_name,
        path="seed_data/council.toml",
        text='[[organisations]]\nname = "Drugs Desk"',
    ),
)


@pytest.mark.parametrize("rule", rules(CLASS_RULES))
def test_no_attribute_or_column_holds_what_is_never_held(rule: Rule) -> None:
    assert faults(rule, modules()) == []


@pytest.mark.parametrize("rule", rules(TEMPLATE_RULES))
def test_no_form_asks_for_what_is_never_held(rule: Rule) -> None:
    assert faults(rule, templates()) == []


@pytest.mark.parametrize("rule", rules(EXTRACT_RULES))
def test_no_extract_sends_what_is_never_held(rule: Rule) -> None:
    assert faults(rule, sources(r"seed_data/.*\.csv")) == []


@pytest.mark.parametrize("rule", rules(COUNCIL_RULES))
def test_no_council_says_it_in_a_name(rule: Rule) -> None:
    assert faults(rule, sources(r"seed_data/.*\.toml")) == []


@pytest.mark.parametrize(
    "planted", CLASS_RULES + TEMPLATE_RULES + EXTRACT_RULES + COUNCIL_RULES, ids=rule_name
)
def test_each_rule_of_names_catches_its_planted_fault(planted: Planted) -> None:
    assert planted.found == 1


@pytest.mark.parametrize("name", ["excluded_end", "notice", "disabled", "phase", "Art9Condition"])
def test_a_name_that_only_looks_alike_is_taken(name: str) -> None:
    assert is_never_held(name) is False


@pytest.mark.parametrize("name", ["Essex Homes", "gang.liu@homes.example", "Sexton Court"])
def test_an_own_name_that_only_looks_alike_is_taken(name: str) -> None:
    assert TELLING.search(name) is None

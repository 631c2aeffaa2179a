"""Lay out who may do, find and see what as tables, computed from policy itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import product

from directory.domain.rules import NO_UPPER_AGE, SHIPPED
from directory.domain.vocabulary import (
    Findability,
    Level,
    Relationship,
    Role,
    Service,
    State,
)
from directory.policy import disclosure
from directory.policy.disclosed import DisclosedCard, DisclosedContact, DisclosedLine
from directory.policy.disclosure import disclose_person
from directory.policy.matrix import level
from directory.policy.modifiers import MODIFIERS, Question, lowered
from directory.policy.permissions import (
    ACTIONS,
    CLAIMS,
    FINDABLE,
    OWN_ORGANISATION_ONLY,
    OWN_SERVICES,
    POWERS,
    REFERENCES,
    Action,
    may_claim,
    purposes_for,
)
from directory.policy.rules import EXTENDED
from tests.factories import (
    NOON,
    access,
    agreement,
    days_ago,
    draft,
    feed,
    grants,
    involvement,
    months_ago,
    person,
    profile,
    question,
    viewer,
)
from tests.policy.questions import BESIDE, GONE, STALE

NONE, YES = "-", "x"
DISTINCT = {
    State.INVOLVED: "involved",
    State.PREVIOUSLY_INVOLVED: "previously",
    State.NONE_FOUND: "none found",
    State.NOT_SHOWN_BY_RULE: "by rule",
    State.NOT_COVERED: "not covered",
    State.COULD_NOT_BE_CHECKED: "unchecked",
    State.CONTACT_THROUGH_BROKER: "broker",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table with its key, its title and its rows of words."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables() -> tuple[Table, ...]:
    """Return every table, in the order in which they are read."""
    return (
        role_actions(),
        findability(),
        own_people(),
        references(),
        purposes(),
        levels(),
        states(),
        line_fields(),
        contact_fields(),
        modifiers(),
        service_rules(),
        long_view(),
    )


def role_actions() -> Table:
    """Return which role may do what."""
    return Table(
        key="actions",
        title="Role x action",
        heads=("role", *Action),
        rows=tuple((role, *(_mark(action in ACTIONS[role]) for action in Action)) for role in Role),
    )


def findability() -> Table:
    """Return whom each role can find."""
    rows = tuple((role, *(_mark(FINDABLE[role] is each) for each in Findability)) for role in Role)
    return Table(
        key="findable", title="Role x findability", heads=("role", *Findability), rows=rows
    )


def own_people() -> Table:
    """Return whom each role calls its own."""
    rows = tuple(
        (
            role,
            OWN_SERVICES.get(role, "the account's"),
            "own organisation" if role in OWN_ORGANISATION_ONLY else "whole service",
        )
        for role in Role
        if role in OWN_SERVICES or role is Role.SERVICE_LEAD
    )
    return Table(
        key="own people",
        title="Role x whom it calls its own",
        heads=("role", "service", "whose"),
        rows=rows,
    )


def references() -> Table:
    """Return by whose references each role can find somebody."""
    rows = tuple((role, REFERENCES[role], "whole service") for role in Role if role in REFERENCES)
    return Table(
        key="references",
        title="Role x by whose references it finds somebody",
        heads=("role", "service", "whose"),
        rows=(*rows, *own_people().rows),
    )


def purposes() -> Table:
    """Return why each role may look, and for which of these it may claim or make an enquiry."""
    rows = tuple(
        (role, purpose, POWERS[purpose], CLAIMS[role] if may_claim(role, purpose) else NONE)
        for role in Role
        for purpose in purposes_for(role)
    )
    return Table(
        key="purposes",
        title="Role x purpose, its power, and whether the role may start it by its own word",
        heads=("role", "purpose", "power", "own word"),
        rows=rows,
    )


def levels() -> Table:
    """Return the level of every role and relationship for every service; all others are L0."""
    rows: list[tuple[str, ...]] = []
    for role, relationship in product(Role, Relationship):
        others = tuple(_cell(role, relationship, each, own=None) for each in Service)
        owned = tuple(_cell(role, relationship, each, own=each) for each in Service)
        if set(others) != {NONE}:
            rows.append((role, relationship, *others))
        if owned != others:
            rows.append((role, f"{relationship}, in their own service", *owned))
    seen = {role for role, *_ in rows}
    rows += [(role, "any", *(NONE for _ in Service)) for role in Role if role not in seen]
    return Table(
        key="levels",
        title="Role x relationship x service -> level (0 to 5, - is 0)",
        heads=("role", "relationship", *Service),
        rows=tuple(rows),
    )


def _cell(role: Role, relationship: Relationship, service: Service, *, own: Service | None) -> str:
    found = level(role, relationship, service, own=own)
    return str(int(found)) if found else NONE


EXPIRED = agreement(end=days_ago(0), review=days_ago(31))

Change = Callable[[Question], Question]
Fact = tuple[str, tuple[tuple[str, Change], ...]]


def _with(**differing: object) -> Change:
    return lambda asked: replace(asked, **differing)  # type: ignore[arg-type]  # checked by Question itself


def _row(**differing: object) -> Change:
    return _with(involvements=(involvement(Service.SCHOOL, **differing),))


FACTS: tuple[Fact, ...] = (
    (
        "service",
        (
            ("contributes", _with(profile=profile(Service.SCHOOL))),
            ("contributes nothing", _with(profile=profile(Service.SCHOOL, covered_since=None))),
        ),
    ),
    (
        "agreement",
        (
            ("in force", _with(grants=grants(agreement()))),
            ("none, or a draft", _with(grants=grants(draft()))),
            ("expired, or review 31 days overdue", _with(grants=grants(EXPIRED))),
            ("not begun", _with(grants=grants(agreement(start=days_ago(-1))))),
        ),
    ),
    (
        "age",
        (("inside", _with(age=9)), ("unknown", _with(age=None)), ("outside", _with(age=21))),
    ),
    (
        "feed",
        (
            ("fresh", _with(feed=feed(Service.SCHOOL))),
            ("late", _with(feed=feed(Service.SCHOOL, as_of=days_ago(3)))),
            ("failed", _with(feed=feed(Service.SCHOOL, failed_at=NOON))),
            ("never came", _with(feed=None)),
        ),
    ),
    (
        "rows",
        (
            ("none", _with(involvements=())),
            ("live", _row()),
            ("live, 61 months old", _row(started=None, last_involved=months_ago(61))),
            ("ended 1 month ago", _row(ended=months_ago(1))),
            ("ended 13 months ago", _row(ended=months_ago(13))),
            ("ended 61 months ago", _row(ended=months_ago(61))),
        ),
    ),
    (
        "role",
        (
            ("long view", _with(viewer=viewer(Role.CHILDRENS_SOCIAL_WORKER))),
            ("any other", _with(viewer=viewer(Role.ADULT_SOCIAL_WORKER))),
        ),
    ),
)


def states() -> Table:
    """Return the answer at every level for every combination of facts, like ones folded."""
    return Table(
        key="states",
        title="Facts -> answer at each level a viewer may start from (- is not listed)",
        heads=(*(name for name, _ in FACTS), *(each.name for each in Level)),
        rows=folded(question(Service.SCHOOL), FACTS),
    )


def folded(asked: Question, facts: tuple[Fact, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each group of values that differ in no answer below them."""
    if not facts:
        return (tuple(_outcome(asked, each) for each in Level),)
    groups: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    values = facts[0][1]
    for name, change in values:
        groups.setdefault(folded(change(asked), facts[1:]), []).append(name)
    return tuple(
        ("any" if len(names) == len(values) else "; ".join(names), *row)
        for rows, names in groups.items()
        for row in rows
    )


def _outcome(asked: Question, start: Level) -> str:
    """Return the answer, with its level where it is not the one the viewer started from."""
    verdict = lowered(asked, start)
    if verdict.state is None:
        return NONE
    word = DISTINCT[verdict.state]
    return word if verdict.level is start else f"{word} {verdict.level.name}"


def combinations() -> tuple[Question, ...]:
    """Return every combination of the facts that `states` folds."""
    asked: list[Question] = [question(Service.SCHOOL)]
    for _, values in FACTS:
        asked = [change(each) for each in asked for _, change in values]
    return tuple(asked)


def line_fields() -> Table:
    """Return which fields of a service's line are ever filled, by state and level."""
    found: dict[tuple[State, Level], set[str]] = {}
    for reached, card in _cards():
        found.setdefault((card.line.state, reached), set()).update(filled(card.line))
    names = [each.name for each in fields(DisclosedLine) if each.name != "viewer"]
    rows = tuple(
        (state, reached.name, *(_mark(name in found[state, reached]) for name in names))
        for state, reached in product(State, Level)
        if (state, reached) in found
    )
    return Table(
        key="line fields",
        title="State x level -> fields of a line that are ever filled",
        heads=("state", "level", *names),
        rows=rows,
    )


def contact_fields() -> Table:
    """Return which fields of a contact are ever filled, by level; below L4 there is none."""
    found: dict[Level, set[str]] = {each: set() for each in Level}
    for reached, card in _cards():
        for contact in card.contacts:
            found[reached].update(filled(contact))
    names = [each.name for each in fields(DisclosedContact) if each.name != "viewer"]
    return Table(
        key="contact fields",
        title="Level -> fields of a card's contact that are ever filled",
        heads=("field", *(each.name for each in Level)),
        rows=tuple((name, *(_mark(name in found[each]) for each in Level)) for name in names),
    )


@cache
def _cards() -> tuple[tuple[Level, DisclosedCard], ...]:
    """Return every question's card from every level, with the level it reached."""
    reader, shown = access(), disclose_person(access(), person())
    verdicts = ((each, lowered(each, at)) for each, at in product(asked_for_fields(), Level))
    return tuple(
        (verdict.level, disclosure._card(reader, shown, asked, verdict, BESIDE))
        for asked, verdict in verdicts
        if verdict.state is not None
    )


def filled(value: DisclosedLine | DisclosedContact) -> set[str]:
    """Return the names of the fields that say something."""
    facts = {each.name: getattr(value, each.name) for each in fields(value)}
    return {name for name, fact in facts.items() if fact not in (None, "", False, ())} - {"viewer"}


def asked_for_fields() -> Iterable[Question]:
    """Return questions that fill whatever can be filled."""
    left = involvement(Service.SCHOOL, ended=days_ago(1))
    unmatched = replace(question(Service.SCHOOL, age=9), feed=feed(Service.SCHOOL, unmatched=3))
    return (
        *combinations(),
        unmatched,
        replace(unmatched, involvements=(involvement(Service.SCHOOL),)),
        replace(unmatched, involvements=(STALE,), in_family=True),
        *(replace(unmatched, involvements=(replace(left, lead=each),)) for each in GONE),
    )


def modifiers() -> Table:
    """Return the modifiers in their order, as they describe themselves."""
    rows = tuple(
        (str(place), each.__name__.removeprefix("_"), (each.__doc__ or "").splitlines()[0])
        for place, each in enumerate(MODIFIERS, start=1)
    )
    return Table(
        key="modifiers",
        title="What lowers a level, in this order, the most restrictive wins",
        heads=("order", "name", "rule"),
        rows=rows,
    )


def service_rules() -> Table:
    """Return what each service agrees to show, whoever asks."""
    rows = tuple(
        (
            service,
            str(rule.youngest),
            "any" if rule.oldest == NO_UPPER_AGE else str(rule.oldest),
            str(rule.look_back_months),
            str(rule.contact_months),
            str(rule.extended_months),
            rule.precision,
        )
        for service, rule in SHIPPED.items()
    )
    return Table(
        key="rules",
        title="Service rules; ages in years, the rest in months",
        heads=("service", "from age", "to age", "look-back", "contact", "month", "precision"),
        rows=rows,
    )


def long_view() -> Table:
    """Return the roles that see the month of an ended involvement for five years."""
    return Table(
        key="long view",
        title="Roles that see the month of an ended involvement for five years",
        heads=("role",),
        rows=tuple((role,) for role in Role if role in EXTENDED),
    )


def _mark(holds: bool) -> str:  # noqa: FBT001 - the one fact a mark stands for
    return YES if holds else NONE

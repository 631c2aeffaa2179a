"""The modifiers of a disclosure, in their order: the most restrictive wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from directory.domain.agencies import Feed, ServiceProfile
from directory.domain.involvement import Involvement
from directory.domain.restrictions import Protection
from directory.domain.rules import ServiceRule
from directory.domain.sharing import EVERY_FIELD, ContactField
from directory.domain.vocabulary import (
    Level,
    Lifecycle,
    Purpose,
    Relationship,
    Role,
    Service,
    State,
)
from directory.policy import matrix, permissions
from directory.policy.basis import Grant
from directory.policy.gates import urgent_purposes
from directory.policy.permissions import Action
from directory.policy.rules import ceiling, is_live


class Urgency(StrEnum):
    """Whether a viewer opened emergency access to the family."""

    NONE = "none"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks, on which ground, why, and whether it cannot wait."""

    role: Role
    relationship: Relationship
    purpose: Purpose
    own_service: Service | None = None
    suspended: bool = False
    lapsed: bool = False  # a gate that the role needs is not held today
    urgency: Urgency = Urgency.NONE

    @property
    def is_urgent(self) -> bool:
        """Return whether emergency access is open: it lifts what DOMAIN lists, and no more."""
        return self.urgency is Urgency.EMERGENCY and permissions.allows(
            self.role, Action.EMERGENCY_OPEN
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything that decides what one viewer sees of one service about one person.

    `grants` are those that open the service to the viewer's organisation for the purpose, in force
    or not; `profile` is None for a service that does not take part here; `rule` is the service's.
    `in_family` tells that children's social care names a family of theirs.
    """

    viewer: Viewer
    service: Service
    age: int | None
    lifecycle: Lifecycle
    profile: ServiceProfile | None
    rule: ServiceRule
    grants: tuple[Grant, ...]
    feed: Feed | None
    involvements: tuple[Involvement, ...]
    today: date
    protection: Protection | None = None
    in_family: bool = False

    def in_force(self) -> tuple[Grant, ...]:
        """Return those of the grants that hold today."""
        return tuple(each for each in self.grants if each.holds(self.today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How much is shown, and which of the seven answers; no state yet means: ask the rows."""

    level: Level
    state: State | None = None
    visible: tuple[Involvement, ...] = ()
    agreements: tuple[str, ...] = ()
    fields: frozenset[ContactField] = EVERY_FIELD


WHERE_SOMEBODY_IS = frozenset({Service.SCHOOL, Service.HOUSING})
"""Services whose contacts tell where a protected person is: no emergency opens them."""

SENSITIVE_IN_EMERGENCY = frozenset(
    {Role.CHILDRENS_SOCIAL_WORKER, Role.FRONT_DOOR, Role.OUT_OF_HOURS}
)
"""Roles to which emergency access opens a sensitive service, at level 4."""

Modifier = Callable[[Question, Verdict], Verdict]


def _suspended(question: Question, verdict: Verdict) -> Verdict:
    """1: a suspended user or organisation sees nothing."""
    return replace(verdict, level=Level.L0) if question.viewer.suspended else verdict


def _gates(question: Question, verdict: Verdict) -> Verdict:
    """2: whoever does not hold a gate sees nothing; the common lines, where it cannot wait.

    Emergency access lifts it.
    """
    viewer = question.viewer
    if not viewer.lapsed or viewer.is_urgent:
        return verdict
    keeps = viewer.purpose in urgent_purposes(viewer.role)
    return replace(verdict, level=min(verdict.level, Level.L1 if keeps else Level.L0))


def _coverage(question: Question, verdict: Verdict) -> Verdict:
    """Let a service that contributes nothing here say so, whoever asks."""
    profile = question.profile
    contributes = profile is not None and profile.covered_since is not None
    return verdict if contributes else _answered(verdict, State.NOT_COVERED)


def _agreement(question: Question, verdict: Verdict) -> Verdict:
    """3: without an agreement in force the service does not answer here today.

    A service's own lines and a logged investigation stand on no agreement; emergency access is not
    kept waiting by one that lapsed. Nobody whom the matrix gives the common line loses it by this,
    in no role and for no purpose: not covered carries it.
    """
    if verdict.state is not None or _needs_no_grant(question):
        return verdict
    grants = question.in_force()
    if not grants and not question.viewer.is_urgent:
        return _answered(verdict, State.NOT_COVERED)
    return replace(
        verdict,
        level=min(verdict.level, max((each.ceiling for each in grants), default=Level.L5)),
        agreements=tuple(sorted({each.label for each in grants})),
    )


def _field_mask(question: Question, verdict: Verdict) -> Verdict:
    """14: no part of a contact is made that no agreement in force lets be shown.

    Several agreements add up: another one never takes away what one lets be shown.
    """
    if not verdict.agreements or _needs_no_grant(question):
        return verdict
    fields = (each.fields for each in question.in_force())
    return replace(verdict, fields=frozenset[ContactField]().union(*fields))


def _needs_no_grant(question: Question) -> bool:
    viewer = question.viewer
    own = question.service is viewer.own_service
    return own or viewer.relationship is Relationship.INVESTIGATION


def _purpose(question: Question, verdict: Verdict) -> Verdict:
    """Show nothing but the hit before a purpose is given, whatever an agreement allows."""
    locating = question.viewer.purpose is Purpose.LOCATING
    return replace(verdict, level=Level.L0) if locating else verdict


def _relationship(question: Question, verdict: Verdict) -> Verdict:
    """5: without a legitimate relationship there is nothing but the hit."""
    none = question.viewer.relationship is Relationship.NONE
    return replace(verdict, level=Level.L0) if none else verdict


def _protected(question: Question, verdict: Verdict) -> Verdict:
    """7: everybody reaches a protected person's services through one point of contact.

    The contributing service's own desk keeps its own lines. Emergency access lifts it, but for
    where a protected person lives or goes to school.
    """
    viewer = question.viewer
    own = viewer.relationship is Relationship.OWN_SERVICE
    if question.protection is None or (own and question.service is viewer.own_service):
        return verdict
    if viewer.is_urgent and question.service not in WHERE_SOMEBODY_IS:
        return verdict
    return replace(verdict, level=min(verdict.level, Level.L1))


def _sensitive(question: Question, verdict: Verdict) -> Verdict:
    """9: a sensitive service is reached through its single point of contact, by everyone.

    Emergency access lifts it for children's social care, front door and out of hours.
    """
    if question.service is not Service.SENSITIVE or _opens_sensitive(question.viewer):
        return verdict
    return replace(verdict, level=min(verdict.level, Level.L1))


def _broker(_question: Question, verdict: Verdict) -> Verdict:
    """Give at L1 one neutral sentence and the common line, row or no row."""
    if verdict.level is not Level.L1 or verdict.state is not None:
        return verdict
    return replace(verdict, state=State.CONTACT_THROUGH_BROKER)


def _age(question: Question, verdict: Verdict) -> Verdict:
    """12: outside the service's ages nothing is shown, row or no row."""
    if verdict.state is not None or question.rule.holds_age(question.age):
        return verdict
    return _answered(verdict, State.NOT_SHOWN_BY_RULE)


def _freshness(question: Question, verdict: Verdict) -> Verdict:
    """Rely on no late, failed or absent feed, whatever its last lines said."""
    if verdict.state is not None or is_fresh(question.feed, question.profile, question.today):
        return verdict
    return _answered(verdict, State.COULD_NOT_BE_CHECKED)


def _archived(question: Question, verdict: Verdict) -> Verdict:
    """13: a person who is archived or severed is not shown on a board.

    An archived one still is in a logged investigation.
    """
    gone = {Lifecycle.ADOPTED_SEVERED, Lifecycle.MERGED}
    if question.viewer.relationship is not Relationship.INVESTIGATION:
        gone.add(Lifecycle.ARCHIVED)
    return replace(verdict, level=Level.L0) if question.lifecycle in gone else verdict


def _answered(verdict: Verdict, state: State) -> Verdict:
    """Answer with `state` for everybody alike, without a word about the rows."""
    return replace(verdict, level=min(verdict.level, Level.L2), state=state)


MODIFIERS: tuple[Modifier, ...] = (
    _suspended,
    _gates,
    _coverage,
    _agreement,
    _relationship,
    _purpose,
    _protected,
    _sensitive,
    _broker,
    _age,
    _freshness,
    _archived,
    _field_mask,
)


def is_fresh(feed: Feed | None, profile: ServiceProfile | None, today: date) -> bool:
    """Return whether the feed came when it should: no failure, and within its update cycle."""
    if feed is None or profile is None or feed.as_of is None or feed.failed_at is not None:
        return False
    return (today - feed.as_of).days <= profile.update_cycle_days


def decide(question: Question) -> Verdict:
    """Return the verdict on `question`: the matrix's level, lowered by each modifier in order."""
    viewer = question.viewer
    level = matrix.level(viewer.role, viewer.relationship, question.service, own=viewer.own_service)
    if question.service is Service.SENSITIVE and _opens_sensitive(viewer) and level > Level.L0:
        level = Level.L4
    return lowered(question, level)


def _opens_sensitive(viewer: Viewer) -> bool:
    return viewer.is_urgent and viewer.role in SENSITIVE_IN_EMERGENCY


def lowered(question: Question, level: Level) -> Verdict:
    """Return the verdict on `question` from `level`, lowered by each modifier in order."""
    verdict = Verdict(level=level)
    for modifier in MODIFIERS:
        verdict = modifier(question, verdict)
    if verdict.level is Level.L0:
        return Verdict(level=Level.L0)
    return verdict if verdict.state is not None else _from_rows(question, verdict)


def _from_rows(question: Question, verdict: Verdict) -> Verdict:
    """Answer from the rows themselves: the live ones, else the ended ones still in view."""
    rule, role = question.rule, question.viewer.role
    limits = {
        each: ceiling(each, rule, role, question.today)
        for each in question.involvements
        if each.service is question.service
    }
    live = [each for each in limits if is_live(each, rule, question.today)]
    shown = live or [each for each, limit in limits.items() if limit > Level.L0]
    if not shown:
        return replace(verdict, state=State.NONE_FOUND)
    level = min(verdict.level, max(limits[each] for each in shown))
    kept = tuple(each for each in shown if limits[each] >= level)
    state = State.INVOLVED if live else State.PREVIOUSLY_INVOLVED
    return replace(verdict, level=level, state=state, visible=newest_first(kept))


def newest_first(involvements: tuple[Involvement, ...]) -> tuple[Involvement, ...]:
    """Return `involvements`, the latest date first, undated last."""
    return tuple(
        sorted(
            involvements,
            key=lambda each: (each.latest or date.min, each.source_reference),
            reverse=True,
        )
    )

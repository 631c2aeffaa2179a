"""Keep a service's own teams true: the lines on which they answer, and teams no file names yet."""

from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.agencies import Team
from directory.domain.events import Event
from directory.domain.extracts import SentTeam, team_id
from directory.domain.teams import AlreadyKept, Lines, LinesChanged, OwnTeam
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.upkeep import enter_own
from directory.policy.disclosed import fields_shown
from directory.policy.permissions import Action
from directory.policy.teams import DisclosedTeam, disclose_team


def list_teams(ledger: Ledger, access: Access) -> tuple[DisclosedTeam, ...]:
    """Return the service's teams, those without a duty line first, then by name."""
    with ledger.entry(access, Event.TEAMS_LISTED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        found = work.teams.every(service, access.today)
        shown = tuple(disclose_team(access, service, each) for each in found)
        work.remark(fields=fields_shown(shown))
    return shown


def view_team(ledger: Ledger, access: Access, *, team: UUID) -> DisclosedTeam:
    """Return one team of the service; raises NotFound for any other."""
    with ledger.entry(access, Event.TEAMS_LISTED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        shown = disclose_team(access, service, _one(work, access, service, team))
        work.remark(words=f"team {team.hex}", fields=fields_shown(shown))
    return shown


def say_lines(ledger: Ledger, access: Access, *, team: UUID, seen: Lines, lines: Lines) -> None:
    """Say on which lines a team answers, which was shown with `seen`; it is told at once.

    It holds until a file of a later day. Raises NotFound for another service's team, LinesChanged
    where they were changed since.
    """
    with ledger.entry(access, Event.TEAM_CHANGED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        found = _one(work, access, service, team)
        work.remark(words=f"team {team.hex} {_parts(found.lines, lines)}")
        if found.lines != seen:
            raise LinesChanged
        work.teams.say_lines(team, lines, access.today)


def make_team(
    ledger: Ledger, access: Access, *, source_reference: str, name: str, lines: Lines
) -> UUID:
    """Keep a team of the user's own organisation that no file names yet; return its reference.

    Raises AlreadyKept where the service has one under `source_reference`.
    """
    with ledger.entry(access, Event.TEAM_CHANGED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        if access.organisation is None:
            raise Refused
        team = team_id(service, source_reference)
        work.remark(words=f"team {team.hex} made")
        if work.teams.is_known(team):
            raise AlreadyKept
        known_as = {own: each for each, own in work.agencies.references().items()}
        made = Team(
            reference=team,
            name=name,
            organisation=work.agencies.names()[access.organisation],
            duty_line=lines.duty_line,
            out_of_hours_line=lines.out_of_hours_line,
        )
        sent = SentTeam(
            source_reference=source_reference, employer=known_as[access.organisation], team=made
        )
        work.teams.make(service, sent, access.today)
    return team


def _one(work: Work, access: Access, service: Service, team: UUID) -> OwnTeam:
    found = work.teams.one(service, team, access.today)
    if found is None:
        raise NotFound
    return found


def _parts(before: Lines, after: Lines) -> str:
    """Return which lines were changed, as the audit keeps it."""
    parts = (
        ("duty line", before.duty_line != after.duty_line),
        ("out of hours", before.out_of_hours_line != after.out_of_hours_line),
    )
    return ", ".join(name for name, differs in parts if differs)

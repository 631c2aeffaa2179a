"""Read the teams and practitioners that lines repeat, and see that all lines agree on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory.domain.agencies import Practitioner, Team
from directory.domain.dates import parse_day
from directory.domain.extracts import SentPractitioner, SentTeam, practitioner_id, team_id
from directory.domain.identifiers import parse_reference
from directory.domain.vocabulary import Service
from directory.operations.contacts import line_number, neutral, work_email, work_number
from directory.operations.fields import Fields

_PRACTITIONER = (
    "practitioner_name",
    "practitioner_role",
    "practitioner_phone",
    "practitioner_email",
    "practitioner_left_on",
)
_COLUMNS = (
    "organisation_reference",
    "team_reference",
    "practitioner_reference",
    "organisation_name",
    "team_name",
    "team_duty_line",
    "team_out_of_hours_line",
    *_PRACTITIONER,
)

_reference = lru_cache(maxsize=8192)(parse_reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """What one line says of its team and its practitioner."""

    team: SentTeam
    practitioner: SentPractitioner | None

    @property
    def references(self) -> tuple[str, str]:
        practitioner = self.practitioner.source_reference if self.practitioner else ""
        return self.team.source_reference, practitioner


class Contacts:
    """The teams and practitioners of one file, as the first accepted line of each has them."""

    def __init__(self, service: Service) -> None:
        """Begin with nobody."""
        self._service = service
        self._agreed: dict[tuple[str, ...], tuple[str, str]] = {}
        self._read: tuple[tuple[str, ...], _Stated] | None = None
        self._said_by: dict[tuple[str, str], int] = {}
        self._organisations: dict[str, str] = {}
        self.teams: dict[str, SentTeam] = {}
        self.practitioners: dict[str, SentPractitioner] = {}

    def begin(self) -> None:
        """Begin a line: what the one before said counts only if it was accepted."""
        self._read = None

    def read(self, fields: Fields) -> tuple[str, str]:
        """Return the references of a line's team and practitioner, the second may be empty."""
        cells = tuple(map(fields.raw, _COLUMNS))
        if cells in self._agreed:
            return self._agreed[cells]
        before = len(fields.faults)
        stated = self._stated(fields)
        if stated is None or len(fields.faults) > before:
            return "", ""
        self._compare(fields, stated)
        self._read = (cells, stated)
        return stated.references

    def accept(self, number: int) -> None:
        """Take what the line just read says, for the line as a whole was accepted."""
        if self._read is None:
            return
        cells, stated = self._read
        self._read = None
        self._agreed[cells] = stated.references
        self._organisations.setdefault(stated.team.employer, stated.team.team.organisation)
        self._said_by.setdefault(("organisation", stated.team.employer), number)
        self.teams.setdefault(stated.team.source_reference, stated.team)
        self._said_by.setdefault(("team", stated.team.source_reference), number)
        if stated.practitioner:
            reference = stated.practitioner.source_reference
            self.practitioners.setdefault(reference, stated.practitioner)
            self._said_by.setdefault(("practitioner", reference), number)

    def _stated(self, fields: Fields) -> _Stated | None:
        organisation = fields.must("organisation_reference", _reference)
        reference = fields.must("team_reference", _reference)
        team = Team(
            reference=team_id(self._service, reference or ""),
            name=_neutral(fields, "team_name"),
            organisation=_neutral(fields, "organisation_name"),
            duty_line=fields.parsed("team_duty_line", line_number) or "",
            out_of_hours_line=fields.parsed("team_out_of_hours_line", line_number) or "",
        )
        practitioner = self._practitioner(fields, team)
        if organisation is None or reference is None:
            return None
        return _Stated(
            team=SentTeam(source_reference=reference, employer=organisation, team=team),
            practitioner=practitioner,
        )

    def _practitioner(self, fields: Fields, team: Team) -> SentPractitioner | None:
        reference = fields.parsed("practitioner_reference", _reference)
        if reference is None:
            if not fields.raw("practitioner_reference") and any(map(fields.raw, _PRACTITIONER)):
                fields.fault("practitioner_reference", "must be given beside a practitioner")
            return None
        practitioner = Practitioner(
            reference=practitioner_id(self._service, reference),
            name=fields.named("practitioner_name"),
            role=_neutral(fields, "practitioner_role") if fields.raw("practitioner_role") else "",
            phone=fields.parsed("practitioner_phone", work_number) or "",
            email=fields.parsed("practitioner_email", work_email) or "",
            left_on=fields.parsed("practitioner_left_on", parse_day),
        )
        return SentPractitioner(
            source_reference=reference, practitioner=practitioner, team=team.reference
        )

    def _compare(self, fields: Fields, stated: _Stated) -> None:
        named = self._organisations.get(stated.team.employer)
        if named is not None:
            self._agree(
                fields,
                ("organisation", stated.team.employer),
                {"organisation_name": named},
                {"organisation_name": stated.team.team.organisation},
            )
        team = self.teams.get(stated.team.source_reference)
        if team is not None:
            whose = ("team", team.source_reference)
            self._agree(fields, whose, _team_columns(team), _team_columns(stated.team))
        if stated.practitioner is None:
            return
        reference = stated.practitioner.source_reference
        known = self.practitioners.get(reference)
        if known is not None:
            was = _practitioner_columns(known.practitioner)
            now = _practitioner_columns(stated.practitioner.practitioner)
            self._agree(fields, ("practitioner", reference), was, now)

    def _agree(
        self,
        fields: Fields,
        whose: tuple[str, str],
        was: Mapping[str, str],
        now: Mapping[str, str],
    ) -> None:
        """Say where a line differs from the first accepted one on the same team or the like."""
        faulty = {each.column for each in fields.faults}
        for column, value in now.items():
            if value != was[column] and column not in faulty:
                first = self._said_by[whose]
                fields.fault(column, f"does not agree with line {first} on the same {whose[0]}")


def _team_columns(sent: SentTeam) -> dict[str, str]:
    return {
        "organisation_reference": sent.employer,
        "organisation_name": sent.team.organisation,
        "team_name": sent.team.name,
        "team_duty_line": sent.team.duty_line,
        "team_out_of_hours_line": sent.team.out_of_hours_line,
    }


def _practitioner_columns(practitioner: Practitioner) -> dict[str, str]:
    return {
        "practitioner_name": practitioner.name,
        "practitioner_role": practitioner.role,
        "practitioner_phone": practitioner.phone,
        "practitioner_email": practitioner.email,
        "practitioner_left_on": str(practitioner.left_on or ""),
    }


def _neutral(fields: Fields, column: str) -> str:
    """Return a name that must be given and must say nothing about the people behind it."""
    found = fields.named(column)
    if found:
        fields.parsed(column, neutral)
    return found

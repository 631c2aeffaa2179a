"""Read what the council enters by hand: council.toml, whole or not at all."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Self

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from directory.domain.identifiers import Malformed, parse_reference
from directory.domain.lawfulness import (
    ConfidentialityBasis,
    Country,
    LawfulBasis,
    ScheduleCondition,
    SpecialCondition,
)
from directory.domain.sharing import LONGEST_TERM, ContactField
from directory.domain.vocabulary import LegalPower, Purpose, Role, Service
from directory.operations.accounts import GRANTABLE
from directory.operations.contacts import line_number, neutral

_MOST_FAULTS_SAID = 10
_LAST_YEAR = 2100
_SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this table",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must be a file's name, in the folder of this file",
}


class CouncilFault(ValueError):
    """The file cannot be taken; the message names every table and key that is wrong."""


def _spelt(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Malformed("must be an e-mail address") from None


def _grantable(role: Role) -> Role:
    if role not in GRANTABLE:
        raise Malformed("is a role that is nobody's to give")
    return role


def _text(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Reference = Annotated[str, AfterValidator(parse_reference)]
Line = Annotated[str, AfterValidator(line_number)]
Name = Annotated[str, _text(120), AfterValidator(neutral)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CouncilTable(_Table):
    """The council itself; `as_of` is the day of all extracts beside the file."""

    name: Annotated[str, _text(120)]
    area: Annotated[str, _text(120)]
    as_of: date | None = None


class OrganisationTable(_Table):
    """A body that takes part; with `needs_consent` it knows of nobody without their consent."""

    reference: Reference
    name: Name
    needs_consent: bool = False


class ServiceTable(_Table):
    """A service as a whole; `team_only` keeps its practitioners' names back."""

    key: Service
    title: Annotated[str, _text(80), AfterValidator(neutral)]
    common_line: Line
    out_of_hours_line: Line | None = None
    area: Annotated[str, _text(120)]
    covered_since: date | None = None
    update_cycle_days: Annotated[int, Field(ge=1, le=366)]
    date_meaning: Annotated[str, _text(300)]
    extract: Annotated[str, Field(pattern=r"^[\w\-][\w.\-]{0,99}$")] | None = None
    team_only: bool = False


class AgreementTable(_Table):
    """An agreement in one version; `end` is the first day it no longer holds."""

    reference: Reference
    title: Annotated[str, _text(200)]
    version: Annotated[int, Field(ge=1)]
    powers: Annotated[tuple[LegalPower, ...], Field(min_length=1)]
    purposes: Annotated[tuple[Purpose, ...], Field(min_length=1)]
    services: Annotated[tuple[Service, ...], Field(min_length=1)]
    start: date
    review: date
    end: date
    country: Country = Country.ENGLAND
    bases: tuple[LawfulBasis, ...] = ()
    special: tuple[SpecialCondition, ...] = ()
    schedule: tuple[ScheduleCondition, ...] = ()
    policy_document: Annotated[str, StringConstraints(max_length=120)] = ""
    confidentiality: ConfidentialityBasis | None = None
    dpia: Annotated[str, StringConstraints(max_length=40)] = ""
    fields: Annotated[tuple[ContactField, ...], Field(min_length=1)] = tuple(ContactField)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise Malformed("end must be after start")
        if self.start.year > _LAST_YEAR:
            raise Malformed(f"start must be {_LAST_YEAR} or earlier")
        if max(self.end, self.review) - self.start > LONGEST_TERM:
            raise Malformed("review and end must be within ten years of start")
        return self


class PartyTable(_Table):
    """An organisation's place in an agreement; unsigned while it has no day."""

    agreement: Reference
    organisation: Reference
    signed_on: date | None = None
    signed_by: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""


class AccountTable(_Table):
    """A user's account, without a password."""

    username: Annotated[str, AfterValidator(_spelt)]
    display_name: Annotated[str, _text(120)]
    roles: Annotated[tuple[Annotated[Role, AfterValidator(_grantable)], ...], Field(min_length=1)]
    organisation: Reference
    service: Service | None = None
    team_reference: Reference = ""
    practitioner_reference: Reference = ""


class CouncilFile(_Table):
    """The whole file."""

    council: CouncilTable
    organisations: Annotated[tuple[OrganisationTable, ...], Field(min_length=1)]
    services: Annotated[tuple[ServiceTable, ...], Field(min_length=1)]
    agreements: tuple[AgreementTable, ...] = ()
    parties: tuple[PartyTable, ...] = ()
    accounts: tuple[AccountTable, ...] = ()


def read_council(text: bytes) -> CouncilFile:
    """Return what the file says, or raise CouncilFault."""
    try:
        tables = tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CouncilFault("council.toml must be UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        raise CouncilFault(f"council.toml is not TOML: {fault}") from None
    try:
        read = CouncilFile.model_validate(tables)
    except ValidationError as faults:
        said = [_said(each["loc"], each["type"], each["msg"]) for each in faults.errors()]
        raise CouncilFault(_listed(said)) from None
    disagreements = list(_disagreements(read))
    if disagreements:
        raise CouncilFault(_listed(disagreements))
    return read


def _said(place: tuple[int | str, ...], kind: str, words: str) -> str:
    """Return one fault as "services 3, common_line: must be …", counting tables from 1."""
    parts = [str(part + 1) if isinstance(part, int) else part for part in place]
    named = 2 if len(place) > 1 and isinstance(place[1], int) else 1
    table, key = " ".join(parts[:named]), " ".join(parts[named:])
    reason = _SAID.get(kind, words.removeprefix("Value error, ").replace("Input should", "must"))
    return f"{', '.join(filter(None, (table, key)))}: {reason}"


def _listed(faults: list[str]) -> str:
    more = len(faults) - _MOST_FAULTS_SAID
    said = "; ".join(faults[:_MOST_FAULTS_SAID])
    return said + (f"; and {more} more" if more > 0 else "")


def _disagreements(read: CouncilFile) -> Iterator[str]:
    """Yield where tables name what no other table has, or the same thing twice."""
    organisations = {each.reference for each in read.organisations}
    agreements = {each.reference for each in read.agreements}
    yield from _twice("organisations, reference", (each.reference for each in read.organisations))
    yield from _twice("services, key", (each.key for each in read.services))
    yield from _twice("agreements, reference", (each.reference for each in read.agreements))
    yield from _twice(
        "parties, organisation", (f"{each.agreement} {each.organisation}" for each in read.parties)
    )
    yield from _twice("accounts, username", (each.username.casefold() for each in read.accounts))
    for place, party in enumerate(read.parties, start=1):
        if party.agreement not in agreements:
            yield f"parties {place}, agreement: names no agreement of this file"
        if party.organisation not in organisations:
            yield f"parties {place}, organisation: names no organisation of this file"
    for place, account in enumerate(read.accounts, start=1):
        if account.organisation not in organisations:
            yield f"accounts {place}, organisation: names no organisation of this file"
        if account.service is None and (account.team_reference or account.practitioner_reference):
            yield f"accounts {place}, service: must be given beside a team or practitioner"


def _twice(where: str, each: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(each).items():
        if count > 1:
            yield f"{where}: {value} stands twice"

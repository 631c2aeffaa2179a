"""Set the council up from its file: who takes part, under which agreements, through which lines."""

from collections.abc import Mapping
from uuid import UUID

from directory.domain.access import Access
from directory.domain.agencies import CommonLine, ServiceProfile
from directory.domain.events import Event
from directory.domain.sharing import Agreement, Party
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.operations.accounts import COUNCIL_NAME, AccountPlan
from directory.operations.council_file import (
    AgreementTable,
    CouncilFault,
    CouncilFile,
    ServiceTable,
    read_council,
)
from directory.operations.sharing_file import enter_from_file
from directory.policy.permissions import Action

__all__ = ["COUNCIL_AREA", "CouncilFault", "accounts_of", "extract_files", "set_up"]

COUNCIL_AREA = "council_area"
"""The fact about this instance that names the area its council serves."""


def set_up(ledger: Ledger, access: Access, *, text: bytes) -> tuple[str, ...]:
    """Keep the organisations, services, feeds and agreements of council.toml, whole or not at all.

    The same file again changes nothing; accounts are made apart. Raise CouncilFault otherwise.
    What was not made active, or not taken because it may not change, is returned in words.
    """
    with ledger.entry(access, Event.COUNCIL_SET_UP, action=Action.COUNCIL_SET_UP) as work:
        read = read_council(text)
        work.agencies.keep_instance(COUNCIL_NAME, read.council.name)
        work.agencies.keep_instance(COUNCIL_AREA, read.council.area)
        known = work.agencies.references()
        for organisation in read.organisations:
            reference = known.setdefault(organisation.reference, work.new_reference())
            work.agencies.keep_organisation(
                reference,
                known_as=organisation.reference,
                name=organisation.name,
                needs_consent=organisation.needs_consent,
            )
        work.agencies.keep_services(_profile(each) for each in read.services)
        remarks = tuple(
            remark
            for agreement in read.agreements
            for remark in enter_from_file(work, access, _agreement(agreement, read, known))
        )
        counted = f"{len(read.organisations)} organisations, {len(read.services)} services"
        work.remark(words="; ".join((counted, *remarks)))
    return remarks


def extract_files(text: bytes) -> Mapping[Service, str]:
    """Return the name of each service's extract, in the order they are to be taken."""
    return {each.key: each.extract for each in read_council(text).services if each.extract}


def accounts_of(text: bytes) -> tuple[AccountPlan, ...]:
    """Return the accounts council.toml asks for."""
    return tuple(
        AccountPlan(
            email=each.username,
            display_name=each.display_name,
            organisation=each.organisation,
            roles=frozenset(each.roles),
            service=each.service,
            practitioner=each.practitioner_reference,
            team=each.team_reference,
        )
        for each in read_council(text).accounts
    )


def _profile(table: ServiceTable) -> ServiceProfile:
    return ServiceProfile(
        service=table.key,
        title=table.title,
        common_line=CommonLine(
            daytime=table.common_line, out_of_hours=table.out_of_hours_line or ""
        ),
        area=table.area,
        covered_since=table.covered_since,
        update_cycle_days=table.update_cycle_days,
        date_meaning=table.date_meaning,
        team_only=table.team_only,
    )


def _agreement(
    table: AgreementTable, read: CouncilFile, organisations: Mapping[str, UUID]
) -> Agreement:
    return Agreement(
        reference=table.reference,
        version=table.version,
        title=table.title,
        powers=frozenset(table.powers),
        purposes=frozenset(table.purposes),
        services=frozenset(table.services),
        parties=tuple(
            Party(
                organisation=organisations[each.organisation],
                signed_on=each.signed_on,
                signed_by=each.signed_by,
            )
            for each in read.parties
            if each.agreement == table.reference
        ),
        start=table.start,
        review=table.review,
        end=table.end,
        country=table.country,
        bases=frozenset(table.bases),
        special=frozenset(table.special),
        schedule=frozenset(table.schedule),
        policy_document=table.policy_document,
        confidentiality=table.confidentiality,
        dpia=table.dpia,
        fields=frozenset(table.fields),
    )

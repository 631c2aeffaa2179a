"""The people who sign in to the demonstration; none has a password here."""

from collections.abc import Sequence
from dataclasses import dataclass

from town_agencies import BEFRIENDING, COUNCIL, LANDLORDS, POLICE, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """A user's account, linked where it applies to a team and practitioner of the extracts."""

    name: str
    organisation: Organisation
    roles: tuple[str, ...]
    service: str = ""
    team: str = ""
    practitioner: str = ""

    def keys(self) -> dict[str, str | Sequence[str]]:
        """Return the account's keys in council.toml, without the empty ones."""
        local = self.name.lower().replace(" ", ".")
        every = {
            "username": f"{local}@{self.organisation.domain}",
            "display_name": self.name,
            "roles": self.roles,
            "organisation": self.organisation.reference,
            "service": self.service,
            "team_reference": self.team,
            "practitioner_reference": self.practitioner,
        }
        return {key: value for key, value in every.items() if value}


_HILLSIDE = LANDLORDS[0]

ACCOUNTS = (
    DemoAccount(
        name="Asha Rahman",
        organisation=COUNCIL,
        roles=("childrens_social_worker",),
        service="childrens_social_care",
        team="CSC-T001",
        practitioner="CSC-P0001",
    ),
    DemoAccount(
        name="Nadia Hussain",
        organisation=COUNCIL,
        roles=("childrens_social_worker", "out_of_hours"),
        service="childrens_social_care",
        team="CSC-T001",
        practitioner="CSC-P0002",
    ),
    DemoAccount(
        name="Callum Reid",
        organisation=COUNCIL,
        roles=("childrens_social_worker",),
        service="childrens_social_care",
        team="CSC-T002",
        practitioner="CSC-P0007",
    ),
    DemoAccount(
        name="Bethan Rees",
        organisation=COUNCIL,
        roles=("family_help_lead",),
        service="childrens_social_care",
        team="CSC-T001",
        practitioner="CSC-P0006",
    ),
    DemoAccount(
        name="Grace Mensah",
        organisation=COUNCIL,
        roles=("team_manager",),
        service="childrens_social_care",
        team="CSC-T001",
        practitioner="CSC-M001",
    ),
    DemoAccount(
        name="Priya Nair",
        organisation=COUNCIL,
        roles=("front_door",),
        service="childrens_social_care",
    ),
    DemoAccount(
        name="Declan Byrne",
        organisation=COUNCIL,
        roles=("out_of_hours",),
        service="childrens_social_care",
    ),
    DemoAccount(
        name="Ruth Calder",
        organisation=COUNCIL,
        roles=("adult_social_worker",),
        service="adult_social_care",
        team="ASC-T001",
        practitioner="ASC-P0002",
    ),
    DemoAccount(
        name="Marie Thornton", organisation=_HILLSIDE, roles=("service_lead",), service="housing"
    ),
    DemoAccount(
        name="Imran Sheikh",
        organisation=POLICE,
        roles=("police_liaison",),
        service="police",
        team="POL-T01",
        practitioner="POL-P0001",
    ),
    DemoAccount(name="Helen Ashworth", organisation=COUNCIL, roles=("ig_lead",)),
    DemoAccount(name="Owen Tregear", organisation=COUNCIL, roles=("dpo",)),
    DemoAccount(name="Olwen Pryce", organisation=COUNCIL, roles=("matching_steward",)),
    DemoAccount(name="Jonah Fraser", organisation=COUNCIL, roles=("matching_steward",)),
    DemoAccount(name="Una Lindqvist", organisation=COUNCIL, roles=("restriction_officer",)),
    DemoAccount(name="Piotr Zielinski", organisation=POLICE, roles=("restriction_officer",)),
    DemoAccount(name="Dilys Morgan", organisation=COUNCIL, roles=("siro",)),
    DemoAccount(name="Tomasz Novak", organisation=BEFRIENDING, roles=("volunteer",)),
    DemoAccount(name="Sam Okoro", organisation=COUNCIL, roles=("administrator",)),
)

"""The words pages use for roles, services, purposes and other fixed lists, and for dates."""

from collections.abc import Mapping
from datetime import date, datetime

from directory.domain.dates import LONDON
from directory.domain.gates import Gate, GateState, OfOrganisation
from directory.domain.vocabulary import (
    FamilyRole,
    Purpose,
    Relationship,
    Role,
    Scope,
    Service,
)

ROLE_NAMES: Mapping[Role, str] = {
    Role.CHILDRENS_SOCIAL_WORKER: "Children's social worker",
    Role.FAMILY_HELP_LEAD: "Family help lead",
    Role.FRONT_DOOR: "Front door (MASH)",
    Role.OUT_OF_HOURS: "Out-of-hours duty",
    Role.TEAM_MANAGER: "Team manager",
    Role.ADULT_SOCIAL_WORKER: "Adult social worker",
    Role.SERVICE_LEAD: "Service lead",
    Role.SCHOOL_SAFEGUARDING_LEAD: "School safeguarding lead",
    Role.HEALTH_PRACTITIONER: "Health practitioner",
    Role.GP_PRACTICE: "GP practice",
    Role.POLICE_LIAISON: "Police liaison",
    Role.VOLUNTEER: "Volunteer",
    Role.CARE_HOME_NURSE: "Care-home nurse",
    Role.OFSTED_LIAISON: "Ofsted liaison",
    Role.LADO: "LADO",
    Role.COMMISSIONER: "Commissioner",
    Role.SETTING_MANAGER: "Setting manager",
    Role.SHARING_DECIDER: "Sharing decider",
    Role.FRONT_DESK: "Front desk",
    Role.RESTRICTION_OFFICER: "Restriction officer",
    Role.MATCHING_STEWARD: "Matching steward",
    Role.HUB_WORKER: "Hub worker",
    Role.SIRO: "Senior information risk owner",
    Role.DPO: "Data protection officer",
    Role.CALDICOTT_GUARDIAN: "Caldicott Guardian",
    Role.IG_LEAD: "Information governance lead",
    Role.SUBJECT_ACCESS_OFFICER: "Subject access officer",
    Role.ADMINISTRATOR: "Administrator",
    Role.ANALYST: "Analyst",
    Role.RESEARCHER: "Researcher",
    Role.OPERATOR: "Council engineer (command line)",
    Role.PROGRAMME: "Programme",
    Role.VISITOR: "Nobody signed in",
}

ROLE_GROUPS: Mapping[str, tuple[Role, ...]] = {
    "Working with families": (
        Role.CHILDRENS_SOCIAL_WORKER,
        Role.FAMILY_HELP_LEAD,
        Role.FRONT_DOOR,
        Role.OUT_OF_HOURS,
        Role.TEAM_MANAGER,
        Role.ADULT_SOCIAL_WORKER,
    ),
    "Working in another service": (
        Role.SERVICE_LEAD,
        Role.SCHOOL_SAFEGUARDING_LEAD,
        Role.HEALTH_PRACTITIONER,
        Role.GP_PRACTICE,
        Role.POLICE_LIAISON,
        Role.VOLUNTEER,
        Role.CARE_HOME_NURSE,
    ),
    "Regulation and settings": (
        Role.LADO,
        Role.OFSTED_LIAISON,
        Role.COMMISSIONER,
        Role.SETTING_MANAGER,
    ),
    "Sharing and protected records": (
        Role.FRONT_DESK,
        Role.SHARING_DECIDER,
        Role.RESTRICTION_OFFICER,
        Role.MATCHING_STEWARD,
        Role.HUB_WORKER,
    ),
    "Information governance": (
        Role.IG_LEAD,
        Role.SIRO,
        Role.DPO,
        Role.CALDICOTT_GUARDIAN,
        Role.SUBJECT_ACCESS_OFFICER,
    ),
    "Figures and research": (Role.ANALYST, Role.RESEARCHER),
    "Running the directory": (Role.ADMINISTRATOR,),
}
"""Every role an account may hold, under the heading an administrator looks for."""

SERVICE_NAMES: Mapping[Service, str] = {
    Service.SCHOOL: "School",
    Service.CHILDRENS_SOCIAL_CARE: "Children's social care",
    Service.ADULT_SOCIAL_CARE: "Adult social care",
    Service.HOUSING: "Housing",
    Service.POLICE: "Police",
    Service.HEALTH: "Health",
    Service.JUSTICE: "Probation and youth justice",
    Service.EARLY_HELP: "Early help and voluntary services",
    Service.SENSITIVE: "Specialist services",
}

SCOPE_NAMES: Mapping[Scope, str] = {
    Scope.INVOLVEMENTS_WRITE: "Send its service’s involvements",
    Scope.PRACTITIONERS_WRITE: "Send its service’s practitioners",
    Scope.PEOPLE_READ: "Ask on behalf of its organisation’s users, with their rights",
}

PURPOSE_NAMES: Mapping[Purpose, str] = {
    Purpose.LOCATING: "Finding the right person",
    Purpose.CHILD_PROTECTION: "Child protection enquiry (section 47)",
    Purpose.CHILD_IN_NEED: "Child in need (section 17)",
    Purpose.TRIAGE: "Deciding what a new contact needs (front-door triage)",
    Purpose.EARLY_HELP: "Early help",
    Purpose.ADULT_SAFEGUARDING: "Adult safeguarding enquiry (section 42)",
    Purpose.ADULT_CARE: "Adult care and support",
    Purpose.POLICE_PROTECTION: "Protecting someone at risk (police)",
    Purpose.DIRECT_CARE: "Direct care of a patient",
    Purpose.PUPIL_WELFARE: "Welfare of our own pupil",
    Purpose.OWN_SERVICE: "Keeping our own service's lines right",
    Purpose.REGULATOR: "Regulation",
    Purpose.INVESTIGATION: "Logged investigation",
    Purpose.SUBJECT_ACCESS: "A person's own request (subject access)",
}

RELATIONSHIP_NAMES: Mapping[Relationship, str] = {
    Relationship.ALLOCATED: "Allocated to you",
    Relationship.TEAM: "Allocated to your team",
    Relationship.CLAIMED: "You said you are working with this family",
    Relationship.ENQUIRY: "Your enquiry",
    Relationship.OWN_SERVICE: "Known to your own service",
    Relationship.CONSENT: "With consent",
    Relationship.PLACEMENT: "Placed with you",
    Relationship.INVESTIGATION: "Inside your logged investigation",
    Relationship.NONE: "No working relationship",
}

FAMILY_ROLE_NAMES: Mapping[FamilyRole, str] = {
    FamilyRole.ANCHOR_CHILD: "Child",
    FamilyRole.CHILD: "Child",
    FamilyRole.PARENT: "Parent",
    FamilyRole.CARER: "Carer",
    FamilyRole.OTHER: "",
}


def day(value: date | None) -> str:
    """Return a day as people read it, 3 February 2026; empty for none."""
    return f"{value.day} {value:%B %Y}" if value else ""


def month(value: date | None) -> str:
    """Return a month as people read it, February 2026; empty for none."""
    return f"{value:%B %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """Return a moment in local time, 3 February 2026 at 14:05; empty for none."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    return f"{day(local)} at {local:%H:%M}"


GATE_NAMES = {
    Gate.TRAINING: "Training",
    Gate.CONTRACT: "Contract or volunteer agreement",
    Gate.VETTING: "Vetting",
    Gate.CODE_OF_CONDUCT: "Code of conduct",
}
STANDING_NAMES: Mapping[str, str] = {
    **{str(gate): name for gate, name in GATE_NAMES.items()},
    OfOrganisation.ASSURANCE: "Data assurance of your organisation",
}
GATE_STATES = {
    GateState.HELD: "held",
    GateState.LAPSES_SOON: "lapses within 14 days",
    GateState.LAPSED: "lapsed",
    GateState.MISSING: "not given",
}

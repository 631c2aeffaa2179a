"""Which role may do what, whom it can find, and why it may look: one readable table."""

from collections.abc import Mapping
from enum import StrEnum

from directory.domain.calls import CallKind
from directory.domain.matching import Desk
from directory.domain.vocabulary import (
    Findability,
    LegalPower,
    Lifecycle,
    Purpose,
    Relationship,
    Role,
    Scope,
    Service,
)

POLICY_VERSION = "2026-11-24.7"


class Action(StrEnum):
    """Everything a route or a command can do, named scope:act."""

    PEOPLE_FIND = "people:find"
    FAMILY_OPEN = "family:open"
    FAMILY_ADD_PERSON = "family:add_person"
    FAMILIES_MINE = "families:mine"
    AUDIT_INVESTIGATE = "audit:investigate"
    AUDIT_VERIFY = "audit:verify"
    ACCOUNTS_MANAGE = "accounts:manage"
    SESSION_HOLD = "session:hold"  # begin, go on with and end one, before any role is chosen too
    SESSION_OWN = "session:own"
    COUNCIL_SET_UP = "council:set_up"
    EXTRACT_TAKE = "extract:take"
    EXTRACT_SEND = "extract:send"  # of one's own service alone; the engineer's of any
    PRACTITIONER_LEAVE = "practitioner:leave"
    MATCHING_DECIDE = "matching:decide"
    ALIASES_DECIDE = "aliases:decide"
    PROTECTION_ASK = "protection:ask"
    PROTECTION_READ = "protection:read"
    PROTECTION_KEEP = "protection:keep"
    PROTECTION_COMPLETE = "protection:complete"
    PROTECTION_LIFT_AT_ONCE = "protection:lift_at_once"
    INTERESTS_DECLARE = "interests:declare"
    CLAIMS_CONFIRM = "claims:confirm"
    CONSENT_KEEP = "consent:keep"
    FAMILY_HAND_ON = "family:hand_on"
    CLAIMS_SAMPLE = "claims:sample"
    EMERGENCY_OPEN = "emergency:open"
    EMERGENCY_REVIEW = "emergency:review"
    ALIASES_SEEK = "aliases:seek"
    SHARING_READ = "sharing:read"
    SHARING_DRAFT = "sharing:draft"
    SHARING_ACTIVATE = "sharing:activate"
    SHARING_PREVIEW = "sharing:preview"
    RULES_READ = "rules:read"
    RULES_PROPOSE = "rules:propose"
    RULES_DECIDE = "rules:decide"
    RETENTION_RUN = "retention:run"
    CALLS_SWEEP = "calls:sweep"
    CALLS_ANSWER = "calls:answer"
    ROTA_KEEP = "rota:keep"
    ASSURANCE_KEEP = "assurance:keep"
    UPKEEP = "involvement:keep"  # of one's own service alone
    CONTACT_REPORT = "contact:report"
    CORRECTIONS_ANSWER = "corrections:answer"  # of one's own service alone
    CORRECTIONS_OVERSEE = "corrections:oversee"
    MAIL_DOMAINS_JUDGE = "mail_domains:judge"
    CONTACT_CONFIRM = "contact:confirm"  # of what names oneself alone
    FAMILY_WATCH = "family:watch"  # one on the user's own list
    PROGRAMMES_KEEP = "programmes:keep"
    INVOLVEMENTS_SEND = "involvements:send"  # of the programme's own service alone
    PRACTITIONERS_SEND = "practitioners:send"  # of the programme's own service alone


_NO_PERSONS = frozenset({Action.SESSION_HOLD, Action.SESSION_OWN})
_VIEWER = _NO_PERSONS | {
    Action.PEOPLE_FIND,
    Action.FAMILY_OPEN,
    Action.CONTACT_REPORT,
    Action.PROTECTION_ASK,
    Action.INTERESTS_DECLARE,
}
_CONSENT_ASKER = _VIEWER | {Action.CONSENT_KEEP}
_CLAIMANT = frozenset(
    {
        Action.FAMILIES_MINE,
        Action.FAMILY_HAND_ON,
        Action.FAMILY_WATCH,
        Action.CONTACT_CONFIRM,
    }
)
_FAMILY_WORKER = _CONSENT_ASKER | _CLAIMANT | {Action.FAMILY_ADD_PERSON}
_REGISTER = _NO_PERSONS | {Action.SHARING_READ, Action.RULES_READ}
_ENQUIRER = _VIEWER | _CLAIMANT | {Action.FAMILY_ADD_PERSON}

ACTIONS: Mapping[Role, frozenset[Action]] = {
    Role.CHILDRENS_SOCIAL_WORKER: _FAMILY_WORKER | {Action.EMERGENCY_OPEN},
    Role.FAMILY_HELP_LEAD: _FAMILY_WORKER,
    Role.FRONT_DOOR: _ENQUIRER | {Action.EMERGENCY_OPEN},
    Role.OUT_OF_HOURS: _ENQUIRER | {Action.EMERGENCY_OPEN},
    Role.TEAM_MANAGER: _CONSENT_ASKER
    | _CLAIMANT
    | {Action.CLAIMS_CONFIRM, Action.EMERGENCY_REVIEW},
    Role.ADULT_SOCIAL_WORKER: _CONSENT_ASKER | _CLAIMANT,
    Role.SERVICE_LEAD: _VIEWER | {Action.UPKEEP, Action.CORRECTIONS_ANSWER, Action.EXTRACT_SEND},
    Role.SCHOOL_SAFEGUARDING_LEAD: _CONSENT_ASKER,
    Role.HEALTH_PRACTITIONER: _CONSENT_ASKER,
    Role.GP_PRACTICE: _NO_PERSONS,
    Role.POLICE_LIAISON: _VIEWER | _CLAIMANT | {Action.EMERGENCY_OPEN},
    Role.VOLUNTEER: _VIEWER - {Action.INTERESTS_DECLARE},
    Role.CARE_HOME_NURSE: _NO_PERSONS,
    Role.OFSTED_LIAISON: _NO_PERSONS,
    Role.LADO: _NO_PERSONS,
    Role.COMMISSIONER: _NO_PERSONS,
    Role.SETTING_MANAGER: _NO_PERSONS,
    Role.SHARING_DECIDER: _NO_PERSONS,
    Role.FRONT_DESK: _NO_PERSONS,
    Role.RESTRICTION_OFFICER: _NO_PERSONS
    | {
        Action.MATCHING_DECIDE,
        Action.PROTECTION_ASK,
        Action.PROTECTION_READ,
        Action.PROTECTION_KEEP,
        Action.PROTECTION_COMPLETE,
        Action.CALLS_ANSWER,
        Action.ROTA_KEEP,
    },
    Role.MATCHING_STEWARD: _NO_PERSONS | {Action.MATCHING_DECIDE, Action.ALIASES_DECIDE},
    Role.HUB_WORKER: _NO_PERSONS,
    Role.SIRO: _REGISTER
    | {Action.PROTECTION_READ, Action.PROTECTION_LIFT_AT_ONCE, Action.PROTECTION_COMPLETE},
    Role.DPO: _REGISTER | {Action.SHARING_ACTIVATE, Action.RULES_DECIDE},
    Role.CALDICOTT_GUARDIAN: _REGISTER,
    Role.IG_LEAD: _REGISTER
    | {
        Action.AUDIT_INVESTIGATE,
        Action.AUDIT_VERIFY,
        Action.EMERGENCY_REVIEW,
        Action.CLAIMS_SAMPLE,
        Action.SHARING_DRAFT,
        Action.SHARING_ACTIVATE,
        Action.SHARING_PREVIEW,
        Action.RULES_PROPOSE,
        Action.RULES_DECIDE,
        Action.CALLS_ANSWER,
        Action.ASSURANCE_KEEP,
        Action.MAIL_DOMAINS_JUDGE,
        Action.CORRECTIONS_OVERSEE,
    },
    Role.SUBJECT_ACCESS_OFFICER: _NO_PERSONS,
    Role.ADMINISTRATOR: _NO_PERSONS | {Action.ACCOUNTS_MANAGE, Action.PROGRAMMES_KEEP},
    Role.ANALYST: _NO_PERSONS,
    Role.RESEARCHER: _NO_PERSONS,
    Role.OPERATOR: frozenset(
        {
            Action.COUNCIL_SET_UP,
            Action.EXTRACT_TAKE,
            Action.EXTRACT_SEND,
            Action.PROTECTION_COMPLETE,
            Action.ALIASES_SEEK,
            Action.PRACTITIONER_LEAVE,
            Action.AUDIT_VERIFY,
            Action.ACCOUNTS_MANAGE,
            Action.PROGRAMMES_KEEP,
            Action.RETENTION_RUN,
            Action.CALLS_SWEEP,
        }
    ),
    Role.PROGRAMME: frozenset({Action.INVOLVEMENTS_SEND, Action.PRACTITIONERS_SEND}),
    Role.VISITOR: frozenset({Action.SESSION_HOLD}),
}

OPENED_BY: Mapping[Action, Scope] = {
    Action.INVOLVEMENTS_SEND: Scope.INVOLVEMENTS_WRITE,
    Action.PRACTITIONERS_SEND: Scope.PRACTITIONERS_WRITE,
}
"""What a programme's key must open for what a programme does by itself."""

_EXACT = (
    Role.POLICE_LIAISON,
    Role.ADULT_SOCIAL_WORKER,
    Role.SCHOOL_SAFEGUARDING_LEAD,
    Role.HEALTH_PRACTITIONER,
)
_OPEN = (
    Role.CHILDRENS_SOCIAL_WORKER,
    Role.FAMILY_HELP_LEAD,
    Role.FRONT_DOOR,
    Role.OUT_OF_HOURS,
    Role.TEAM_MANAGER,
)
_OWN = (Role.SERVICE_LEAD, Role.VOLUNTEER, Role.CARE_HOME_NURSE, Role.GP_PRACTICE)

FINDABLE: Mapping[Role, Findability] = {
    role: Findability.OPEN
    if role in _OPEN
    else Findability.EXACT
    if role in _EXACT
    else Findability.OWN
    if role in _OWN
    else Findability.NONE
    for role in Role
}

OWN_SERVICES: Mapping[Role, Service] = {
    Role.ADULT_SOCIAL_WORKER: Service.ADULT_SOCIAL_CARE,
    Role.POLICE_LIAISON: Service.POLICE,
    Role.SCHOOL_SAFEGUARDING_LEAD: Service.SCHOOL,
    Role.HEALTH_PRACTITIONER: Service.HEALTH,
}
"""The service a role stands for; a service lead stands for the one that the account names."""

REFERENCES: Mapping[Role, Service] = {
    Role.CHILDRENS_SOCIAL_WORKER: Service.CHILDRENS_SOCIAL_CARE,
    Role.FAMILY_HELP_LEAD: Service.CHILDRENS_SOCIAL_CARE,
    Role.FRONT_DOOR: Service.CHILDRENS_SOCIAL_CARE,
    Role.OUT_OF_HOURS: Service.CHILDRENS_SOCIAL_CARE,
    Role.TEAM_MANAGER: Service.CHILDRENS_SOCIAL_CARE,
}
"""The service by whose references a role without own people finds somebody; a role that has own
people finds one of those alone, by their own service's."""

OWN_ORGANISATION_ONLY = frozenset({Role.SCHOOL_SAFEGUARDING_LEAD, Role.HEALTH_PRACTITIONER})
"""Roles whose own people are those of their own organisation: its pupils or its patients."""

PURPOSES: Mapping[Role, tuple[Purpose, ...]] = {
    Role.CHILDRENS_SOCIAL_WORKER: (
        Purpose.CHILD_PROTECTION,
        Purpose.CHILD_IN_NEED,
        Purpose.TRIAGE,
        Purpose.EARLY_HELP,
    ),
    Role.FAMILY_HELP_LEAD: (
        Purpose.EARLY_HELP,
        Purpose.CHILD_IN_NEED,
        Purpose.CHILD_PROTECTION,
    ),
    Role.FRONT_DOOR: (Purpose.TRIAGE, Purpose.CHILD_PROTECTION, Purpose.CHILD_IN_NEED),
    Role.OUT_OF_HOURS: (Purpose.CHILD_PROTECTION, Purpose.TRIAGE),
    Role.TEAM_MANAGER: (
        Purpose.CHILD_PROTECTION,
        Purpose.CHILD_IN_NEED,
        Purpose.EARLY_HELP,
    ),
    Role.ADULT_SOCIAL_WORKER: (Purpose.ADULT_SAFEGUARDING, Purpose.ADULT_CARE),
    Role.SERVICE_LEAD: (Purpose.OWN_SERVICE,),
    Role.SCHOOL_SAFEGUARDING_LEAD: (Purpose.PUPIL_WELFARE, Purpose.CHILD_PROTECTION),
    Role.HEALTH_PRACTITIONER: (Purpose.DIRECT_CARE, Purpose.CHILD_PROTECTION),
    Role.POLICE_LIAISON: (Purpose.POLICE_PROTECTION, Purpose.CHILD_PROTECTION),
    Role.VOLUNTEER: (Purpose.EARLY_HELP,),
    Role.IG_LEAD: (Purpose.INVESTIGATION,),
}

POWERS: Mapping[Purpose, LegalPower] = {
    Purpose.LOCATING: LegalPower.CHILDREN_ACT_2004_S11,
    Purpose.CHILD_PROTECTION: LegalPower.CHILDREN_ACT_1989_S47,
    Purpose.CHILD_IN_NEED: LegalPower.CHILDREN_ACT_1989_S17,
    Purpose.TRIAGE: LegalPower.CHILDREN_ACT_1989_S17,
    Purpose.EARLY_HELP: LegalPower.CHILDREN_ACT_2004_S10,
    Purpose.ADULT_SAFEGUARDING: LegalPower.CARE_ACT_2014_S42,
    Purpose.ADULT_CARE: LegalPower.CARE_ACT_2014_S6,
    Purpose.POLICE_PROTECTION: LegalPower.COMMON_LAW_POLICING,
    Purpose.DIRECT_CARE: LegalPower.HSCA_2012_S251B,
    Purpose.PUPIL_WELFARE: LegalPower.EDUCATION_ACT_2002_S175,
    Purpose.OWN_SERVICE: LegalPower.CHILDREN_ACT_2004_S11,
    Purpose.REGULATOR: LegalPower.CHILDREN_ACT_2004_S11,
    Purpose.INVESTIGATION: LegalPower.UK_GDPR_ARTICLE_5_2,
    Purpose.SUBJECT_ACCESS: LegalPower.UK_GDPR_ARTICLE_15,
}

CLAIMS: Mapping[Role, Relationship] = {
    Role.CHILDRENS_SOCIAL_WORKER: Relationship.CLAIMED,
    Role.FAMILY_HELP_LEAD: Relationship.CLAIMED,
    Role.ADULT_SOCIAL_WORKER: Relationship.CLAIMED,
    Role.POLICE_LIAISON: Relationship.CLAIMED,
    Role.FRONT_DOOR: Relationship.ENQUIRY,
    Role.OUT_OF_HOURS: Relationship.ENQUIRY,
}
"""The relationship a role may make for itself, with a reason; other roles may make none."""

RECEIVES: Mapping[Role, Relationship] = {
    **{role: kind for role, kind in CLAIMS.items() if kind is Relationship.CLAIMED},
    Role.TEAM_MANAGER: Relationship.TEAM,
}
"""The ground on which a role works with a family that was handed on to it."""

GROUNDS_BY_WORD: Mapping[Role, Relationship] = {**CLAIMS, **RECEIVES}
"""The ground of what a role claimed itself, or was handed on."""

CLAIM_PURPOSES = frozenset(
    {
        Purpose.CHILD_PROTECTION,
        Purpose.CHILD_IN_NEED,
        Purpose.TRIAGE,
        Purpose.ADULT_SAFEGUARDING,
        Purpose.ADULT_CARE,
        Purpose.POLICE_PROTECTION,
    }
)

CALLS: Mapping[Role, CallKind] = {
    Role.RESTRICTION_OFFICER: CallKind.HIDDEN,
    Role.IG_LEAD: CallKind.INTEREST,
}
"""Which calls a role is to make."""

VIEWING_ROLES = frozenset(
    role
    for role in Role
    if FINDABLE[role] is not Findability.NONE
    or ACTIONS[role] & {Action.AUDIT_INVESTIGATE, Action.MATCHING_DECIDE}
)
"""Roles that see people, in the directory or its audit; an administrator may hold none of them."""


def allows(role: Role, action: Action) -> bool:
    """Return whether `role` may do `action`."""
    return action in ACTIONS[role]


def opens(scopes: frozenset[Scope], action: Action) -> bool:
    """Return whether what a programme's key opens is enough for `action`.

    What is done on behalf of a user asks for the one scope to read, and for the user's rights.
    """
    return OPENED_BY.get(action, Scope.PEOPLE_READ) in scopes


def desk_of(role: Role) -> Desk:
    """Return at which desk `role` decides whose lines are.

    Lines that resemble somebody guarded, and all that touches such a person, are the restriction
    officers' alone; a matching steward is not told that there are any.
    """
    return Desk.HELD if role is Role.RESTRICTION_OFFICER else Desk.OPEN


def purposes_for(role: Role) -> tuple[Purpose, ...]:
    """Return the purposes `role` may look for, the commonest first."""
    return PURPOSES.get(role, ())


def purposes_on(role: Role, relationship: Relationship) -> tuple[Purpose, ...]:
    """Return the purposes `role` may look for on this ground, or on a claim where there is none.

    A claim reaches no further than what may be claimed; another ground bears all of the role's.
    """
    purposes = purposes_for(role)
    if role in CLAIMS and relationship in {Relationship.NONE, CLAIMS[role]}:
        return tuple(each for each in purposes if each in CLAIM_PURPOSES)
    return purposes


def may_be_told_of(role: Role, lifecycle: Lifecycle) -> bool:
    """Return whether `role` may be told that a person at this point of their life is known.

    Nobody is told of one who was merged or severed; of an archived one, who may investigate.
    """
    if lifecycle is Lifecycle.ARCHIVED:
        return allows(role, Action.AUDIT_INVESTIGATE)
    return lifecycle not in {Lifecycle.MERGED, Lifecycle.ADOPTED_SEVERED}


def may_claim(role: Role, purpose: Purpose) -> bool:
    """Return whether `role` may start a relationship itself for `purpose`, one of its own."""
    return role in CLAIMS and purpose in CLAIM_PURPOSES and purpose in purposes_for(role)


def roles_conflict(roles: frozenset[Role]) -> bool:
    """Return whether the roles may not stand in one account: administrator beside viewing."""
    return Role.ADMINISTRATOR in roles and bool(roles & VIEWING_ROLES)

"""The fixed lists of the field: roles, services, states, levels, purposes and powers."""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a user acts as; one at a time, from this fixed list."""

    CHILDRENS_SOCIAL_WORKER = "childrens_social_worker"
    FAMILY_HELP_LEAD = "family_help_lead"
    FRONT_DOOR = "front_door"
    OUT_OF_HOURS = "out_of_hours"
    TEAM_MANAGER = "team_manager"
    ADULT_SOCIAL_WORKER = "adult_social_worker"
    SERVICE_LEAD = "service_lead"
    SCHOOL_SAFEGUARDING_LEAD = "school_safeguarding_lead"
    HEALTH_PRACTITIONER = "health_practitioner"
    GP_PRACTICE = "gp_practice"
    POLICE_LIAISON = "police_liaison"
    VOLUNTEER = "volunteer"
    CARE_HOME_NURSE = "care_home_nurse"
    OFSTED_LIAISON = "ofsted_liaison"
    LADO = "lado"
    COMMISSIONER = "commissioner"
    SETTING_MANAGER = "setting_manager"
    SHARING_DECIDER = "sharing_decider"
    FRONT_DESK = "front_desk"
    RESTRICTION_OFFICER = "restriction_officer"
    MATCHING_STEWARD = "matching_steward"
    HUB_WORKER = "hub_worker"
    SIRO = "siro"
    DPO = "dpo"
    CALDICOTT_GUARDIAN = "caldicott_guardian"
    IG_LEAD = "ig_lead"
    SUBJECT_ACCESS_OFFICER = "subject_access_officer"
    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    RESEARCHER = "researcher"
    OPERATOR = "operator"  # the council's engineer at the command line; no pages
    PROGRAMME = "programme"  # an organisation's own system, by its key; no pages
    VISITOR = "visitor"  # nobody yet: signing in, or signed in and not acting in a role


class Scope(StrEnum):
    """What a programme's key opens."""

    INVOLVEMENTS_WRITE = "involvements:write"
    PRACTITIONERS_WRITE = "practitioners:write"
    PEOPLE_READ = "people:read"  # on behalf of a user, with that user's rights


class Service(StrEnum):
    """A column of the default matrix: a kind of service that may be involved with a family."""

    SCHOOL = "school"
    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    ADULT_SOCIAL_CARE = "adult_social_care"
    HOUSING = "housing"
    POLICE = "police"
    HEALTH = "health"
    JUSTICE = "justice"
    EARLY_HELP = "early_help"
    SENSITIVE = "sensitive"


class Level(IntEnum):
    """How much of an involvement a viewer sees; each level includes those before it."""

    L0 = 0  # the service is not listed
    L1 = 1  # its common line
    L2 = 2  # and the state
    L3 = 3  # and the month last involved, as-of
    L4 = 4  # and the lead practitioner's and team's contact
    L5 = 5  # and started, ended, source reference, full dates


class State(StrEnum):
    """The seven answers a service can give about a person."""

    INVOLVED = "involved"
    PREVIOUSLY_INVOLVED = "previously_involved"
    NONE_FOUND = "none_found"
    NOT_SHOWN_BY_RULE = "not_shown_by_rule"
    NOT_COVERED = "not_covered"
    COULD_NOT_BE_CHECKED = "could_not_be_checked"
    CONTACT_THROUGH_BROKER = "contact_through_broker"


class Relationship(StrEnum):
    """The ground on which a user works with a person."""

    ALLOCATED = "allocated"  # named as the person's practitioner by an extract
    TEAM = "team"  # the person is allocated to the user's own team
    CLAIMED = "claimed"  # "I am working with this person", with a reason
    ENQUIRY = "enquiry"  # front door and out-of-hours: the enquiry is the relationship
    OWN_SERVICE = "own_service"  # the user's own service is involved
    CONSENT = "consent"
    PLACEMENT = "placement"
    INVESTIGATION = "investigation"  # the IG lead, inside a logged investigation
    NONE = "none"


class Findability(StrEnum):
    """Whom a role can find."""

    OPEN = "open"
    EXACT = "exact"
    OWN = "own"
    NONE = "none"


class Purpose(StrEnum):
    """Why a user looks at a family, asked once per family per session."""

    LOCATING = "locating"  # before a purpose is given
    CHILD_PROTECTION = "child_protection"
    CHILD_IN_NEED = "child_in_need"
    TRIAGE = "triage"
    EARLY_HELP = "early_help"
    ADULT_SAFEGUARDING = "adult_safeguarding"
    ADULT_CARE = "adult_care"
    POLICE_PROTECTION = "police_protection"
    DIRECT_CARE = "direct_care"
    PUPIL_WELFARE = "pupil_welfare"
    OWN_SERVICE = "own_service"
    REGULATOR = "regulator"
    INVESTIGATION = "investigation"
    SUBJECT_ACCESS = "subject_access"


class LegalPower(StrEnum):
    """The statutory or common-law power a purpose rests on (England); never consent."""

    CHILDREN_ACT_1989_S17 = "Children Act 1989, section 17"
    CHILDREN_ACT_1989_S47 = "Children Act 1989, section 47"
    CHILDREN_ACT_2004_S10 = "Children Act 2004, section 10"
    CHILDREN_ACT_2004_S11 = "Children Act 2004, section 11"
    CARE_ACT_2014_S6 = "Care Act 2014, section 6"
    CARE_ACT_2014_S42 = "Care Act 2014, section 42"
    HSCA_2012_S251B = "Health and Social Care Act 2012, section 251B"
    EDUCATION_ACT_2002_S175 = "Education Act 2002, section 175"
    COMMON_LAW_POLICING = "Common-law policing powers"
    HOUSING_ACT_1996_S213 = "Housing Act 1996, section 213"
    LOCALISM_ACT_2011_S1 = "Localism Act 2011, section 1"
    UK_GDPR_ARTICLE_5_2 = "UK GDPR, Article 5(2), accountability"
    UK_GDPR_ARTICLE_15 = "UK GDPR, Article 15, right of access"


class Lifecycle(StrEnum):
    """Where a person stands in the directory."""

    UNBORN = "unborn"
    LIVE = "live"
    DECEASED = "deceased"
    ADOPTED_SEVERED = "adopted_severed"
    MERGED = "merged"
    ARCHIVED = "archived"


class NameKind(StrEnum):
    """What a dated name is to its person."""

    CURRENT = "current"
    KNOWN_AS = "known_as"
    FORMER = "former"
    BIRTH = "birth"
    ALIAS = "alias"


class IdentifierKind(StrEnum):
    """The identifiers the directory may hold, all encrypted."""

    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    SOURCE_REFERENCE = "source_reference"


class FamilyRole(StrEnum):
    """What a member is in a family, as children's social care says it."""

    ANCHOR_CHILD = "anchor_child"
    CHILD = "child"
    PARENT = "parent"
    CARER = "carer"
    OTHER = "other"


class TieKind(StrEnum):
    """A typed family relationship, sent by children's social care, never inferred."""

    PARENT_OF = "parent_of"
    SIBLING_OF = "sibling_of"
    HALF_SIBLING_OF = "half_sibling_of"
    PARTNER_OF = "partner_of"
    FORMER_PARTNER_OF = "former_partner_of"
    GRANDPARENT_OF = "grandparent_of"
    CARER_OF = "carer_of"
    AUNT_OR_UNCLE_OF = "aunt_or_uncle_of"


class Absence(StrEnum):
    """What becomes of a line about an involvement that a newer file of its feed lacks."""

    KEEP = "keep"  # it stays as it was, as of its own date
    END = "end"  # it is told as ended, until a file has it again
    HOLD = "hold"  # nobody is shown it, until a file has it again


class DatePrecision(StrEnum):
    """How exactly a date is known or shown."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

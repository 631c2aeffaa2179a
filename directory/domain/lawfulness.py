"""The fixed lists by which an agreement says why its sharing is lawful; never mixed into one."""

from collections.abc import Mapping
from enum import StrEnum

from directory.domain.vocabulary import LegalPower


class Country(StrEnum):
    """Where an agreement applies."""

    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


class LawfulBasis(StrEnum):
    """A basis of Article 6 of the UK GDPR, or Part 3 of the Data Protection Act 2018."""

    CONSENT = "UK GDPR, Article 6(1)(a), consent"
    CONTRACT = "UK GDPR, Article 6(1)(b), contract"
    LEGAL_OBLIGATION = "UK GDPR, Article 6(1)(c), legal obligation"
    VITAL_INTERESTS = "UK GDPR, Article 6(1)(d), vital interests"
    PUBLIC_TASK = "UK GDPR, Article 6(1)(e), public task"
    LEGITIMATE_INTERESTS = "UK GDPR, Article 6(1)(f), legitimate interests"
    LAW_ENFORCEMENT = "Data Protection Act 2018, Part 3, law enforcement"


class SpecialCondition(StrEnum):
    """A condition of Article 9(2) of the UK GDPR, for what tells of health and the like."""

    EXPLICIT_CONSENT = "UK GDPR, Article 9(2)(a), explicit consent"
    SOCIAL_PROTECTION = "UK GDPR, Article 9(2)(b), employment and social protection law"
    VITAL_INTERESTS = "UK GDPR, Article 9(2)(c), vital interests"
    LEGAL_CLAIMS = "UK GDPR, Article 9(2)(f), legal claims"
    SUBSTANTIAL_PUBLIC_INTEREST = "UK GDPR, Article 9(2)(g), substantial public interest"
    HEALTH_OR_SOCIAL_CARE = "UK GDPR, Article 9(2)(h), health or social care"
    PUBLIC_HEALTH = "UK GDPR, Article 9(2)(i), public health"


class ScheduleCondition(StrEnum):
    """A condition of Schedule 1 of the Data Protection Act 2018, for Articles 9 and 10."""

    SOCIAL_PROTECTION = "Schedule 1, paragraph 1, employment and social protection"
    HEALTH_OR_SOCIAL_CARE = "Schedule 1, paragraph 2, health or social care"
    STATUTORY = "Schedule 1, paragraph 6, statutory and government purposes"
    UNLAWFUL_ACTS = "Schedule 1, paragraph 10, preventing or detecting unlawful acts"
    SAFEGUARDING = "Schedule 1, paragraph 18, safeguarding children and people at risk"
    VITAL_INTERESTS = "Schedule 1, paragraph 30, vital interests"


class ConfidentialityBasis(StrEnum):
    """Why sharing breaks no duty of confidence; another question than the lawful basis."""

    NOT_CONFIDENTIAL = "not_confidential"
    IMPLIED_CONSENT = "implied_consent"
    EXPLICIT_CONSENT = "explicit_consent"
    REPRESENTATIVE = "representative"
    BEST_INTERESTS = "best_interests"
    LEGAL_DUTY = "legal_duty"
    PUBLIC_INTEREST = "public_interest"
    COURT_ORDER = "court_order"
    SECTION_251 = "section_251"


RESTS_ON_SCHEDULE_1 = frozenset(
    {
        SpecialCondition.SOCIAL_PROTECTION,
        SpecialCondition.SUBSTANTIAL_PUBLIC_INTEREST,
        SpecialCondition.HEALTH_OR_SOCIAL_CARE,
        SpecialCondition.PUBLIC_HEALTH,
    }
)
"""Conditions of Article 9 that need one of Schedule 1 beside them (DPA 2018, section 10)."""

NEEDS_POLICY_DOCUMENT = frozenset(ScheduleCondition) - {
    ScheduleCondition.HEALTH_OR_SOCIAL_CARE,
    ScheduleCondition.VITAL_INTERESTS,
}
"""Conditions that need an appropriate policy document (DPA 2018, Schedule 1, Part 4)."""

_ENGLAND = frozenset({Country.ENGLAND})
_AND_WALES = frozenset({Country.ENGLAND, Country.WALES})

_BEYOND_ENGLAND: Mapping[LegalPower, frozenset[Country]] = {
    LegalPower.CHILDREN_ACT_1989_S47: _AND_WALES,
    LegalPower.EDUCATION_ACT_2002_S175: _AND_WALES,
    LegalPower.COMMON_LAW_POLICING: _AND_WALES,
    LegalPower.UK_GDPR_ARTICLE_5_2: frozenset(Country),
    LegalPower.UK_GDPR_ARTICLE_15: frozenset(Country),
}


def applies_in(power: LegalPower, country: Country) -> bool:
    """Return whether `power` is one in `country`; most of the list are England's alone.

    Source: the extent sections of each Act, as on legislation.gov.uk; to be checked by the IG lead.
    """
    return country in _BEYOND_ENGLAND.get(power, _ENGLAND)

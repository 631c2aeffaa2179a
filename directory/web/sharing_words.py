"""The words of agreements: bases of confidentiality, parts of a contact, where a version stands."""

from collections.abc import Mapping

from directory.domain.lawfulness import ConfidentialityBasis
from directory.domain.sharing import ContactField

CONFIDENTIALITY_NAMES: Mapping[ConfidentialityBasis, str] = {
    ConfidentialityBasis.NOT_CONFIDENTIAL: "Not confidential",
    ConfidentialityBasis.IMPLIED_CONSENT: "Implied consent, for direct care",
    ConfidentialityBasis.EXPLICIT_CONSENT: "Explicit consent",
    ConfidentialityBasis.REPRESENTATIVE: "A representative with authority",
    ConfidentialityBasis.BEST_INTERESTS: "A best-interests decision",
    ConfidentialityBasis.LEGAL_DUTY: "A legal duty",
    ConfidentialityBasis.PUBLIC_INTEREST: "Overriding public interest",
    ConfidentialityBasis.COURT_ORDER: "A court order",
    ConfidentialityBasis.SECTION_251: "Section 251 support",
}

FIELD_NAMES: Mapping[ContactField, str] = {
    ContactField.ORGANISATION: "Organisation",
    ContactField.TEAM: "Team",
    ContactField.DUTY_LINE: "Team’s duty line",
    ContactField.OUT_OF_HOURS_LINE: "Team’s out-of-hours line",
    ContactField.PRACTITIONER: "Practitioner’s name",
    ContactField.ROLE: "Practitioner’s role",
    ContactField.PHONE: "Work phone",
    ContactField.EMAIL: "Work e-mail",
    ContactField.LAST_INVOLVED: "Day last involved",
    ContactField.STARTED: "First day",
    ContactField.LAST_DAY: "Last day",
    ContactField.SOURCE_REFERENCE: "Service’s own reference",
}

"""The columns of the extracts, as docs/seed-data.md promises them."""

NAMES = ("forenames", "surname", "known_as", "former_surname")
IDENTITY = (
    "source_reference",
    "nhs_number",
    "upn",
    *NAMES,
    "date_of_birth",
    "house",
    "street",
    "postcode",
)
INVOLVEMENT = ("started", "last_involved", "ended")
CONTACT = (
    "organisation_reference",
    "organisation_name",
    "team_reference",
    "team_name",
    "team_duty_line",
    "team_out_of_hours_line",
    "practitioner_reference",
    "practitioner_name",
    "practitioner_role",
    "practitioner_phone",
    "practitioner_email",
    "practitioner_left_on",
)
SERVICE = (*IDENTITY, *INVOLVEMENT, *CONTACT)
WITH_PATCH = (*IDENTITY, "patch_code", *INVOLVEMENT, *CONTACT)
SOCIAL_CARE = (
    "record",
    *IDENTITY,
    "family_reference",
    "family_role",
    "person_reference",
    "tie",
    "other_reference",
    *INVOLVEMENT,
    *CONTACT,
)
REFUSALS = ("file", "line", "source_reference", "column", "fault")

Line = dict[str, str]

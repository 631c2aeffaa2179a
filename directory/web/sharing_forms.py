"""The forms of agreements: what a draft says, who signed it, whose sight is previewed."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from wtforms import Form, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.domain.dates import MalformedDate, local_day, parse_day
from directory.domain.identifiers import Malformed, holds_nhs_number, parse_reference
from directory.domain.lawfulness import (
    ConfidentialityBasis,
    Country,
    LawfulBasis,
    ScheduleCondition,
    SpecialCondition,
)
from directory.domain.sharing import LONGEST_TERM, Agreement, ContactField, Party
from directory.domain.vocabulary import LegalPower, Purpose, Service
from directory.web.access import now
from directory.web.choices import TickField, choices
from directory.web.sharing_words import CONFIDENTIALITY_NAMES, FIELD_NAMES
from directory.web.wording import PURPOSE_NAMES, SERVICE_NAMES

_LONGEST_TITLE = 200
_LONGEST_SIGNATURE = 120
_DAY = "Such as 27/3/2027."


def _as_they_are(words: type[StrEnum]) -> dict[str, str]:
    return {str(each): str(each) for each in words}


class AgreementForm(Form):
    """What a draft says; only its name and its days must be given at once."""

    reference = StringField("Reference", description="The agreement’s own, such as NS-ISA-4.")
    title = StringField(
        "Title",
        [
            InputRequired(message="Enter the title"),
            Length(
                max=_LONGEST_TITLE, message=f"Title must be {_LONGEST_TITLE} characters or fewer"
            ),
        ],
    )
    country = SelectField("Country it applies in", choices=choices(_as_they_are(Country)))
    parties = TickField(
        "Parties", description="The organisations that share under it, each of which signs."
    )
    powers = TickField("Legal powers", choices=choices(_as_they_are(LegalPower)))
    bases = TickField("Lawful bases", choices=choices(_as_they_are(LawfulBasis)))
    special = TickField(
        "Special-category conditions", choices=choices(_as_they_are(SpecialCondition))
    )
    schedule = TickField(
        "Conditions of Schedule 1",
        choices=choices(_as_they_are(ScheduleCondition)),
        description="For some conditions of Article 9, and for Article 10 where police or "
        "probation and youth justice are among the services.",
    )
    policy_document = StringField(
        "Appropriate policy document",
        [Length(max=_LONGEST_SIGNATURE, message="Policy document must be 120 characters or fewer")],
        description="Its reference, where Schedule 1 or Part 3 asks for one.",
    )
    confidentiality = SelectField(
        "Confidentiality basis", choices=choices(CONFIDENTIALITY_NAMES, unchosen="Not said yet")
    )
    purposes = TickField("Purposes", choices=choices(PURPOSE_NAMES))
    services = TickField("Services whose answers it opens", choices=choices(SERVICE_NAMES))
    fields = TickField(
        "Parts of a contact that may be shown",
        choices=choices(FIELD_NAMES),
        description="What is not ticked is never shown under this agreement.",
    )
    dpia = StringField(
        "Reference of the impact assessment (DPIA)",
        [Length(max=40, message="Reference of the DPIA must be 40 characters or fewer")],
    )
    start = StringField("Begins on", description=_DAY)
    review = StringField("Review on", description=_DAY)
    end = StringField("Ends on", description="The first day on which it no longer holds. " + _DAY)
    seen = HiddenField()

    def validate_reference(self, field: StringField) -> None:
        """Refuse what is no reference."""
        try:
            parse_reference(field.data or "")
        except Malformed as fault:
            raise ValidationError(f"Reference {fault}") from None

    def validate_title(self, field: StringField) -> None:
        """Refuse an NHS number."""
        if holds_nhs_number(field.data or ""):
            raise ValidationError("Take the NHS number out of the title")

    def validate_start(self, field: StringField) -> None:
        """Refuse what is no day, or too far off."""
        if _day_of(field, "The day it begins") > local_day(now()) + LONGEST_TERM:
            raise ValidationError("The day it begins must be within ten years")

    def validate_review(self, field: StringField) -> None:
        """Refuse what is no day, or too far off."""
        self._check_near(field, _day_of(field, "The review day"), "The review day")

    def validate_end(self, field: StringField) -> None:
        """Refuse what is no day, not after the first, or too far off."""
        end, start = _day_of(field, "The day it ends"), _day_or_none(self.start)
        if start is not None and end <= start:
            raise ValidationError("The day it ends must be after the day it begins")
        self._check_near(field, end, "The day it ends")

    def _check_near(self, _field: StringField, day: date, what: str) -> None:
        start = _day_or_none(self.start)
        if start is not None and day - start > LONGEST_TERM:
            raise ValidationError(f"{what} must be within ten years of the day it begins")

    def agreement(self, *, version: int) -> Agreement:
        """Return what the form, which must be valid, says."""
        return Agreement(
            reference=(self.reference.data or "").strip(),
            version=version,
            title=" ".join((self.title.data or "").split()),
            country=Country(self.country.data),
            parties=tuple(
                Party(organisation=UUID(each), signed_on=None) for each in self.parties.data or ()
            ),
            powers=frozenset(LegalPower(each) for each in self.powers.data or ()),
            bases=frozenset(LawfulBasis(each) for each in self.bases.data or ()),
            special=frozenset(SpecialCondition(each) for each in self.special.data or ()),
            schedule=frozenset(ScheduleCondition(each) for each in self.schedule.data or ()),
            policy_document=(self.policy_document.data or "").strip(),
            confidentiality=ConfidentialityBasis(self.confidentiality.data)
            if self.confidentiality.data
            else None,
            purposes=frozenset(Purpose(each) for each in self.purposes.data or ()),
            services=frozenset(Service(each) for each in self.services.data or ()),
            fields=frozenset(ContactField(each) for each in self.fields.data or ()),
            dpia=(self.dpia.data or "").strip(),
            start=parse_day(self.start.data or ""),
            review=parse_day(self.review.data or ""),
            end=parse_day(self.end.data or ""),
        )


def filled_form(agreement: Agreement, *, seen: str) -> AgreementForm:
    """Return the form as the draft says it."""
    return AgreementForm(
        data={
            "reference": agreement.reference,
            "title": agreement.title,
            "country": agreement.country,
            "parties": [str(each.organisation) for each in agreement.parties],
            "powers": sorted(agreement.powers),
            "bases": sorted(agreement.bases),
            "special": sorted(agreement.special),
            "schedule": sorted(agreement.schedule),
            "policy_document": agreement.policy_document,
            "confidentiality": agreement.confidentiality or "",
            "purposes": sorted(agreement.purposes),
            "services": sorted(agreement.services),
            "fields": sorted(agreement.fields),
            "dpia": agreement.dpia,
            "start": f"{agreement.start:%d/%m/%Y}",
            "review": f"{agreement.review:%d/%m/%Y}",
            "end": f"{agreement.end:%d/%m/%Y}",
            "seen": seen,
        }
    )


class SignForm(Form):
    """That one of the parties has signed."""

    organisation = SelectField(
        "Which party signed?", [InputRequired(message="Choose the party that signed")]
    )
    signed_on = StringField("Day it was signed", description="Such as 27/3/2026.")
    signed_by = StringField(
        "Signed by",
        [
            InputRequired(message="Enter the name and post of whoever signed"),
            Length(
                max=_LONGEST_SIGNATURE,
                message=f"Name and post must be {_LONGEST_SIGNATURE} characters or fewer",
            ),
        ],
        description="Name and post.",
    )
    seen = HiddenField()

    def validate_signed_on(self, field: StringField) -> None:
        """Refuse what is no day, or one that is still to come."""
        if _day_of(field, "Day it was signed") > local_day(now()):
            raise ValidationError("Day it was signed must be today or earlier")

    def validate_signed_by(self, field: StringField) -> None:
        """Refuse an NHS number."""
        if holds_nhs_number(field.data or ""):
            raise ValidationError("Take the NHS number out of the name and post")

    def party(self) -> Party:
        """Return the party as it signed."""
        return Party(
            organisation=UUID(self.organisation.data),
            signed_on=parse_day(self.signed_on.data or ""),
            signed_by=" ".join((self.signed_by.data or "").split()),
        )


class SeenForm(Form):
    """Which state of a draft somebody saw when they acted."""

    seen = HiddenField()


def _day_of(field: StringField, what: str) -> date:
    try:
        return parse_day(field.data or "")
    except MalformedDate as fault:
        raise ValidationError(f"{what} {fault}") from None


def _day_or_none(field: StringField) -> date | None:
    try:
        return parse_day(field.data or "")
    except MalformedDate:
        return None

"""What is shown of people's consents: to the organisation that asked for them alone."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from directory.domain.access import Access
from directory.domain.consent import Consent
from directory.domain.dates import local_day
from directory.domain.people import Person
from directory.policy.disclosed import SEAL, DisclosedConsent, DisclosedConsents
from directory.policy.disclosure import disclose_found, viewer_of


def disclose_consents(
    access: Access,
    person: Person,
    consents: Iterable[Consent],
    *,
    organisations: Mapping[UUID, str],
    names: Mapping[UUID, str],
) -> DisclosedConsents:
    """Return what `person` was asked by the viewer's own organisation.

    Whom else they let help them is nobody's business: a service's name can say why it is needed.
    """
    return DisclosedConsents(
        viewer=viewer_of(access),
        seal=SEAL,
        person=disclose_found(access, person),
        consents=tuple(
            _disclosed(access, each, organisations=organisations, names=names)
            for each in consents
            if each.person == person.reference and may_know(access, each)
        ),
    )


def may_know(access: Access, consent: Consent) -> bool:
    """Return whether the viewer may know of `consent`."""
    return access.organisation is not None and consent.asked_from == access.organisation


def _disclosed(
    access: Access,
    consent: Consent,
    *,
    organisations: Mapping[UUID, str],
    names: Mapping[UUID, str],
) -> DisclosedConsent:
    answer = consent.answer
    return DisclosedConsent(
        viewer=viewer_of(access),
        seal=SEAL,
        consent=consent.reference,
        organisations=tuple(sorted(organisations[each] for each in consent.organisations)),
        state=consent.state(access.at),
        wording=consent.wording,
        asker=names.get(consent.asked_by, ""),
        asked_on=local_day(consent.asked_at),
        giver=answer.giver if answer else None,
        ends=answer.end if answer else None,
    )

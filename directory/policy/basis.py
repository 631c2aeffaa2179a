"""Grants: what an agreement, compiled, opens to one organisation, and until when."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.agreements import Missing, Part, missing
from directory.domain.sharing import EVERY_FIELD, Agreement, ContactField
from directory.domain.vocabulary import LegalPower, Level, Purpose, Service
from directory.policy.permissions import POWERS

HEALTH_AND_ADULT_CARE = frozenset({Service.HEALTH, Service.ADULT_SOCIAL_CARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one ground opens to one organisation; it knows nothing of where it came from.

    `label` is what the audit names the ground by, `ceiling` the most it opens, `fields` which parts
    of a contact it lets be made. It holds from `start` until `end`, the first day it does not.
    """

    label: str
    audience: UUID
    services: frozenset[Service]
    purposes: frozenset[Purpose]
    start: date
    end: date
    ceiling: Level = Level.L5
    fields: frozenset[ContactField] = EVERY_FIELD

    def opens(self, service: Service, purpose: Purpose) -> bool:
        """Return whether it covers `service` and names `purpose`."""
        return service in self.services and purpose in self.purposes

    def holds(self, day: date) -> bool:
        """Return whether it holds on `day`."""
        return self.start <= day < self.end


def compiled(
    agreements: Iterable[Agreement], *, audience: UUID | None, holidays: Container[date]
) -> tuple[Grant, ...]:
    """Return what `agreements` open to the organisation `audience`; a draft opens nothing.

    An agreement that nobody signed in full, or that rests on no power, is none either.
    """
    if audience is None:
        return ()
    return tuple(
        grant
        for each in agreements
        if each.is_activated and each.binds(audience)
        for grant in _grants(each, audience, holidays)
    )


def _grants(agreement: Agreement, audience: UUID, holidays: Container[date]) -> Iterable[Grant]:
    """Yield a grant for each of the agreement's purposes that rest on a power it names.

    Section 251B is a duty of health and adult care alone: it opens nobody else's lines.
    """
    signed = [each.signed_on for each in agreement.parties if each.signed_on is not None]
    if len(signed) < len(agreement.parties):
        return
    empowered = {each for each in agreement.purposes if POWERS[each] in agreement.powers}
    bounded = {each for each in empowered if POWERS[each] is LegalPower.HSCA_2012_S251B}
    end = agreement.closes(holidays)
    halves = (
        (empowered - bounded, agreement.services),
        (bounded, agreement.services & HEALTH_AND_ADULT_CARE),
    )
    for purposes, services in halves:
        if purposes and services:
            yield Grant(
                label=agreement.label,
                audience=audience,
                services=services,
                purposes=frozenset(purposes),
                start=max(agreement.start, *signed),
                end=end,
                fields=agreement.fields,
            )


def opening(grants: Iterable[Grant], service: Service, purpose: Purpose) -> tuple[Grant, ...]:
    """Return those of `grants` that open `service` for `purpose`, in force or not."""
    return tuple(each for each in grants if each.opens(service, purpose))


def lacking(agreement: Agreement, day: date) -> tuple[Missing, ...]:
    """Return all that keeps `agreement` from being activated on `day`.

    A purpose whose own power is not named would open nothing, so that is said too.
    """
    unpowered = (
        Missing(part=Part.PURPOSE_POWER, purpose=each, power=POWERS[each])
        for each in sorted(agreement.purposes)
        if agreement.powers and POWERS[each] not in agreement.powers
    )
    return (*missing(agreement, day), *unpowered)

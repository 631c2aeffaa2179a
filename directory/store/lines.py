"""The rows that lines, teams and practitioners are kept in."""

from directory.domain.extracts import (
    Delivery,
    Line,
    SentPractitioner,
    SentTeam,
    Settled,
    practitioner_id,
    said_by_hand,
    team_id,
)
from directory.domain.people import Address, Identity
from directory.domain.upkeep import ByHand, Lead, Said
from directory.domain.vocabulary import Service
from directory.store.kept_rows import KeptRow, values_of
from directory.store.line_tables import FOREVER
from directory.store.people import identifier_place
from directory.store.sealing import Sealer

Values = dict[str, object]
_NOWHERE = Address()


class LineRows:
    """The rows of one delivery's lines, gathered table by table."""

    def __init__(self, sealer: Sealer, delivery: Delivery) -> None:
        """Begin without rows."""
        self._sealer = sealer
        self._delivery = delivery
        self.lines: list[Values] = []
        self.names: list[Values] = []
        self.identifiers: list[Values] = []
        self.involvements: list[Values] = []
        self.ties: list[Values] = []
        self.namings: list[Values] = []

    def add(self, key: int, settled: Settled) -> None:
        """Add the rows of one line under the number `key`."""
        self.lines.append(self._line(key, settled))
        identity = settled.line.identity
        if identity is not None:
            self.names.extend(_names(key, identity))
            self.identifiers.extend(self._identifiers(key, settled.line.source_reference, identity))
        else:
            self.namings.append(_naming(key, settled))
        if settled.line.team:
            self.involvements.append(self._involvement(key, settled))
        if settled.other is not None:
            self.ties.append(_tie(key, settled))

    def add_over(self, key: int, settled: Settled, kept: KeptRow) -> None:
        """Add the rows of one line, with what its desk said since the day the file speaks of.

        Such a line is compared anew with the next file, whatever that says.
        """
        self.add(key, settled)
        as_of = self._delivery.as_of
        if settled.line.team:
            self.involvements[-1] |= kept.over(self._said(settled.line), as_of=as_of)
            if kept.by_hand.still(as_of).is_anything:
                self.lines[-1]["digest"] = said_by_hand(settled.digest)

    def _line(self, key: int, settled: Settled) -> Values:
        line = settled.line
        home = (line.identity and line.identity.address) or _NOWHERE
        birth = line.identity and line.identity.birth
        return {
            "id": key,
            "service": self._delivery.service,
            "source_reference": line.source_reference,
            "visible_from": self._delivery.number,
            "visible_until": FOREVER,
            "kind": line.kind,
            "digest": settled.digest,
            "person": settled.person,
            "state": settled.state,
            "as_of": None,
            "birth": birth.day if birth else None,
            "house": home.house,
            "street": home.street,
            "postcode": home.postcode.compact if home.postcode else "",
            "family": line.family,
            "family_role": line.family_role or "",
        }

    def _identifiers(self, key: int, reference: str, identity: Identity) -> list[Values]:
        place = identifier_place(self._delivery.service, reference, self._delivery.number)
        return [
            {
                "line": key,
                "kind": each.kind,
                "blind": self._sealer.blind(each.kind, each.value),
                "sealed": self._sealer.seal(
                    each.value, table="line_identifier", row=place, column=each.kind
                ),
            }
            for each in identity.identifiers
        ]

    def _involvement(self, key: int, settled: Settled) -> Values:
        said = self._said(settled.line)
        return {
            "line": key,
            "started": settled.line.started,
            "revision": 1,
            "confirmed_on": None,
            "confirmed_by": None,
            **values_of(said, ByHand()),
        }

    def _said(self, line: Line) -> Said:
        service = self._delivery.service
        practitioner = practitioner_id(service, line.practitioner) if line.practitioner else None
        return Said(
            lead=Lead(team=team_id(service, line.team), practitioner=practitioner),
            last_involved=line.last_involved,
            ended=line.ended,
        )


def team_values(service: Service, sent: SentTeam) -> Values:
    """Return what is kept of a team, whatever the delivery."""
    return {
        "id": sent.team.reference,
        "service": service,
        "source_reference": sent.source_reference,
        "employer": sent.employer,
        "organisation": sent.team.organisation,
        "name": sent.team.name,
        "duty_line": sent.team.duty_line,
        "out_of_hours_line": sent.team.out_of_hours_line,
    }


def practitioner_values(service: Service, sent: SentPractitioner) -> Values:
    """Return what is kept of a practitioner, whatever the delivery."""
    return {
        "id": sent.practitioner.reference,
        "service": service,
        "source_reference": sent.source_reference,
        "team": sent.team,
        "name": sent.practitioner.name,
        "role": sent.practitioner.role,
        "phone": sent.practitioner.phone,
        "email": sent.practitioner.email,
        "left_on": sent.practitioner.left_on,
    }


def _names(key: int, identity: Identity) -> list[Values]:
    return [
        {
            "line": key,
            "position": position,
            "kind": each.kind,
            "forenames": each.forenames,
            "surname": each.surname,
        }
        for position, each in enumerate(identity.names)
    ]


def _naming(key: int, settled: Settled) -> Values:
    line = settled.line
    return {
        "line": key,
        "person_reference": line.person_reference,
        "other_reference": line.other_reference,
        "tie": line.tie or "",
        "started": line.started,
        "ended": line.ended,
    }


def _tie(key: int, settled: Settled) -> Values:
    return {
        "line": key,
        "kind": settled.line.tie,
        "other": settled.other,
        "started": settled.line.started,
        "ended": settled.line.ended,
    }

"""Tell which kinds of evidence speak for a candidate, and which against."""

from typing import NamedTuple

from directory.search.people import Candidate, Evidence, Reason

_WEAK = frozenset(
    {
        Reason.SURNAME_PARTLY_SAME,
        Reason.FORENAME_PARTLY_SAME,
        Reason.FORENAME_INITIAL_SAME,
        Reason.BIRTH_ONE_DIGIT_DIFFERS,
        Reason.BIRTH_YEAR_NEAR,
        Reason.BIRTH_YEAR_SAME,
        Reason.BIRTH_MONTH_SAME,
        Reason.BIRTH_DAY_SAME,
        Reason.AGE_SAME,
        Reason.AGE_NEAR,
        Reason.POSTCODE_ALMOST_SAME,
        Reason.POSTCODE_SAME_AREA,
        Reason.STREET_SAME,
    }
)
_FEWEST_KINDS = 2
_OF_ONE_PERSON = frozenset({Evidence.NAME, Evidence.IDENTIFIER})


class Spoken(NamedTuple):
    """Hold the kinds of evidence that speak for somebody, and against."""

    agrees: frozenset[Evidence]
    disagrees: frozenset[Evidence]

    @property
    def is_borne_out(self) -> bool:
        """Return whether two independent kinds speak for it, one of them of one person alone."""
        return len(self.agrees) >= _FEWEST_KINDS and bool(self.agrees & _OF_ONE_PERSON)


def evidence_about(candidate: Candidate) -> Spoken:
    """Return the kinds of evidence that speak for and against `candidate`.

    A kind speaks for it only if nothing about it is weak; a name, if forename and surname do. An
    address that differs speaks against nobody: people move.
    """
    against = frozenset(each.evidence for each in candidate.differs) - {Evidence.ADDRESS}
    weak = frozenset(each.evidence for each in candidate.why if each in _WEAK)
    agrees = frozenset(each.evidence for each in candidate.why) - weak - against
    forename = any(each.startswith("forename") for each in candidate.why)
    surname = any("surname" in each for each in candidate.why)
    if not (forename and surname):
        agrees -= {Evidence.NAME}
    return Spoken(agrees, against)

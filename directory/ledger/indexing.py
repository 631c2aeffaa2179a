"""People as the search index takes them."""

from datetime import date
from uuid import UUID

from directory.domain.extracts import LinkAnswer, Linking
from directory.domain.looking import Answer, Match, Matches, Sought
from directory.domain.people import Address, Birth, Identifier, Identity, Name, Person
from directory.domain.vocabulary import IdentifierKind
from directory.search.people import (
    NHS_NUMBER,
    UPN,
    AddressKind,
    BirthPrecision,
    Candidate,
    Found,
    LinkDecision,
    LinkOutcome,
    NameKind,
    Query,
    Searchable,
    SearchableAddress,
    SearchableLine,
    SearchableName,
)
from directory.search.query import reading

_ANSWERS = {
    LinkOutcome.AUTO: LinkAnswer.KNOWN,
    LinkOutcome.NEW: LinkAnswer.NEW,
    LinkOutcome.WAIT: LinkAnswer.UNSURE,
}


def searchable(person: Person) -> Searchable:
    """Return what is indexed of `person`."""
    return Searchable(
        person=person.reference.bytes,
        names=_names(person.names),
        birth=person.birth.day if person.birth else None,
        birth_precision=_precision(person.birth),
        addresses=_addresses(person.addresses),
        identifiers=_identifiers(person.identifiers),
    )


def line_of(identity: Identity) -> SearchableLine:
    """Return what is compared of a line that is not linked yet."""
    return SearchableLine(
        names=_names(identity.names),
        birth=identity.birth.day if identity.birth else None,
        birth_precision=_precision(identity.birth),
        addresses=_addresses((identity.address,) if identity.address else ()),
        identifiers=_identifiers(identity.identifiers),
    )


def linking_of(decision: LinkDecision) -> Linking:
    """Return whose a line is, as a reference."""
    answer = _ANSWERS[decision.outcome]
    candidates = tuple(_match(each) for each in decision.candidates)
    known = candidates[0].person if answer is LinkAnswer.KNOWN else None
    return Linking(answer=answer, person=known, candidates=candidates)


def query_of(sought: Sought, today: date) -> Query:
    """Return what is sought as the index asks it; "surname, forenames" says which is which."""
    before, comma, after = sought.name.partition(",")
    forenames, _, surname = (after, "", before) if comma else before.strip().rpartition(" ")
    return Query(
        as_of=today,
        forenames=forenames.strip(),
        surname=surname.strip(),
        names_in_any_order=not comma,
        birth=sought.birth,
        birth_year=sought.birth_year,
        birth_month=sought.birth_month,
        age=sought.age,
        age_is_about=sought.age_is_about,
        postcode=sought.postcode,
        house=sought.house,
        street=sought.street,
        identifiers=tuple(
            (kind, number)
            for kind, number in ((NHS_NUMBER, sought.nhs_number), (UPN, sought.upn))
            if number
        ),
    )


def sought_in(text: str) -> Sought:
    """Return what is typed in the one box, the words that are not searched by among it.

    A phone is not searched by: no personal phone is held.
    """
    found = reading(text, as_of=date.max)
    query = found.query
    numbers = dict(query.identifiers)
    spoken = f"{query.forenames} {query.surname}".strip()
    ordered = f"{query.surname}, {query.forenames}".strip()
    return Sought(
        name=spoken if query.names_in_any_order else ordered if query.surname else "",
        birth=query.birth,
        birth_year=query.birth_year,
        birth_month=query.birth_month,
        age=query.age,
        age_is_about=query.age_is_about,
        postcode=query.postcode.replace(" ", ""),
        house=query.house,
        street=query.street,
        nhs_number=numbers.get(NHS_NUMBER, ""),
        upn=numbers.get(UPN, ""),
        references=found.references,
        unread=(*found.unread, *((query.phone,) if query.phone else ())),
    )


def matches_of(found: Found) -> Matches:
    """Return what the index found, as references with reasons in words of the field."""
    return Matches(
        answer=Answer(found.strength),
        found=tuple(_match(each) for each in found.candidates),
    )


def _match(candidate: Candidate) -> Match:
    return Match(
        person=UUID(bytes=candidate.person),
        probability=candidate.probability,
        why=tuple(str(reason) for reason in candidate.why),
        differs=tuple(str(reason) for reason in candidate.differs),
    )


def _names(names: tuple[Name, ...]) -> tuple[SearchableName, ...]:
    return tuple(
        SearchableName(kind=NameKind(each.kind), forenames=each.forenames, surname=each.surname)
        for each in names
    )


def _precision(birth: Birth | None) -> BirthPrecision | None:
    return BirthPrecision(birth.precision) if birth else None


def _addresses(addresses: tuple[Address, ...]) -> tuple[SearchableAddress, ...]:
    return tuple(
        SearchableAddress(
            kind=AddressKind.FORMER if position else AddressKind.CURRENT,
            house=each.house,
            street=each.street,
            postcode=each.postcode.compact if each.postcode else "",
        )
        for position, each in enumerate(addresses)
    )


def _identifiers(identifiers: tuple[Identifier, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{each.kind}:{each.issuer}" if each.issuer else str(each.kind), each.value)
        for each in identifiers
        if each.kind is not IdentifierKind.SOURCE_REFERENCE
    )

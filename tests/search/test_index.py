"""Every people index keeps the port's promises, whatever its shelf."""

from datetime import date

from directory.search.people import (
    AddressKind,
    LinkOutcome,
    NameKind,
    Reason,
    Searchable,
    SearchableLine,
    Strength,
)
from tests.search.conftest import Shelved
from tests.search.invented import FORENAMES, at, crowd, line, named, person, query, reference

NHS = "9434765919"


def test_a_person_is_found_by_name_and_birth(shelved: Shelved) -> None:
    shelved.put(*crowd(50), person(1, "Rowan Thistlewood"))

    found = shelved.find(query("Rowan Thistlewood", birth=date(2015, 3, 12)))

    assert (found.strength, found.candidates[0].person) == (Strength.STRONG, reference(1))


def test_a_person_found_by_the_name_alone_is_possible_only(shelved: Shelved) -> None:
    shelved.put(*crowd(50), person(1, "Rowan Thistlewood"))

    found = shelved.find(query("Rowan Thistlewood"))

    assert (found.strength, found.candidates[0].person) == (Strength.POSSIBLE, reference(1))


def test_nobody_is_found_in_an_empty_index(shelved: Shelved) -> None:
    found = shelved.find(query("Rowan Thistlewood"))

    assert (found.strength, found.candidates) == (Strength.NONE, ())


def test_a_person_put_again_is_found_by_the_new_facts_alone(shelved: Shelved) -> None:
    shelved.put(person(1, "Rowan Thistlewood"))
    shelved.put(person(1, "Rowan Cattermole"))

    assert shelved.people(query("Rowan Cattermole")) == [1]
    assert shelved.people(query("Thistlewood")) == []


def test_a_removed_person_is_found_no_more(shelved: Shelved) -> None:
    shelved.put(person(1), person(2, "Leah Cattermole"))
    shelved.remove(reference(1), reference(99))

    assert shelved.people(query("Ewan Blake")) == []
    assert shelved.people(query("Leah Cattermole")) == [2]


def test_a_rebuilt_index_holds_those_given_and_nobody_else(shelved: Shelved) -> None:
    shelved.put(person(1), person(2, "Leah Cattermole"))
    shelved.index.rebuild(shelved.connection, iter([person(3, "Rowan Thistlewood")]))

    assert shelved.people(query("Ewan Blake")) == []
    assert shelved.people(query("Rowan Thistlewood")) == [3]


def test_a_person_who_is_put_twice_at_once_is_indexed_as_given_last(shelved: Shelved) -> None:
    shelved.put(person(1, "Rowan Thistlewood"), person(1, "Leah Cattermole"))

    assert shelved.people(query("Leah Cattermole")) == [1]


def test_a_person_with_nothing_to_find_by_is_indexed_as_nothing(shelved: Shelved) -> None:
    shelved.put(person(1), Searchable(person=reference(2), names=()))
    shelved.put(Searchable(person=reference(1), names=()))

    assert shelved.people(query("Ewan Blake")) == []


def test_a_hidden_person_is_not_found(shelved: Shelved) -> None:
    shelved.put(*crowd(30), person(1, "Rowan Thistlewood"), person(2, "Rowan Thistlewood"))

    assert shelved.people(query("Rowan Thistlewood"), frozenset({reference(1)})) == [2]


def test_hidden_people_do_not_crowd_others_out(shelved: Shelved) -> None:
    shelved.put(*(person(number, "Rowan Thistlewood") for number in range(1, 40)))
    hidden = frozenset(reference(number) for number in range(2, 40))

    found = shelved.find(query("Rowan Thistlewood"), hidden)

    assert [each.person for each in found.candidates] == [reference(1)]


def test_a_name_that_many_have_alone_is_refused(shelved: Shelved) -> None:
    shelved.put(*(person(number, "Rowan Thistlewood") for number in range(1, 60)))

    found = shelved.find(query("Rowan Thistlewood"))

    assert (found.strength, found.candidates) == (Strength.TOO_MANY, ())


def test_a_surname_that_very_many_have_alone_is_refused(shelved: Shelved) -> None:
    shelved.put(*(person(number, f"{name} Blake") for number, name in enumerate(FORENAMES * 70)))

    assert shelved.find(query("Blake")).strength is Strength.TOO_MANY


def test_never_more_than_ten_are_handed_over(shelved: Shelved) -> None:
    shelved.put(*(person(number, "Rowan Thistlewood") for number in range(1, 15)))

    assert len(shelved.people(query("Rowan Thistlewood"))) <= 10


def test_a_valid_nhs_number_alone_is_strong(shelved: Shelved) -> None:
    shelved.put(*crowd(20), person(1, identifiers=(("nhs_number", NHS),)))

    found = shelved.find(query(identifiers=(("nhs_number", "943 476 5919"),)))

    assert found.strength is Strength.STRONG
    assert found.candidates[0].why == (Reason.NHS_NUMBER_SAME,)


def test_a_mistyped_nhs_number_finds_nobody_by_itself(shelved: Shelved) -> None:
    shelved.put(person(1, identifiers=(("nhs_number", NHS),)))

    assert shelved.people(query(identifiers=(("nhs_number", "9434765918"),))) == []


def test_a_mistyped_nhs_number_is_corrected_beside_an_agreeing_name(shelved: Shelved) -> None:
    shelved.put(*crowd(20), person(1, "Rowan Thistlewood", identifiers=(("nhs_number", NHS),)))

    found = shelved.find(query("Thistlewood", identifiers=(("nhs_number", "9434765918"),)))

    assert Reason.NHS_NUMBER_CORRECTED in found.candidates[0].why


def test_a_case_reference_counts_for_its_organisation_alone(shelved: Shelved) -> None:
    shelved.put(person(1, identifiers=(("case_reference:housing", "H/12"),)))

    assert shelved.people(query(identifiers=(("case_reference:housing", "h12"),))) == [1]
    assert shelved.people(query(identifiers=(("case_reference:police", "H/12"),))) == []


def test_a_former_surname_finds_and_says_so(shelved: Shelved) -> None:
    former = named("Leah Thistlewood", kind=NameKind.FORMER)
    shelved.put(*crowd(20), Searchable(person=reference(1), names=named("Leah Blake") + former))

    found = shelved.find(query("Leah Thistlewood"))

    assert found.candidates[0].why == (Reason.FORENAME_SAME, Reason.FORMER_SURNAME)


def test_a_former_address_finds_and_says_so(shelved: Shelved) -> None:
    old = at("LS14AB", kind=AddressKind.FORMER)
    shelved.put(*crowd(20), person(1, "Rowan Blake", addresses=(at("BD31AA"), old)))

    found = shelved.find(query("Rowan Blake", postcode="LS1 4AB"))

    assert {Reason.POSTCODE_SAME, Reason.ADDRESS_FORMER} <= set(found.candidates[0].why)


def test_what_differs_is_said(shelved: Shelved) -> None:
    shelved.put(*crowd(20), person(1, "Rowan Thistlewood"))

    found = shelved.find(query("Rowan Thistlewood", birth=date(1990, 7, 1)))

    assert found.candidates[0].differs == (Reason.BIRTH_DIFFERS,)


def test_a_line_about_somebody_known_is_linked(shelved: Shelved) -> None:
    shelved.put(*crowd(30), person(1, "Rowan Thistlewood"))

    decision = shelved.link(line("Rowan Thistlewood"))

    assert (decision.outcome, decision.candidates[0].person) == (LinkOutcome.AUTO, reference(1))


def test_lines_are_decided_together_as_one_by_one(shelved: Shelved) -> None:
    shelved.put(*crowd(60))
    lines = [line("Ewan Blake"), line("Rowan Thistlewood"), *map(_line_about, crowd(12))]

    together = shelved.index.link_many(shelved.connection, lines, guarded=frozenset())

    assert together == tuple(shelved.link(each) for each in lines)


def _line_about(person: Searchable) -> SearchableLine:
    return SearchableLine(names=person.names, birth=person.birth, addresses=person.addresses)

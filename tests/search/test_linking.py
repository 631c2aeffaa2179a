"""A line is linked without a person only on evidence that cannot come from chance or kin."""

from datetime import date

from directory.search.people import (
    BirthPrecision,
    Evidence,
    LinkOutcome,
    NameKind,
    Searchable,
    SearchableLine,
)
from tests.search.conftest import Shelved
from tests.search.invented import HOME, at, crowd, line, named, person, reference

NHS, OTHER_NHS = "9434765919", "9434765870"
BORN = date(2015, 3, 12)


def test_name_birth_and_address_link(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))

    decision = memory.link(line("Rowan Thistlewood"))

    assert decision.outcome is LinkOutcome.AUTO
    assert decision.agrees == {Evidence.NAME, Evidence.BIRTH, Evidence.ADDRESS}


def test_nobody_near_makes_a_line_new(memory: Shelved) -> None:
    memory.put(*crowd(50))

    assert memory.link(line("Rowan Thistlewood")).outcome is LinkOutcome.NEW


def test_a_line_with_several_names_and_nobody_near_is_new(memory: Shelved) -> None:
    several = named("Rowan Thistlewood") + named("Robin Cattermole", kind=NameKind.FORMER)

    assert memory.link(SearchableLine(names=several)).outcome is LinkOutcome.NEW


def test_a_line_of_nothing_is_new(memory: Shelved) -> None:
    memory.put(*crowd(50))

    assert memory.link(SearchableLine(names=())).outcome is LinkOutcome.NEW


def test_a_name_alone_never_links(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))

    decision = memory.link(line("Rowan Thistlewood", birth=None, addresses=()))

    assert decision.outcome is LinkOutcome.WAIT
    assert decision.agrees == {Evidence.NAME}


def test_an_nhs_number_alone_never_links(memory: Shelved) -> None:
    memory.put(person(1, identifiers=(("nhs_number", NHS),)))

    decision = memory.link(
        SearchableLine(names=(), identifiers=(("nhs_number", NHS),)),
    )

    assert decision.outcome is LinkOutcome.WAIT


def test_an_nhs_number_with_name_and_birth_links_at_a_new_address(memory: Shelved) -> None:
    memory.put(person(1, identifiers=(("nhs_number", NHS),)))

    decision = memory.link(line(identifiers=(("nhs_number", NHS),), addresses=(at("LS99ZZ"),)))

    assert decision.outcome is LinkOutcome.AUTO


def test_a_name_with_a_year_of_birth_never_links(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))
    year = {"birth_precision": BirthPrecision.YEAR, "addresses": ()}

    assert memory.link(line("Rowan Thistlewood", **year)).outcome is LinkOutcome.WAIT


def test_a_name_with_a_month_of_birth_never_links(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))
    month = {"birth_precision": BirthPrecision.MONTH, "addresses": ()}

    assert memory.link(line("Rowan Thistlewood", **month)).outcome is LinkOutcome.WAIT


def test_whose_name_and_birth_both_differ_is_somebody_else(memory: Shelved) -> None:
    phone = ("07700 900123",)
    memory.put(*crowd(50), person(1, "Rowan Thistlewood", birth=date(2011, 9, 2), phones=phone))

    assert memory.link(line("Hazel Thistlewood", phones=phone)).outcome is LinkOutcome.NEW


def test_a_twin_is_never_linked(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))

    assert memory.link(line("Hazel Thistlewood")).outcome is not LinkOutcome.AUTO


def test_of_twins_the_right_one_is_linked(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"), person(2, "Hazel Thistlewood"))

    decision = memory.link(line("Hazel Thistlewood"))

    assert (decision.outcome, decision.candidates[0].person) == (LinkOutcome.AUTO, reference(2))


def test_a_sister_at_home_makes_a_line_new(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood", birth=date(2011, 9, 2)))

    assert memory.link(line("Hazel Thistlewood")).outcome is LinkOutcome.NEW


def test_a_line_without_a_forename_waits(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))

    assert memory.link(line(" Thistlewood")).outcome is LinkOutcome.WAIT


def test_another_nhs_number_makes_a_line_wait(memory: Shelved) -> None:
    memory.put(person(1, "Rowan Thistlewood", identifiers=(("nhs_number", NHS),)))

    decision = memory.link(line("Rowan Thistlewood", identifiers=(("nhs_number", OTHER_NHS),)))

    assert decision.outcome is LinkOutcome.WAIT
    assert decision.disagrees == {Evidence.IDENTIFIER}


def test_two_who_fit_equally_make_a_line_wait(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"), person(2, "Rowan Thistlewood"))

    decision = memory.link(line("Rowan Thistlewood"))

    assert (decision.outcome, len(decision.candidates)) == (LinkOutcome.WAIT, 2)


def test_a_guarded_person_waits_for_a_decision(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))

    decision = memory.link(line("Rowan Thistlewood"), guarded=frozenset({reference(1)}))

    assert decision.outcome is LinkOutcome.WAIT


def test_a_former_name_of_the_line_links(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))
    names = named("Rowan Cattermole") + named("Rowan Thistlewood", kind=NameKind.FORMER)

    decision = memory.link(SearchableLine(names=names, birth=BORN, addresses=(HOME,)))

    assert decision.outcome is LinkOutcome.AUTO


def test_a_former_name_of_the_person_links(memory: Shelved) -> None:
    names = named("Rowan Cattermole") + named("Rowan Thistlewood", kind=NameKind.FORMER)
    memory.put(
        *crowd(50), Searchable(person=reference(1), names=names, birth=BORN, addresses=(HOME,))
    )

    assert memory.link(line("Rowan Thistlewood")).outcome is LinkOutcome.AUTO


def test_a_slip_in_both_names_is_linked_by_the_rest(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood"))

    assert memory.link(line("Rowen Thistlewod")).outcome is LinkOutcome.AUTO


def test_a_namesake_with_another_birth_is_somebody_else(memory: Shelved) -> None:
    elsewhere = {"birth": date(1996, 9, 27), "addresses": (at("LS99ZZ"),)}
    others = [person(each, "Rowan Chan", **elsewhere) for each in range(2, 10)]
    memory.put(*crowd(50), *others, person(1, "Rowan Thistlewood", **elsewhere))

    assert memory.link(line("Rowan Thistlewood")).outcome is LinkOutcome.NEW


def test_a_namesake_with_another_birth_waits_if_a_number_speaks_for_it(memory: Shelved) -> None:
    number = {"identifiers": (("nhs_number", NHS),)}
    memory.put(*crowd(50), person(1, "Rowan Thistlewood", birth=date(1996, 9, 27), **number))

    assert memory.link(line("Rowan Thistlewood", **number)).outcome is LinkOutcome.WAIT


def test_the_only_one_of_a_name_waits_whatever_the_birth(memory: Shelved) -> None:
    memory.put(*crowd(50), person(1, "Rowan Thistlewood", birth=date(1996, 9, 27)))

    assert memory.link(line("Rowan Thistlewood")).outcome is LinkOutcome.WAIT

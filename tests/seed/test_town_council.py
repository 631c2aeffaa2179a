"""The invented council: services, agreements and accounts that hold together."""

from datetime import date

import pytest
from email_validator import validate_email

from directory.domain.vocabulary import LegalPower, Purpose, Role, Service
from tests.seed.extracts import SEED_DATA, council, involvement_lines

TODAY = date(2026, 11, 22)


def words(table: dict[str, object], key: str) -> set[str]:
    value = table.get(key, [])
    return set(value) if isinstance(value, list) else {str(value)}


def holds(agreement: dict[str, object], day: date) -> bool:
    start, end = agreement["start"], agreement["end"]
    return isinstance(start, date) and isinstance(end, date) and start <= day < end


def in_force(day: date) -> list[dict[str, object]]:
    return [each for each in council()["agreements"] if holds(each, day)]


def account(name: str) -> dict[str, object]:
    (found,) = (each for each in council()["accounts"] if each["display_name"] == name)
    return found


def test_every_service_of_the_vocabulary_is_there_once() -> None:
    keys = [each["key"] for each in council()["services"]]

    assert sorted(map(str, keys)) == sorted(Service)


def test_every_extract_that_a_service_names_is_there() -> None:
    named = {each["extract"] for each in council()["services"] if "extract" in each}

    assert len(named) == 5
    assert all((SEED_DATA / str(each)).is_file() for each in named)


def test_every_service_says_what_its_date_means_in_a_sentence() -> None:
    meanings = [str(each["date_meaning"]) for each in council()["services"]]

    assert all(each.startswith("The ") and each.endswith(".") for each in meanings)


@pytest.mark.parametrize("day", [TODAY, date(2027, 6, 30), date(2028, 12, 31)])
def test_the_five_feeds_answer_through_2028(day: date) -> None:
    services = {each for agreement in in_force(day) for each in words(agreement, "services")}

    assert services >= {
        "school",
        "childrens_social_care",
        "adult_social_care",
        "housing",
        "police",
    }
    assert not services & {"health", "justice", "early_help"}


def test_health_and_justice_have_an_agreement_that_is_over() -> None:
    (over,) = (each for each in council()["agreements"] if not holds(each, TODAY))

    assert words(over, "services") == {"health", "justice"}


def test_early_help_has_no_agreement_at_all() -> None:
    assert not any("early_help" in words(each, "services") for each in council()["agreements"])


def test_powers_and_purposes_are_words_of_the_vocabulary() -> None:
    for each in council()["agreements"]:
        assert words(each, "powers") <= set(LegalPower)
        assert words(each, "purposes") <= set(Purpose)


def test_every_organisation_that_sends_lines_has_signed_the_agreement() -> None:
    signed = {
        each["organisation"]
        for each in council()["parties"]
        if each["agreement"] == "NS-ISA-1" and "signed_on" in each
    }
    senders = {
        line["organisation_reference"]
        for service in ("school", "housing", "police", "adult_social_care")
        for line in involvement_lines(service)
    }

    assert senders <= signed


def test_organisations_are_named_as_the_extracts_name_them() -> None:
    names = {each["reference"]: each["name"] for each in council()["organisations"]}
    sent = {
        (line["organisation_reference"], line["organisation_name"])
        for service in ("school", "housing", "police", "adult_social_care")
        for line in involvement_lines(service)
    }

    assert all(names[reference] == name for reference, name in sent)


def test_every_account_has_a_working_username_and_known_roles() -> None:
    for each in council()["accounts"]:
        validated = validate_email(str(each["username"]), check_deliverability=False)

        assert validated.normalized == each["username"]
        assert words(each, "roles") <= set(Role)


def test_no_account_carries_a_password() -> None:
    assert not any("password" in key for each in council()["accounts"] for key in each)


def test_an_administrator_holds_no_other_role() -> None:
    holders = [each for each in council()["accounts"] if "administrator" in words(each, "roles")]

    assert [words(each, "roles") for each in holders] == [{"administrator"}]


def test_every_linked_practitioner_and_team_stands_in_an_extract() -> None:
    for each in council()["accounts"]:
        lines = involvement_lines(str(each["service"])) if "service" in each else ()
        sent = {(line["team_reference"], line["practitioner_reference"]) for line in lines}
        linked = (each.get("team_reference"), each.get("practitioner_reference"))

        assert linked == (None, None) or linked in sent


def test_the_team_manager_leads_asha_s_team_and_callum_is_in_another() -> None:
    asha, manager, other = map(account, ("Asha Rahman", "Grace Mensah", "Callum Reid"))

    assert asha["team_reference"] == manager["team_reference"] != other["team_reference"]


def test_an_account_s_username_is_the_email_that_the_extract_gives() -> None:
    emails = {
        line["practitioner_reference"]: line["practitioner_email"]
        for line in involvement_lines("childrens_social_care")
    }

    assert account("Asha Rahman")["username"] == emails["CSC-P0001"]

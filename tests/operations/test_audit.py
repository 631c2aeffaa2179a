"""Questions to the audit: who looked at a person, what a user did, is it whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, text

from directory.domain.access import Access, NotFound, Refused
from directory.domain.audit import Break, Outcome, Verified
from directory.domain.events import Event, Log
from directory.domain.looking import Sought
from directory.domain.vocabulary import Purpose, Role, Service
from directory.operations import families, involvement, people
from directory.operations.audit import (
    MOST_ENTRIES,
    DayReading,
    PersonReading,
    UserReading,
    keep_verdict,
    kept_verdict,
    read_day,
    read_person,
    read_user,
    verdict,
    verify,
)
from directory.policy.permissions import POLICY_VERSION, Action
from directory.store.audit_tables import SealKeyRow
from tests.factories import EWAN, LEAH, NOON, TODAY, reference
from tests.operations.accounts_world import World, operator
from tests.operations.audit_world import (
    ASHA_EMAIL,
    REASON,
    asha,
    entries,
    found,
    ines,
    investigated,
    look,
)

JOURNEY = ["people_searched", "person_chosen", "purpose_given", "board_viewed", "card_opened"]
SECTION_47 = "Children Act 1989, section 47"


def on(here: World, access: Access, day: date = TODAY, *, before: int | None = None) -> DayReading:
    investigation = investigated(here, access)
    return read_day(here.ledger, access, investigation=investigation, day=day, before=before)


def of(here: World, access: Access, *, log: Log = Log.AUDIT) -> UserReading:
    investigation = investigated(here, access)
    account = here.account(ASHA_EMAIL).reference
    return read_user(here.ledger, access, investigation=investigation, account=account, log=log)


def about(here: World, access: Access, name: str = "Blake, Ewan") -> PersonReading:
    investigation = investigated(here, access)
    look_up = found(here, access, investigation, name)
    person = EWAN if "Ewan" in name else LEAH
    return read_person(
        here.ledger, access, investigation=investigation, look_up=look_up, person=person
    )


def looked_at(here: World, *, shown: int) -> None:
    """Enter so many looks at Ewan."""
    for number in range(shown):
        access = replace(operator(), at=NOON + timedelta(seconds=number))
        with here.ledger.entry(access, Event.CARD_OPENED, subject=EWAN, action=Action.EXTRACT_TAKE):
            pass


def test_case_1_is_read_as_one_journey_of_five_entries_in_order(here: World) -> None:
    look(here, asha(here))

    reading = on(here, ines(here))

    assert [each.event for each in reading.journeys[-1]] == JOURNEY


def test_each_entry_says_who_acted_in_which_role_and_for_whom(here: World) -> None:
    look(here, asha(here))

    journey = on(here, ines(here)).journeys[-1]

    who = {(each.actor, each.role, each.organisation) for each in journey}
    assert who == {("Asha Rahman", "childrens_social_worker", "Northshire")}


def test_the_card_s_entry_says_why_on_what_ground_and_what_was_shown(here: World) -> None:
    look(here, asha(here))

    card = on(here, ines(here)).journeys[-1][-1]

    assert (card.purpose, card.power, card.relationship) == (
        "child_protection",
        SECTION_47,
        "claimed",
    )
    assert (card.service, card.agreements, card.policy_version) == (
        "housing",
        ("ISA-01 v2",),
        POLICY_VERSION,
    )
    assert {"common_line", "name", "state"} <= set(card.fields)


def test_search_terms_and_reasons_are_read_unsealed(here: World) -> None:
    look(here, asha(here))

    searched, _, given, *_ = on(here, ines(here)).journeys[-1]

    assert (searched.words, given.words) == ("name Blake, Ewan", REASON)


def test_two_journeys_of_one_day_stand_apart_the_newest_first(here: World) -> None:
    access = asha(here)
    look(here, access)
    later = replace(access, at=NOON + timedelta(minutes=5))
    look(here, later)

    newer, older = on(here, ines(here)).journeys[-2:]

    assert [each.event for each in older] == JOURNEY
    assert newer[0].at == later.at


def test_a_refused_act_is_read_as_refused(here: World) -> None:
    access = asha(here)
    with pytest.raises(NotFound):
        involvement.open_card(
            here.ledger, access, viewing=reference(9), person=EWAN, service=Service.HOUSING
        )

    (refused,) = on(here, ines(here)).journeys[-1]

    assert (refused.event, refused.outcome) == ("card_opened", "refused")


def test_a_refused_purpose_stands_in_the_journey_it_belongs_to(here: World) -> None:
    access = asha(here)
    asked = look_for_ewan(here, access)
    with pytest.raises(Refused):
        families.give_purpose(
            here.ledger, access, person=EWAN, look_up=asked,
            purpose=Purpose.CHILD_PROTECTION, reason="",
        )  # fmt: skip

    journey = on(here, ines(here)).journeys[-1]

    assert [(each.event, each.outcome) for each in journey][2:] == [("purpose_given", "refused")]


def look_for_ewan(here: World, access: Access) -> UUID:
    asked = people.ask(here.ledger, access, sought=Sought(name="Blake, Ewan"))
    people.look_up(here.ledger, access, reference=asked)
    people.choose(here.ledger, access, look_up=asked, person=EWAN)
    return asked


def test_sign_ins_are_no_part_of_a_day(here: World) -> None:
    look(here, asha(here))

    events = {each.event for journey in on(here, ines(here)).journeys for each in journey}

    assert "signed_in" not in events


def test_a_day_is_counted_from_midnight_to_midnight_in_london(here: World) -> None:
    for at in (datetime(2026, 7, 6, 22, 59, 59, tzinfo=UTC), datetime(2026, 7, 6, 23, tzinfo=UTC)):
        with here.ledger.entry(
            replace(operator(), at=at), Event.CARD_OPENED, action=Action.EXTRACT_TAKE
        ):
            pass

    (journey,) = on(here, ines(here), date(2026, 7, 7)).journeys

    assert [each.at for each in journey] == [datetime(2026, 7, 6, 23, tzinfo=UTC)]


def test_a_day_to_come_is_not_found(here: World) -> None:
    with pytest.raises(NotFound):
        on(here, ines(here), TODAY + timedelta(days=1))


def test_a_person_is_told_apart_as_subject_and_as_one_of_those_shown(here: World) -> None:
    look(here, asha(here))

    reading = about(here, ines(here), "Blake, Leah").reading

    seen = {
        each.event: each.about_subject for each in reading.entries if each.actor != "Ines Grant"
    }
    assert seen["board_viewed"] is False
    assert "card_opened" not in seen


def test_a_person_s_entries_are_read_the_newest_first(here: World) -> None:
    look(here, asha(here))

    reading = about(here, ines(here)).reading

    events = [each.event for each in reading.entries if each.actor == "Asha Rahman"]
    assert events == JOURNEY[::-1]


def test_the_person_asked_about_is_named_above_their_entries(here: World) -> None:
    look(here, asha(here))

    assert about(here, ines(here)).person.name == "Ewan Blake"


def test_somebody_whom_no_search_of_the_session_found_is_not_read_about(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    look_up = found(here, access, investigation, "Quillon Xystus")

    with pytest.raises(NotFound):
        read_person(here.ledger, access, investigation=investigation, look_up=look_up, person=EWAN)


def test_what_a_user_did_is_read_without_their_sign_ins(here: World) -> None:
    look(here, asha(here))

    user = of(here, ines(here))

    assert (user.name, user.email) == ("Asha Rahman", ASHA_EMAIL)
    assert [each.event for each in user.reading.entries] == JOURNEY[::-1]


def test_a_user_s_sign_ins_are_read_apart(here: World) -> None:
    look(here, asha(here))

    events = [each.event for each in of(here, ines(here), log=Log.SECURITY).reading.entries]

    assert events == ["role_chosen", "signed_in"]


def test_an_unknown_user_is_not_found(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)

    with pytest.raises(NotFound):
        read_user(
            here.ledger, access, investigation=investigation, account=reference(9), log=Log.AUDIT
        )


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (on, "the audit of 2026-11-24"),
        (of, "the audit log of the user Asha Rahman"),
        (about, "the audit of this person"),
    ],
)
def test_every_reading_is_itself_entered_with_what_was_asked(
    here: World, reading: object, words: str
) -> None:
    reading(here, ines(here))  # type: ignore[operator]  # one of the three above

    entry = entries(here)[-1]
    assert (entry.event, entry.outcome) == (Event.AUDIT_READ, Outcome.DONE)
    assert (entry.purpose, entry.power) == (
        "investigation",
        "UK GDPR, Article 5(2), accountability",
    )
    assert here.told()[-1].words == words


def test_reading_about_a_person_is_entered_as_a_look_at_them(here: World) -> None:
    access = ines(here)
    about(here, access)

    again = about(here, access).reading

    assert [each.event for each in again.entries if each.about_subject] == ["audit_read"]


def test_a_long_reading_is_cut_and_says_where_to_read_on(here: World) -> None:
    looked_at(here, shown=MOST_ENTRIES + 3)
    access = ines(here)
    investigation = investigated(here, access)
    newest = read_day(here.ledger, access, investigation=investigation, day=TODAY)

    rest = read_day(
        here.ledger, access, investigation=investigation, day=TODAY, before=newest.older
    )

    shown = [each.sequence for journey in (*newest.journeys, *rest.journeys) for each in journey]
    assert sum(len(journey) for journey in newest.journeys) == MOST_ENTRIES
    assert (len(set(shown)), rest.older) == (len(shown), None)


def test_a_reading_of_exactly_the_most_is_not_cut(here: World) -> None:
    looked_at(here, shown=MOST_ENTRIES - 1)  # and the opening of the investigation

    reading = on(here, ines(here))

    assert (sum(map(len, reading.journeys)), reading.older) == (MOST_ENTRIES, None)


def test_words_whose_key_was_erased_are_gone_and_the_audit_still_verifies(here: World) -> None:
    look(here, asha(here))
    with here.database.writing() as connection:
        connection.execute(delete(SealKeyRow))

    given = on(here, ines(here)).journeys[-1][2]

    assert given.words == "(erased)"
    assert verify(here.ledger, operator()).broken is None


def test_a_sound_audit_verifies_and_that_is_entered(here: World) -> None:
    look(here, asha(here))
    count = len(entries(here))

    assert verify(here.ledger, operator()) == Verified(count=count, broken=None)
    assert here.told()[-1].words == f"{count} entries, and every one as it was written"


def test_a_broken_audit_is_found_at_its_place_and_that_is_entered(here: World) -> None:
    look(here, asha(here))
    with here.database.migrating() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_update"))
        connection.execute(text("UPDATE audit_entry SET actor = NULL WHERE sequence = 4"))

    verified = verify(here.ledger, operator())

    assert verified.broken == Break(sequence=4, reason="an entry does not agree with its seal")
    assert here.told()[-1].words == verdict(verified)


@pytest.mark.parametrize("role", [Role.IG_LEAD, Role.OPERATOR])
def test_the_audit_is_verified_by_whoever_answers_for_it(here: World, role: Role) -> None:
    assert verify(here.ledger, replace(operator(), role=role)).broken is None


def test_the_audit_is_not_verified_by_anybody_else(here: World) -> None:
    with pytest.raises(Refused):
        verify(here.ledger, asha(here))

    assert here.events()[-1] == (Event.AUDIT_VERIFIED, Outcome.REFUSED)


def test_a_verdict_is_kept_for_its_own_session(here: World) -> None:
    access = ines(here)
    kept = keep_verdict(here.ledger, access, Verified(count=1_204, broken=None))

    assert kept_verdict(here.ledger, access, reference=kept).startswith("1,204 entries")
    with pytest.raises(NotFound):
        kept_verdict(here.ledger, replace(access, session=b"elsewhere"), reference=kept)


def test_what_was_searched_for_is_no_verdict(here: World) -> None:
    access = ines(here)
    look_up = found(here, access, investigated(here, access))

    with pytest.raises(NotFound):
        kept_verdict(here.ledger, access, reference=look_up)

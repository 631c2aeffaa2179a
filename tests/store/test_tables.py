"""Which states no database stores, whatever program writes them."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from directory.store.engine import Database
from directory.store.tables import TABLES
from tests import engines
from tests.store import awkward
from tests.store.models import MODELS

# For each rule, a change to stored rows that would break it.
BROKEN = {
    "ck_agreement_course_activated_when": (
        "UPDATE agreement_course SET activated_at = NULL, ended_from = NULL, superseded_from = NULL"
    ),
    "ck_agreement_course_four_eyes": "UPDATE agreement_course SET activated_by = edited_by",
    "ck_agreement_course_over_once_active": (
        "UPDATE agreement_course SET activated_at = NULL, activated_by = NULL"
    ),
    "ck_agreement_ends_after_start": "UPDATE agreement SET end_day = start",
    "ck_audit_head_one_row": "UPDATE audit_head SET id = 2",
    "ck_claim_ends_after_start": "UPDATE claim SET end_at = start",
    "ck_claim_decision_confirmed_until": (
        "UPDATE claim_decision SET until = NULL WHERE outcome = 'confirmed'"
    ),
    "ck_claim_decision_not_ones_own": (
        "UPDATE claim_decision SET decided_by = claimant WHERE outcome = 'confirmed'"
    ),
    "ck_claim_decision_outcome_known": (
        "UPDATE claim_decision SET outcome = 'perhaps' WHERE outcome = 'not_working'"
    ),
    "ck_claim_decision_ends_after_start": (
        "UPDATE claim_decision SET until = decided_at WHERE outcome = 'confirmed'"
    ),
    "ck_family_addition_two_people": "UPDATE family_addition SET person = anchor",
    "ck_held_gate_in_order": "UPDATE held_gate SET end_day = start",
    "ck_involvement_revised": "UPDATE involvement SET revision = 0",
    "ck_involvement_confirmed_by_somebody": (
        "UPDATE involvement SET confirmed_by = NULL WHERE confirmed_on IS NOT NULL"
    ),
    "ck_line_kind": "UPDATE line SET kind = 'note'",
    "ck_line_linked_has_person": "UPDATE line SET person = NULL WHERE state = 'linked'",
    "ck_line_state": "UPDATE line SET state = 'guess' WHERE person IS NULL",
    "ck_line_visible_span": "UPDATE line SET visible_until = visible_from",
    "ck_matching_act_kind": "UPDATE matching_act SET kind = 'guess'",
    "ck_matching_act_second_agreed": (
        "UPDATE matching_act SET two_needed = true, second_by = NULL WHERE state = 'done'"
    ),
    "ck_matching_act_state": "UPDATE matching_act SET state = 'perhaps' WHERE state = 'asked'",
    "ck_matching_act_two_people": "UPDATE matching_act SET second_by = asked_by",
    "ck_matching_act_two_persons": "UPDATE matching_act SET other = person",
    "ck_name_pair_decided_when": "UPDATE name_pair SET decided = NULL",
    "ck_name_pair_in_order": "UPDATE name_pair SET one = other",
    "ck_name_pair_nobody_is_told": "UPDATE name_pair SET people = 4",
    "ck_merged_line_part": "UPDATE merged_line SET part = 'word'",
    "ck_sent_file_work_known": "UPDATE sent_file SET work = 'keep'",
    "ck_sent_file_state_known": "UPDATE sent_file SET state = 'kept'",
    "ck_rule_change_two_people": (
        "UPDATE rule_change SET decided_by = proposed_by WHERE standing = 'agreed'"
    ),
    "ck_rule_change_standing_known": (
        "UPDATE rule_change SET standing = 'meant' WHERE standing = 'agreed'"
    ),
    "ck_rule_change_decided_whole": (
        "UPDATE rule_change SET decided_at = NULL WHERE standing = 'agreed'"
    ),
    "ck_call_answered_whole": ("UPDATE call SET answered_by = NULL WHERE answered_at IS NOT NULL"),
    "ck_call_two_people": "UPDATE call SET answered_by = caller WHERE answered_at IS NOT NULL",
    "ck_rota_turn_in_order": "UPDATE rota_turn SET ends = starts",
    "ck_consent_worded": "UPDATE consent SET wording = ''",
    "ck_consent_event_step_known": "UPDATE consent_event SET step = 2 WHERE kind = 'refused'",
    "ck_consent_event_given_ends": "UPDATE consent_event SET ends = NULL WHERE kind = 'given'",
    "ck_consent_event_in_order": "UPDATE consent_event SET ends = starts WHERE kind = 'given'",
    "ck_consent_event_answered_by": "UPDATE consent_event SET giver = '' WHERE kind = 'refused'",
    "ck_consent_event_authority_seen": (
        "UPDATE consent_event SET authority_seen = '2024-02-29' WHERE giver = 'parent'"
    ),
    "ck_availability_days_of_a_week": "UPDATE availability SET weekdays = 128",
    "ck_availability_in_order": "UPDATE availability SET away_until = away_from",
    "ck_availability_away_whole": "UPDATE availability SET away_from = NULL",
    "ck_availability_two_people": (
        "UPDATE availability SET covered_by = practitioner WHERE away_from IS NOT NULL"
    ),
    "ck_mail_domain_trust_known": "UPDATE mail_domain SET trust = 'odd'",
    "ck_correction_wrong_known": "UPDATE correction SET wrong = 'odd' WHERE person IS NULL",
    "ck_correction_of_one": "UPDATE correction SET practitioner = NULL WHERE team IS NULL",
    "ck_correction_whose_involvement": "UPDATE correction SET person = NULL",
    "ck_correction_in_order": "UPDATE correction SET due = reported_at",
    "ck_correction_answered_whole": (
        "UPDATE correction SET answered_by = NULL WHERE answered_at IS NOT NULL"
    ),
    "ck_correction_answer_known": "UPDATE correction SET answer = '?' WHERE answer <> ''",
    "ck_correction_open_once": "UPDATE correction SET standing = NULL WHERE answered_at IS NULL",
    "ck_watch_ends_after_start": "UPDATE watch SET ends_at = started",
    "ck_notice_mail_mailing_known": "UPDATE notice_mail SET mailing = 'often'",
    "ck_emergency_ends_after_start": "UPDATE emergency SET ends = started",
    "ck_emergency_two_people": (
        "UPDATE emergency SET reviewed_by = account WHERE reviewed IS NOT NULL"
    ),
    "ck_emergency_reviewed_whole": ("UPDATE emergency SET outcome = '' WHERE reviewed IS NOT NULL"),
    "ck_interest_kind": "UPDATE interest SET kind = 'neighbour'",
    "ck_programme_key_in_order": "UPDATE programme_key SET end_day = made_on",
    "ck_sent_line_revised": "UPDATE sent_line SET revision = 0",
    "ck_restriction_order_protection": "UPDATE restriction_order SET protection = 3",
    "ck_restriction_order_for_good": (
        "UPDATE restriction_order SET kind = 'adoption' WHERE ended IS NOT NULL"
    ),
    "ck_restriction_order_somebody_lifted": (
        "UPDATE restriction_order SET lifted_by = NULL WHERE ended IS NOT NULL"
    ),
    "ck_restriction_lifting_waits": "UPDATE restriction_lifting SET earliest = asked_at",
    "ck_restriction_lifting_two_people": "UPDATE restriction_lifting SET agreed_by = asked_by",
    "ck_restriction_lifting_two_organisations": (
        "UPDATE restriction_lifting SET agreed_organisation = asked_organisation"
    ),
    "ck_restriction_lifting_agreed_in_time": (
        "UPDATE restriction_lifting SET agreed_by = NULL WHERE agreed_at IS NOT NULL"
    ),
}
# What says who somebody is: two people's may be equal, and one of them hidden, so that a refusal
# would tell. A source reference is the sending service's own, and unique among its lines only.
IDENTIFYING = {"blind", "birth", "forenames", "house", "postcode", "street", "surname", "key"}
# A part of a posting takes one more person; nothing of it is refused.
WHOSE = {"line", "number", "part", "person"}
# What would change what the audit says, written by any hand; REPLACE deletes on SQLite.
_TAKEN = "INSERT INTO {0} SELECT * FROM {0} WHERE true ON CONFLICT ({1}) DO UPDATE SET {2}"
FORGERIES = {
    "audit_entry": (
        "UPDATE audit_entry SET actor = NULL",
        "DELETE FROM audit_entry WHERE sequence = 2",
        _TAKEN.format("audit_entry", "sequence", "actor = NULL"),
    ),
    "audit_subject": (
        "UPDATE audit_subject SET part = ''",
        "DELETE FROM audit_subject WHERE sequence = 2",
        _TAKEN.format("audit_subject", "sequence, position", "part = ''"),
    ),
}
on_both = pytest.mark.parametrize("engine", engines.ENGINES)
forged = pytest.mark.parametrize(
    ("table", "forgery"), [(table, each) for table, all_ in FORGERIES.items() for each in all_]
)


def refused_by_the_owner_too(engine: str, folder: Path, statement: str) -> str:
    """Return how the database refuses `statement`, and hold that nothing changed."""
    with engines.ready(engine, folder) as place, engines.opened(place.owner_url) as database:
        with database.writing() as connection:
            before = awkward.fill(connection)

        with pytest.raises(DBAPIError) as refusal, database.writing() as connection:
            connection.exec_driver_sql(statement)

        with database.reading() as connection:
            assert awkward.contents(connection) == before
        return str(refusal.value)


def unique_keys() -> dict[str, set[str]]:
    """Return the columns of every key that no two rows may share, by the key's name."""
    tables = [table for models in MODELS for table in models.sorted_tables]
    keys = [key for table in tables for key in (*table.constraints, *table.indexes)]
    return {
        str(key.name): {column.name for column in key.columns}
        for key in keys
        if isinstance(key, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
        or (isinstance(key, sa.Index) and key.unique)
    }


@pytest.mark.parametrize("rule", BROKEN)
def test_a_state_that_breaks_a_rule_is_not_stored(database: Database, rule: str) -> None:
    with database.writing() as connection:
        awkward.fill(connection)

    with pytest.raises(IntegrityError, match=rule), database.writing() as connection:
        connection.exec_driver_sql(BROKEN[rule])


def test_every_rule_of_the_tables_is_tried() -> None:
    rules = {
        str(each.name)
        for table in TABLES.sorted_tables
        for each in table.constraints
        if isinstance(each, sa.CheckConstraint)
    }

    assert rules == BROKEN.keys()


@on_both
@forged
def test_the_audit_stands_as_written_whoever_asks(
    engine: str, table: str, forgery: str, tmp_path: Path
) -> None:
    assert f"{table} stands as written" in refused_by_the_owner_too(engine, tmp_path, forgery)


@pytest.mark.parametrize("table", FORGERIES)
def test_no_entry_is_replaced_on_sqlite(table: str, tmp_path: Path) -> None:
    replacing = f"REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608 - our words

    refusal = refused_by_the_owner_too(engines.SQLITE, tmp_path, replacing)

    assert "stands as written" in refusal


@pytest.mark.postgres
@pytest.mark.parametrize("table", FORGERIES)
def test_no_entry_is_truncated_on_postgresql(table: str, tmp_path: Path) -> None:
    truncating = f"TRUNCATE {table} CASCADE"

    refusal = refused_by_the_owner_too(engines.POSTGRESQL, tmp_path, truncating)

    assert "stands as written" in refusal


def test_no_unique_key_tells_that_a_hidden_person_is_there() -> None:
    telling = [
        name
        for name, columns in unique_keys().items()
        if columns & IDENTIFYING and not columns & WHOSE
    ]

    assert telling == []


def test_two_people_may_share_every_identifier(database: Database) -> None:
    with database.writing() as connection:
        awkward.fill(connection)

        shared = connection.exec_driver_sql(
            "UPDATE line_identifier SET blind = (SELECT blind FROM line_identifier LIMIT 1)"
        )

    assert shared.rowcount == awkward.ROWS

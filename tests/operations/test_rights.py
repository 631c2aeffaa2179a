"""Every operation refuses every role that may not do it, whatever a page would let through."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from uuid import UUID

import pytest

import directory.operations as floor
from directory.domain.access import Access, NotFound, Refused
from directory.domain.extracts import FeedUnknown
from directory.domain.vocabulary import Role, Scope
from directory.ledger.door import AuditUnavailable, Ledger, NotForThisRole
from directory.operations.council_file import CouncilFault
from directory.policy.permissions import Action, allows
from tests.factories import NOON, reference
from tests.operations.accounts_world import World
from tests.operations.rights_given import DIFFERING, GIVEN

Operation = Callable[..., object]

DOES = {
    "accounts.create_account": Action.ACCOUNTS_MANAGE,
    "accounts.disable_account": Action.ACCOUNTS_MANAGE,
    "accounts.enable_account": Action.ACCOUNTS_MANAGE,
    "accounts.find_account": Action.ACCOUNTS_MANAGE,
    "accounts.grant_role": Action.ACCOUNTS_MANAGE,
    "accounts.list_accounts": Action.ACCOUNTS_MANAGE,
    "accounts.make_administrator": Action.ACCOUNTS_MANAGE,
    "accounts.make_demonstration_account": Action.ACCOUNTS_MANAGE,
    "accounts.make_link": Action.ACCOUNTS_MANAGE,
    "accounts.make_link_for": Action.ACCOUNTS_MANAGE,
    "accounts.organisations": Action.ACCOUNTS_MANAGE,
    "accounts.remove_role": Action.ACCOUNTS_MANAGE,
    "accounts.show_account": Action.ACCOUNTS_MANAGE,
    "accounts.use_link": Action.SESSION_HOLD,
    "agencies.deactivate": Action.PRACTITIONER_LEAVE,
    "aliases.decide": Action.ALIASES_DECIDE,
    "aliases.list_pairs": Action.ALIASES_DECIDE,
    "aliases.seek_pairs": Action.ALIASES_SEEK,
    "audit.keep_verdict": Action.AUDIT_VERIFY,
    "audit.kept_verdict": Action.AUDIT_VERIFY,
    "audit.read_day": Action.AUDIT_INVESTIGATE,
    "audit.read_person": Action.AUDIT_INVESTIGATE,
    "audit.read_user": Action.AUDIT_INVESTIGATE,
    "audit.verify": Action.AUDIT_VERIFY,
    "availability.list_covers": Action.UPKEEP,
    "availability.make_practitioner": Action.UPKEEP,
    "availability.say_away": Action.UPKEEP,
    "availability.say_back": Action.UPKEEP,
    "availability.say_weekdays": Action.UPKEEP,
    "confirmations.answer": Action.CONTACT_CONFIRM,
    "confirmations.list_asked": Action.CONTACT_CONFIRM,
    "mail_domains.judge": Action.MAIL_DOMAINS_JUDGE,
    "mail_domains.list_domains": Action.MAIL_DOMAINS_JUDGE,
    "teams.list_teams": Action.UPKEEP,
    "teams.make_team": Action.UPKEEP,
    "teams.say_lines": Action.UPKEEP,
    "teams.view_team": Action.UPKEEP,
    "assurance.assure": Action.ASSURANCE_KEEP,
    "assurance.restore": Action.ASSURANCE_KEEP,
    "assurance.suspend": Action.ASSURANCE_KEEP,
    "assurance.list_assurances": Action.ASSURANCE_KEEP,
    "calls.answer": Action.CALLS_ANSWER,
    "calls.list_calls": Action.CALLS_ANSWER,
    "calls.sweep": Action.CALLS_SWEEP,
    "letters.note_sent": Action.CALLS_SWEEP,
    "letters.take_letters": Action.CALLS_SWEEP,
    "rota.add_turn": Action.ROTA_KEEP,
    "rota.list_rota": Action.ROTA_KEEP,
    "rota.remove_turn": Action.ROTA_KEEP,
    "council.set_up": Action.COUNCIL_SET_UP,
    "claims.decide": Action.CLAIMS_CONFIRM,
    "claims.give_up": Action.FAMILIES_MINE,
    "claims.list_to_confirm": Action.CLAIMS_CONFIRM,
    "handing_on.hand_on": Action.FAMILY_HAND_ON,
    "sampling.list_sample": Action.CLAIMS_SAMPLE,
    "corrections.answer": Action.CORRECTIONS_ANSWER,
    "corrections.begin": Action.CONTACT_REPORT,
    "corrections.list_mine": Action.CONTACT_REPORT,
    "corrections.list_overdue": Action.CORRECTIONS_OVERSEE,
    "corrections.list_waiting": Action.CORRECTIONS_ANSWER,
    "corrections.report": Action.CONTACT_REPORT,
    "consent.answer": Action.CONSENT_KEEP,
    "consent.list_consents": Action.CONSENT_KEEP,
    "consent.record": Action.CONSENT_KEEP,
    "consent.withdraw": Action.CONSENT_KEEP,
    "emergency.list_to_review": Action.EMERGENCY_REVIEW,
    "emergency.open_emergency": Action.EMERGENCY_OPEN,
    "emergency.review": Action.EMERGENCY_REVIEW,
    "extracts.check": Action.EXTRACT_TAKE,
    "extracts.take": Action.EXTRACT_TAKE,
    "families.begin_adding": Action.FAMILY_ADD_PERSON,
    "families.add_person": Action.FAMILY_ADD_PERSON,
    "families.choose_mine": Action.FAMILIES_MINE,
    "families.give_purpose": Action.FAMILY_OPEN,
    "families.list_mine": Action.FAMILIES_MINE,
    "families.view_board": Action.FAMILY_OPEN,
    "gates.give_gate": Action.ACCOUNTS_MANAGE,
    "gates.check_gates": Action.ACCOUNTS_MANAGE,
    "gates.import_gates": Action.ACCOUNTS_MANAGE,
    "gates.list_lapsing": Action.ACCOUNTS_MANAGE,
    "gates.my_gates": Action.SESSION_OWN,
    "gates.show_gates": Action.ACCOUNTS_MANAGE,
    "gates.withdraw_gate": Action.ACCOUNTS_MANAGE,
    "interests.declare": Action.INTERESTS_DECLARE,
    "interests.list_declared": Action.INTERESTS_DECLARE,
    "investigated.name_person": Action.AUDIT_INVESTIGATE,
    "investigated.open_service": Action.AUDIT_INVESTIGATE,
    "investigated.view_services": Action.AUDIT_INVESTIGATE,
    "investigations.ask_for_person": Action.AUDIT_INVESTIGATE,
    "investigations.ask_for_users": Action.AUDIT_INVESTIGATE,
    "investigations.close": Action.AUDIT_INVESTIGATE,
    "investigations.find_person": Action.AUDIT_INVESTIGATE,
    "investigations.find_users": Action.AUDIT_INVESTIGATE,
    "investigations.list_open": Action.AUDIT_INVESTIGATE,
    "investigations.open_investigation": Action.AUDIT_INVESTIGATE,
    "investigations.show": Action.AUDIT_INVESTIGATE,
    "involvement.open_card": Action.FAMILY_OPEN,
    "mapping.forget_meaning": Action.EXTRACT_SEND,
    "mapping.list_meanings": Action.EXTRACT_SEND,
    "mapping.say_meaning": Action.EXTRACT_SEND,
    "matching.check": Action.MATCHING_DECIDE,
    "matching.compare": Action.MATCHING_DECIDE,
    "matching.list_waiting": Action.MATCHING_DECIDE,
    "matching_acts.agree": Action.MATCHING_DECIDE,
    "matching_acts.decline": Action.MATCHING_DECIDE,
    "matching_acts.list_acts": Action.MATCHING_DECIDE,
    "matching_acts.take_back": Action.MATCHING_DECIDE,
    "matching_acts.view_act": Action.MATCHING_DECIDE,
    "matching_decisions.decide": Action.MATCHING_DECIDE,
    "matching_decisions.leave_for_later": Action.MATCHING_DECIDE,
    "matching_merges.check_merge": Action.MATCHING_DECIDE,
    "matching_merges.merge": Action.MATCHING_DECIDE,
    "people.ask": Action.PEOPLE_FIND,
    "people.asked": Action.PEOPLE_FIND,
    "people.choose": Action.PEOPLE_FIND,
    "people.look_up": Action.PEOPLE_FIND,
    "lifting.agree": Action.PROTECTION_KEEP,
    "lifting.ask_lifting": Action.PROTECTION_KEEP,
    "lifting.countersign": Action.PROTECTION_KEEP,
    "lifting.decline": Action.PROTECTION_KEEP,
    "lifting.lift_at_once": Action.PROTECTION_LIFT_AT_ONCE,
    "restrictions.ask": Action.PROTECTION_ASK,
    "restrictions.complete": Action.PROTECTION_ASK,
    "restrictions.complete_due": Action.PROTECTION_COMPLETE,
    "restrictions.hide": Action.PROTECTION_KEEP,
    "restrictions.keep_address": Action.PROTECTION_KEEP,
    "restrictions.list_members": Action.PROTECTION_ASK,
    "restrictions.list_orders": Action.PROTECTION_READ,
    "restrictions.name": Action.PROTECTION_KEEP,
    "restrictions.review": Action.PROTECTION_KEEP,
    "restrictions.unname": Action.PROTECTION_KEEP,
    "restrictions.view_order": Action.PROTECTION_READ,
    "practitioners.hand_all_over": Action.UPKEEP,
    "practitioners.list_colleagues": Action.UPKEEP,
    "practitioners.reach": Action.UPKEEP,
    "practitioners.say_here": Action.UPKEEP,
    "practitioners.say_left": Action.UPKEEP,
    "practitioners.view_colleague": Action.UPKEEP,
    "programmes.disable_programme": Action.PROGRAMMES_KEEP,
    "programmes.enable_programme": Action.PROGRAMMES_KEEP,
    "programmes.end_key": Action.PROGRAMMES_KEEP,
    "programmes.list_programmes": Action.PROGRAMMES_KEEP,
    "programmes.make_key": Action.PROGRAMMES_KEEP,
    "programmes.make_programme": Action.PROGRAMMES_KEEP,
    "programmes.organisations": Action.PROGRAMMES_KEEP,
    "programmes.view_programme": Action.PROGRAMMES_KEEP,
    "sent_lines.send": Action.INVOLVEMENTS_SEND,
    "sent_practitioners.send": Action.PRACTITIONERS_SEND,
    "sent_taken.take_sent": Action.EXTRACT_TAKE,
    "preview.begin": Action.SHARING_PREVIEW,
    "preview.preview": Action.SHARING_PREVIEW,
    "sessions.choose_role": Action.SESSION_HOLD,
    "retention.foresee": Action.RETENTION_RUN,
    "retention.let_go": Action.RETENTION_RUN,
    "rules.compare": Action.RULES_READ,
    "rules.decide": Action.RULES_DECIDE,
    "rules.list_rules": Action.RULES_READ,
    "rules.propose": Action.RULES_PROPOSE,
    "refused_lines.read_refused": Action.EXTRACT_SEND,
    "sending.ask_taken": Action.EXTRACT_SEND,
    "sending.ask_undo": Action.EXTRACT_SEND,
    "sending.list_sent": Action.EXTRACT_SEND,
    "sending.send": Action.EXTRACT_SEND,
    "sending.throw_away": Action.EXTRACT_SEND,
    "sending.view_sent": Action.EXTRACT_SEND,
    "sent_work.go_on": Action.EXTRACT_TAKE,
    "sent_work.tidy": Action.EXTRACT_TAKE,
    "sessions.my_sessions": Action.SESSION_OWN,
    "sessions.set_second_factor": Action.SESSION_HOLD,
    "sessions.sign_out": Action.SESSION_HOLD,
    "sessions.sign_out_everywhere": Action.SESSION_OWN,
    "sign_in.prove_again": Action.SESSION_HOLD,
    "sharing.list_agreements": Action.SHARING_READ,
    "sharing.organisations": Action.SHARING_DRAFT,
    "sharing.read_agreement": Action.SHARING_READ,
    "sharing_acts.activate": Action.SHARING_ACTIVATE,
    "sharing_acts.begin_version": Action.SHARING_DRAFT,
    "sharing_acts.change": Action.SHARING_DRAFT,
    "sharing_acts.draft": Action.SHARING_DRAFT,
    "sharing_acts.end_now": Action.SHARING_ACTIVATE,
    "sharing_acts.sign": Action.SHARING_DRAFT,
    "sharing_effect.compare": Action.SHARING_READ,
    "sharing_effect.try_out": Action.SHARING_ACTIVATE,
    "sign_in.sign_in": Action.SESSION_HOLD,
    "sign_in.unlock": Action.SESSION_HOLD,
    "texts.find": Action.ACCOUNTS_MANAGE,
    "undoing.undo": Action.EXTRACT_TAKE,
    "upkeep.change": Action.UPKEEP,
    "upkeep.confirm": Action.UPKEEP,
    "upkeep.find_own": Action.UPKEEP,
    "upkeep.hand_over": Action.UPKEEP,
    "upkeep.list_leads": Action.UPKEEP,
    "upkeep.list_own": Action.UPKEEP,
    "upkeep.view_own": Action.UPKEEP,
    "upkeep_adding.add": Action.UPKEEP,
    "upkeep_adding.check": Action.UPKEEP,
    "upkeep_adding.leads": Action.UPKEEP,
    "notices.choose_mailing": Action.FAMILY_WATCH,
    "notices.list_notices": Action.FAMILY_WATCH,
    "watches.stop": Action.FAMILY_WATCH,
    "watches.sweep": Action.CALLS_SWEEP,
    "watches.watch": Action.FAMILY_WATCH,
}
"""What each operation does, as the table of roles and actions names it."""


def operations() -> Iterator[tuple[str, Operation]]:
    """Yield every public function of the floor that begins with a ledger and an access."""
    for module in iter_modules(floor.__path__):
        found = vars(import_module(f"{floor.__name__}.{module.name}"))
        for name, each in found.items():
            if not inspect.isfunction(each) or name.startswith("_"):
                continue
            begins = list(inspect.signature(each).parameters)[:2] == ["ledger", "access"]
            if begins and each.__module__.endswith(f".{module.name}"):
                yield f"{module.name}.{name}", each


OPERATIONS = dict(operations())


def is_refused(ledger: Ledger, role: Role, name: str, **differing: object) -> bool:
    """Return whether the operation is refused to the role, not for what it would be done to."""
    operation = OPERATIONS[name]
    given = GIVEN | DIFFERING.get(name, {}) | differing
    takes = list(inspect.signature(operation).parameters)[2:]
    access = Access(
        at=NOON, role=role, account=UUID(int=7), organisation=reference(50), scopes=frozenset(Scope)
    )
    try:
        operation(ledger, access, **{each: given[each] for each in takes if each in given})
    except NotForThisRole:
        return True
    except (Refused, NotFound, CouncilFault, FeedUnknown, AuditUnavailable):
        return False
    return False


def test_every_operation_names_what_it_does() -> None:
    assert sorted(OPERATIONS) == sorted(DOES)


@pytest.mark.parametrize("name", sorted(DOES))
def test_an_operation_is_refused_to_exactly_the_roles_that_may_not_do_it(
    here: World, name: str
) -> None:
    refused = {role for role in Role if is_refused(here.ledger, role, name)}

    assert refused == {role for role in Role if not allows(role, DOES[name])}


def test_a_purpose_is_given_from_ones_own_list_by_roles_that_have_one_only(here: World) -> None:
    name = "families.give_purpose"

    refused = {role for role in Role if is_refused(here.ledger, role, name, look_up=None)}

    assert refused == {role for role in Role if not allows(role, Action.FAMILIES_MINE)}

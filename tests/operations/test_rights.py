"""Every operation refuses every role that may not do it, whatever a page would let through."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from uuid import UUID

import pytest

import directory.operations as floor
from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import Renewal, SecondFactor
from directory.domain.aliases import PairChoice, PairState
from directory.domain.audit import Verified
from directory.domain.availability import Away
from directory.domain.consent import Giver, Manner
from directory.domain.corrections import Answer, Wrong
from directory.domain.emergency import EmergencyReason, ReviewOutcome
from directory.domain.events import Log
from directory.domain.extracts import FeedUnknown
from directory.domain.gates import Gate
from directory.domain.identifiers import Postcode
from directory.domain.looking import Sought
from directory.domain.mail_domains import MailTrust
from directory.domain.matching import ActState, Choice, MergeReason
from directory.domain.practitioners import Contact
from directory.domain.relationships import ClaimOutcome
from directory.domain.restrictions import InterestKind, OrderKind
from directory.domain.rules import Rule, Slot, Standing
from directory.domain.teams import Lines
from directory.domain.texts import TextKind
from directory.domain.upkeep import Lead, Said
from directory.domain.vocabulary import FamilyRole, Purpose, Role, Scope, Service
from directory.domain.watches import Mailing
from directory.ledger.door import AuditUnavailable, Ledger, NotForThisRole
from directory.operations.consent import Question, Reply
from directory.operations.corrections import Place
from directory.operations.council_file import CouncilFault
from directory.operations.gates import Giving
from directory.operations.interests import Interest
from directory.operations.matching_decisions import Decision
from directory.operations.matching_merges import MergeDecision
from directory.operations.preview import AsIf
from directory.operations.programmes import ProgrammePlan
from directory.operations.sent_folder import SentFolder
from directory.operations.upkeep_adding import Typed
from directory.policy.permissions import Action, allows
from tests.factories import NOON, TODAY, agreement, days_ago, party, reference
from tests.operations.accounts_world import CHEAP, TOTP_KEY, WORDS, World, attempt, plan

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

INTEREST = Interest(kind=InterestKind.SELF, forenames="No", surname="Body", birth=TODAY)
GIVEN: dict[str, object] = {
    "agreement": agreement(),  # its reference is taken
    "as_if": AsIf(role=Role.FRONT_DOOR, organisation=reference(404), purpose=Purpose.TRIAGE),
    "party": party(),
    "about": (), "act": reference(404), "choice": Choice.NEW_PERSON, "chosen": None,
    "people": frozenset({reference(404), reference(405)}), "seen": "",
    "state": ActState.DONE, "waiting": reference(404),
    "account": reference(404), "as_of": TODAY, "asked": reference(404),
    "attempt": attempt(email="nobody@council.example"),
    "code": "000000", "day": TODAY, "email": "nobody@council.example", "file": b"",
    "house": "1", "street": "", "postcode": Postcode.parse("NX4 2AB"), "interest": INTEREST,
    "occasion": reference(404), "order": reference(404),
    "investigation": reference(404), "key": TOTP_KEY, "log": Log.AUDIT, "look_up": reference(404),
    "least": 5, "pair": reference(404),
    "matter": "", "name": "", "page": 1, "password": WORDS, "passwords": CHEAP,
    "person": reference(404), "practitioner": reference(404), "plan": plan(),
    "progress": lambda _done, _total: None,
    "purpose": Purpose.TRIAGE, "reason": "", "reference": reference(404),
    "renewal": Renewal.FORGOTTEN, "rule": SecondFactor.OPTIONAL, "service": Service.POLICE,
    "sought": Sought(name="Nobody"), "source_reference": "", "text": b"", "token": "",
    "call": reference(404), "officer": reference(404), "turn": reference(404), "pages": (),
    "start": NOON, "end": NOON, "organisation": reference(404), "until": TODAY, "evidence": "",
    "change": reference(404), "claim": reference(404), "consent": reference(404),
    "question": Question(organisations=frozenset(), manner=Manner.BY_PHONE),
    "reply": Reply(manner=Manner.BY_PHONE, giver=Giver.PERSON, authority_seen=None, days=None),
    "lead": None, "line": 404, "revision": 1, "effective": TODAY, "slot": Slot(rule=Rule.NO_MATCH),
    "standing": Standing.DECLINED, "value": "", "why": "",
    "heading": "", "column": "", "keep": lambda _reference: None, "remove": lambda _reference: None,
    "folder": SentFolder(Path("nowhere")), "told": lambda _reference: None, "number": 0,
    "verified": Verified(count=1, broken=None), "viewing": reference(404), "words": "",
    "watch": reference(404), "mailing": Mailing.DAILY,
}  # fmt: skip
_NOWHERE = Place(
    viewing=reference(404), person=reference(404), service=Service.POLICE, contact=None
)
_NOBODY = Lead(team=None, practitioner=None)
_UNREACHED = Contact(phone="", email="")
_NO_LINES = Lines(duty_line="", out_of_hours_line="")
_PROGRAMME = ProgrammePlan(name="", organisation="", scopes=frozenset())
_DIFFERING: dict[str, dict[str, object]] = {
    "accounts.grant_role": {"role": Role.FRONT_DOOR},
    "accounts.remove_role": {"role": Role.FRONT_DOOR},
    "aliases.decide": {"choice": PairChoice.ACCEPT},
    "aliases.list_pairs": {"state": PairState.PROPOSED},
    "availability.make_practitioner": {
        "new": ("", ""),
        "team": reference(404),
        "contact": _UNREACHED,
    },
    "availability.say_away": {"away": Away(start=TODAY, end=None, cover=None)},
    "availability.say_weekdays": {"weekdays": frozenset()},
    "confirmations.answer": {"answers": {}},
    "mail_domains.judge": {"domain": "homes.example", "trust": MailTrust.SECURE},
    "teams.make_team": {"lines": _NO_LINES},
    "teams.say_lines": {"team": reference(404), "seen": _NO_LINES, "lines": _NO_LINES},
    "teams.view_team": {"team": reference(404)},
    "claims.decide": {"outcome": ClaimOutcome.CONFIRMED},
    "corrections.answer": {"correction": reference(404), "answer": Answer.MENDED},
    "corrections.report": {"place": _NOWHERE, "wrong": Wrong.NUMBER},
    "corrections.begin": {"place": _NOWHERE},
    "emergency.open_emergency": {"reason": EmergencyReason.RISK_TO_LIFE},
    "emergency.review": {"outcome": ReviewOutcome.JUSTIFIED},
    "families.add_person": {"role": FamilyRole.OTHER},
    "restrictions.hide": {"kind": OrderKind.SAFETY},
    "matching_decisions.decide": {
        "decision": Decision(waiting=reference(404), choice=Choice.NEW_PERSON, person=None, seen="")
    },
    "matching_merges.merge": {
        "decision": MergeDecision(
            waiting=reference(404),
            people=frozenset({reference(404), reference(405)}),
            reason=MergeReason.SAME_NUMBER,
            seen="",
        )
    },
    "sessions.choose_role": {"role": Role.FRONT_DOOR},
    "gates.give_gate": {"giving": Giving(gate=Gate.VETTING, end=days_ago(-30), evidence="DBS-1")},
    "gates.check_gates": {"text": ""},
    "gates.import_gates": {"text": ""},
    "gates.withdraw_gate": {"gate": Gate.VETTING},
    "upkeep.change": {"said": Said(lead=_NOBODY, last_involved=None, ended=None)},
    "upkeep.confirm": {"seen": {404: 1}},
    "upkeep_adding.add": {"typed": Typed(parts={}, lead=_NOBODY)},
    "upkeep_adding.check": {"typed": Typed(parts={}, lead=_NOBODY)},
    "practitioners.hand_all_over": {"to": _NOBODY},
    "practitioners.reach": {"seen": _UNREACHED, "contact": _UNREACHED},
    "programmes.disable_programme": {"programme": reference(404)},
    "programmes.enable_programme": {"programme": reference(404)},
    "programmes.end_key": {"programme": reference(404), "key": reference(405)},
    "programmes.make_key": {"programme": reference(404)},
    "programmes.make_programme": {"plan": _PROGRAMME},
    "programmes.view_programme": {"programme": reference(404)},
    "sent_lines.send": {"lines": (), "once": None},
    "sent_practitioners.send": {"practitioners": (), "once": None},
    "upkeep.hand_over": {"to": _NOBODY, "seen": {404: 1}},
    "texts.find": {"kinds": frozenset({TextKind.ORGANISATION})},
}


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
    given = GIVEN | _DIFFERING.get(name, {}) | differing
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

"""What each operation is given when roles are tried on it: nothing that is there."""

from pathlib import Path

from directory.domain.accounts import Renewal, SecondFactor
from directory.domain.aliases import PairChoice, PairState
from directory.domain.audit import Verified
from directory.domain.availability import Away
from directory.domain.consent import Giver, Manner
from directory.domain.corrections import Answer, Wrong
from directory.domain.emergency import EmergencyReason, ReviewOutcome
from directory.domain.events import Log
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
from directory.domain.vocabulary import FamilyRole, Purpose, Role, Service
from directory.domain.watches import Mailing
from directory.operations.consent import Question, Reply
from directory.operations.corrections import Place
from directory.operations.gates import Giving
from directory.operations.interests import Interest
from directory.operations.matching_decisions import Decision
from directory.operations.matching_merges import MergeDecision
from directory.operations.preview import AsIf
from directory.operations.programmes import ProgrammePlan
from directory.operations.sent_folder import SentFolder
from directory.operations.upkeep_adding import Typed
from tests.factories import NOON, TODAY, agreement, days_ago, party, reference
from tests.operations.accounts_world import CHEAP, TOTP_KEY, WORDS, attempt, plan

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
DIFFERING: dict[str, dict[str, object]] = {
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

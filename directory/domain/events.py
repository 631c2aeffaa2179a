"""The events that can be entered in the audit, and the log each is read in."""

from enum import StrEnum


class Log(StrEnum):
    """The three readings of the one chain."""

    AUDIT = "audit"  # who looked at whom
    SECURITY = "security"  # who signed in
    RUNNING = "running"  # extracts and set-up


class Event(StrEnum):
    """Everything that can be entered in the audit."""

    PEOPLE_SEARCHED = "people_searched"
    PERSON_CHOSEN = "person_chosen"
    PURPOSE_GIVEN = "purpose_given"
    BOARD_VIEWED = "board_viewed"
    CARD_OPENED = "card_opened"
    PERSON_ADDED = "person_added"
    ADDING_BEGUN = "adding_begun"
    FAMILIES_LISTED = "families_listed"
    RESULTS_SEEN_AGAIN = "results_seen_again"
    INVESTIGATION_OPENED = "investigation_opened"
    INVESTIGATION_CLOSED = "investigation_closed"
    AUDIT_READ = "audit_read"
    AUDIT_VERIFIED = "audit_verified"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    SESSION_UNLOCKED = "session_unlocked"
    SESSIONS_LISTED = "sessions_listed"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_GIVEN = "second_factor_given"
    ROLE_CHOSEN = "role_chosen"
    ACCOUNTS_LISTED = "accounts_listed"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ROLE_GRANTED = "role_granted"
    ROLE_REMOVED = "role_removed"
    LINK_MADE = "link_made"
    LINK_USED = "link_used"
    GATES_LISTED = "gates_listed"
    GATE_GIVEN = "gate_given"
    GATE_WITHDRAWN = "gate_withdrawn"
    COUNCIL_SET_UP = "council_set_up"
    EXTRACT_CHECKED = "extract_checked"
    EXTRACT_STAGED = "extract_staged"
    EXTRACT_TAKEN = "extract_taken"
    EXTRACT_STOPPED = "extract_stopped"
    EXTRACT_UNDONE = "extract_undone"
    MEANINGS_LISTED = "meanings_listed"
    MEANING_SAID = "meaning_said"
    SENT_LISTED = "sent_listed"
    FILE_SENT = "file_sent"
    FILE_VIEWED = "file_viewed"
    REFUSED_READ = "refused_read"
    SENT_DECIDED = "sent_decided"
    SENT_WORKED = "sent_worked"
    PRACTITIONER_LEFT = "practitioner_left"
    MATCHES_LISTED = "matches_listed"
    MATCH_VIEWED = "match_viewed"
    MATCH_DECIDED = "match_decided"
    MATCH_AGREED = "match_agreed"
    MATCH_DECLINED = "match_declined"
    MATCH_TAKEN_BACK = "match_taken_back"
    NAME_PAIRS_SOUGHT = "name_pairs_sought"
    NAME_PAIRS_LISTED = "name_pairs_listed"
    NAME_PAIR_DECIDED = "name_pair_decided"
    PEOPLE_MERGED = "people_merged"
    PROTECTION_ASKED = "protection_asked"
    PROTECTION_COMPLETED = "protection_completed"
    ORDERS_LISTED = "orders_listed"
    ORDER_VIEWED = "order_viewed"
    ORDER_CHANGED = "order_changed"
    INTERESTS_LISTED = "interests_listed"
    EMERGENCY_OPENED = "emergency_opened"
    EMERGENCIES_LISTED = "emergencies_listed"
    EMERGENCY_REVIEWED = "emergency_reviewed"
    CLAIMS_LISTED = "claims_listed"
    CLAIM_DECIDED = "claim_decided"
    CLAIM_GIVEN_UP = "claim_given_up"
    CALLS_SWEPT = "calls_swept"
    CALLS_LISTED = "calls_listed"
    CALL_ANSWERED = "call_answered"
    LETTERS_TAKEN = "letters_taken"
    LETTERS_SENT = "letters_sent"
    ROTA_LISTED = "rota_listed"
    ROTA_CHANGED = "rota_changed"
    FAMILY_HANDED_ON = "family_handed_on"
    CLAIMS_SAMPLED = "claims_sampled"
    UPKEEP_LISTED = "upkeep_listed"
    UPKEEP_VIEWED = "upkeep_viewed"
    UPKEEP_CHANGED = "upkeep_changed"
    UPKEEP_CONFIRMED = "upkeep_confirmed"
    UPKEEP_ADDED = "upkeep_added"
    PRACTITIONERS_LISTED = "practitioners_listed"
    PRACTITIONER_CHANGED = "practitioner_changed"
    REPORT_BEGUN = "report_begun"
    CONTACT_REPORTED = "contact_reported"
    OWN_REPORTS_LISTED = "own_reports_listed"
    REPORTS_LISTED = "reports_listed"
    REPORT_ANSWERED = "report_answered"
    OVERDUE_REPORTS_LISTED = "overdue_reports_listed"
    CONFIRMATIONS_LISTED = "confirmations_listed"
    CONFIRMATION_GIVEN = "confirmation_given"
    TEAMS_LISTED = "teams_listed"
    TEAM_CHANGED = "team_changed"
    PRACTITIONER_ADDED = "practitioner_added"
    MAIL_DOMAINS_LISTED = "mail_domains_listed"
    MAIL_DOMAIN_JUDGED = "mail_domain_judged"
    ASSURANCES_LISTED = "assurances_listed"
    ASSURANCE_KEPT = "assurance_kept"
    CONSENTS_READ = "consents_read"
    CONSENT_RECORDED = "consent_recorded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    INTEREST_DECLARED = "interest_declared"
    AGREEMENTS_LISTED = "agreements_listed"
    AGREEMENT_VIEWED = "agreement_viewed"
    AGREEMENT_DRAFTED = "agreement_drafted"
    AGREEMENT_CHANGED = "agreement_changed"
    AGREEMENT_SIGNED = "agreement_signed"
    AGREEMENT_ACTIVATED = "agreement_activated"
    AGREEMENT_ENDED = "agreement_ended"
    AGREEMENT_COMPARED = "agreement_compared"
    AGREEMENT_TRIED = "agreement_tried"
    SIGHT_PREVIEWED = "sight_previewed"
    RULES_LISTED = "rules_listed"
    RULE_PROPOSED = "rule_proposed"
    RULE_COMPARED = "rule_compared"
    RULE_DECIDED = "rule_decided"
    FAMILY_WATCHED = "family_watched"
    WATCH_STOPPED = "watch_stopped"
    WATCHES_COMPARED = "watches_compared"
    NOTICES_LISTED = "notices_listed"
    MAILING_CHOSEN = "mailing_chosen"
    RETENTION_FORESEEN = "retention_foreseen"
    RETENTION_RUN = "retention_run"
    PROGRAMMES_LISTED = "programmes_listed"
    PROGRAMME_MADE = "programme_made"
    PROGRAMME_KEY_MADE = "programme_key_made"
    PROGRAMME_KEY_ENDED = "programme_key_ended"
    PROGRAMME_DISABLED = "programme_disabled"
    PROGRAMME_ENABLED = "programme_enabled"
    LINES_SENT = "lines_sent"
    LINES_TAKEN = "lines_taken"
    PRACTITIONERS_SENT = "practitioners_sent"

    @property
    def log(self) -> Log:
        """Return the reading of the chain this event belongs to."""
        if self in _SECURITY:
            return Log.SECURITY
        return Log.RUNNING if self in _RUNNING else Log.AUDIT


_SECURITY = frozenset(
    {
        Event.SIGNED_IN,
        Event.SIGN_IN_REFUSED,
        Event.SIGNED_OUT,
        Event.SIGNED_OUT_EVERYWHERE,
        Event.SESSION_UNLOCKED,
        Event.SESSIONS_LISTED,
        Event.SECOND_FACTOR_SET,
        Event.SECOND_FACTOR_GIVEN,
        Event.ROLE_CHOSEN,
        Event.ACCOUNTS_LISTED,
        Event.ACCOUNT_CREATED,
        Event.ACCOUNT_DISABLED,
        Event.ACCOUNT_ENABLED,
        Event.ROLE_GRANTED,
        Event.ROLE_REMOVED,
        Event.LINK_MADE,
        Event.LINK_USED,
        Event.GATES_LISTED,
        Event.GATE_GIVEN,
        Event.GATE_WITHDRAWN,
        Event.PROGRAMMES_LISTED,
        Event.PROGRAMME_MADE,
        Event.PROGRAMME_KEY_MADE,
        Event.PROGRAMME_KEY_ENDED,
        Event.PROGRAMME_DISABLED,
        Event.PROGRAMME_ENABLED,
    }
)
_RUNNING = frozenset(
    {
        Event.COUNCIL_SET_UP,
        Event.EXTRACT_CHECKED,
        Event.EXTRACT_STAGED,
        Event.EXTRACT_TAKEN,
        Event.EXTRACT_STOPPED,
        Event.EXTRACT_UNDONE,
        Event.MEANINGS_LISTED,
        Event.MEANING_SAID,
        Event.SENT_LISTED,
        Event.FILE_SENT,
        Event.FILE_VIEWED,
        Event.REFUSED_READ,
        Event.SENT_DECIDED,
        Event.SENT_WORKED,
        Event.PRACTITIONER_LEFT,
        Event.NAME_PAIRS_SOUGHT,
        Event.RETENTION_FORESEEN,
        Event.RETENTION_RUN,
        Event.LINES_SENT,
        Event.LINES_TAKEN,
        Event.PRACTITIONERS_SENT,
    }
)

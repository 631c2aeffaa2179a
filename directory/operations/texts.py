"""Find organisations, services, teams and guidance by their words, never people."""

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.texts import TextKind, TextSought
from directory.ledger.door import Ledger
from directory.policy.disclosed import DisclosedText
from directory.policy.permissions import Action
from directory.policy.texts import disclose_text, findable_kinds

_WORDS_ENTERED = 200


def find(
    ledger: Ledger, access: Access, *, words: str, kinds: frozenset[TextKind]
) -> tuple[DisclosedText, ...]:
    """Return what of `kinds` the words may be meant for, the best first; Refused for other kinds.

    A slip of the pen, half a word or another order of the words does no harm.
    """
    with ledger.entry(access, Event.ACCOUNTS_LISTED, action=Action.ACCOUNTS_MANAGE) as work:
        work.remark(words=f"{', '.join(sorted(kinds))}: {words[:_WORDS_ENTERED]}")
        if not kinds <= findable_kinds(access.role):
            raise Refused("not for this role")
        found = work.find_texts(TextSought(words=words, kinds=kinds))
        return tuple(disclose_text(access, each) for each in found)

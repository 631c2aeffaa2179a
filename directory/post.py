"""The post: letters go to the council's mail relay, or wait as files in the data folder."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread

from directory.domain.access import Access
from directory.domain.vocabulary import Role
from directory.ledger.door import AuditUnavailable, Ledger
from directory.operations import calls, letters, restrictions, sent_taken, watches
from directory.operations.letters import Letter
from directory.settings import Settings
from directory.web.access import system_clock

Clock = Callable[[], datetime]

SWEPT_EVERY = timedelta(seconds=20)
"""How often searches are compared: whoever is paged is paged within a minute."""

_PORT = 25
_PATIENCE_SECONDS = 10


class Post:
    """Where letters leave: by a relay, or without one into the folder `outbox`."""

    def __init__(self, settings: Settings) -> None:
        """Send as `settings` say."""
        self._outbox = settings.data / "outbox"
        self._relay = settings.mail_relay
        self._sender = settings.contact_email or f"directory@{settings.public_host or 'localhost'}"

    def send(self, letter: Letter) -> None:
        """Let the letter go; raises OSError where it cannot (SMTP's faults are of that kind)."""
        message = self._written(letter)
        if not self._relay:
            _keep(self._outbox, letter, message)
            return
        host, _, port = self._relay.partition(":")
        with smtplib.SMTP(host, int(port or _PORT), timeout=_PATIENCE_SECONDS) as relay:
            relay.send_message(message)

    def _written(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self._sender, letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.page.at)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.words)
        return message


def sweep(ledger: Ledger, post: Post, *, clock: Clock = system_clock) -> int:
    """Complete orders, compare searches and watched boards, page and tell; count letters that went.

    A letter that cannot go stays, and is tried again some minutes later.
    """
    restrictions.complete_due(ledger, _at(clock()))
    calls.sweep(ledger, _at(clock()))
    watches.sweep(ledger, _at(clock()))
    sent = []
    for letter in letters.take_letters(ledger, _at(clock())):
        try:
            post.send(letter)
        except OSError:
            break
        sent.append(letter.page)
    if sent:
        letters.note_sent(ledger, _at(clock()), pages=sent)
    return len(sent)


def take(ledger: Ledger, *, clock: Clock = system_clock) -> int:
    """Take what programmes sent, and return how many lines were taken.

    Orders are completed at once: a line may bring somebody protected to where others live.
    """
    taken = sent_taken.take_sent(ledger, _at(clock()))
    if taken:
        restrictions.complete_due(ledger, _at(clock()))
    return taken


def keep_sweeping(
    ledger: Ledger, post: Post, *, every: timedelta = SWEPT_EVERY, clock: Clock = system_clock
) -> Callable[[], None]:
    """Sweep and take in the background while the process lives; return what stops both.

    Each has a thread of its own, so that no line that was sent keeps an officer from being paged.
    """
    stopped = Event()

    def go_on(act: Callable[[], int]) -> None:
        while not stopped.wait(every.total_seconds()):
            try:
                act()
            except AuditUnavailable:
                continue  # nothing was done; what is due stays due

    acts = {
        "sweep": partial(sweep, ledger, post, clock=clock),
        "take": partial(take, ledger, clock=clock),
    }
    for name, act in acts.items():
        Thread(target=go_on, args=(act,), daemon=True, name=name).start()
    return stopped.set


def _at(moment: datetime) -> Access:
    return Access(at=moment, role=Role.OPERATOR, name="sweep")


def _keep(outbox: Path, letter: Letter, message: EmailMessage) -> None:
    outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = outbox / f"{letter.page.at:%Y%m%dT%H%M%S}-{letter.page.call}-{letter.page.to}.eml"
    file.touch(mode=0o600)
    file.write_bytes(bytes(message))

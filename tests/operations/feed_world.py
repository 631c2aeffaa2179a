"""A feed under a local rule on what its file lacks, and what is said and found of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from directory.domain.access import Access
from directory.domain.accounts import Account
from directory.domain.events import Event
from directory.domain.extracts import Report
from directory.domain.involvement import Involvement
from directory.domain.looking import Matches, Sought
from directory.domain.rules import Change, Rule, Slot, Standing
from directory.domain.upkeep import Said
from directory.domain.vocabulary import Absence, Service
from directory.operations import undoing
from directory.operations.extracts import Meant
from directory.operations.undoing import Undone
from directory.policy.permissions import Action
from directory.store.engine import Database
from directory.store.rules import RuleStore
from tests.factories import NOON, days_ago, reference
from tests.operations.extracts_world import OPERATOR, World, line, many, world
from tests.store.holders import account, accounts

INES, DELE = reference(81), reference(82)
TODAY = NOON.date()
OTHERS = many(40)
WHOLE = (*OTHERS, line())
FORTNIGHT, LAST_WEEK, YESTERDAY = days_ago(14), days_ago(8), days_ago(1)
LONG_AGO = days_ago(400)


def ruled(database: Database, absence: Absence, **differing: Any) -> World:
    """Return a council whose housing feed is under the rule since last year."""
    here = world(database)
    rule(database, absence, **differing)
    return here


def rule(
    database: Database,
    absence: Absence,
    *,
    since: date = LONG_AGO,
    service: Service = Service.HOUSING,
) -> None:
    """Let the rule hold for a feed since that day."""
    number = int(_scalar(database, "select count(*) from rule_change") or 0)
    with accounts(database) as store:
        for each in (INES, DELE) if not number else ():
            store.create(_account(each.hex, reference=each))
    change = Change(
        reference=reference(900 + number),
        slot=Slot(rule=Rule.ABSENCE, service=service),
        value=absence,
        effective=since,
        why="as the feed means it",
        proposed_by=INES,
        proposed_at=NOON - timedelta(days=500 - number),
    )
    with database.writing() as connection:
        RuleStore(connection).propose(change)
        RuleStore(connection).decide(
            replace(change, standing=Standing.AGREED, decided_by=DELE, decided_at=NOON)
        )


def leahs(here: World) -> Involvement | None:
    """Return Leah's tenancy as it is seen, None where nobody is shown it."""
    found = [each for each in here.seen() if each.source_reference == "TEN/1"]
    return found[0] if found else None


def undo(here: World, access: Access = OPERATOR, *, service: Service = Service.HOUSING) -> Undone:
    """Take a feed's last delivery back, the housing one's where none is named."""
    return undoing.undo(here.ledger, access, service=service)


def meant(file: bytes, report: Report) -> Meant:
    """Return the file with the number that its report named."""
    return Meant(file=file, number=report.number)


def found(here: World, name: str = "Blake, Leah", birth: date = date(1993, 8, 21)) -> Matches:
    """Return whom a look-up finds."""
    with here.ledger.entry(OPERATOR, Event.PEOPLE_SEARCHED, action=Action.EXTRACT_TAKE) as work:
        return work.find(Sought(name=name, birth=birth))


def say(here: World, day: date, *, ended: date | None = None, **differing: Any) -> None:
    """Let the desk say of Leah's tenancy, on `day`, what differs."""
    with here.ledger.entry(OPERATOR, Event.UPKEEP_CHANGED, action=Action.EXTRACT_TAKE) as work:
        key = _scalar(here.database, _SEEN)
        kept = work.upkeep.kept(Service.HOUSING, [int(key or 0)])[int(key or 0)]
        said = replace(kept.said, ended=ended or kept.said.ended, **differing)
        assert isinstance(said, Said)
        assert work.upkeep.say(kept, said, day)


_SEEN = (
    "select line.id from line join feed on feed.service = line.service"
    " where source_reference = 'TEN/1' and visible_from <= current and visible_until > current"
)


def _account(name: str, **differing: Any) -> Account:
    return account(email=f"{name}@council.example", **differing)


def _scalar(database: Database, statement: str) -> Any:
    with database.reading() as connection:
        return connection.scalar(text(statement))

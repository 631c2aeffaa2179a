"""Making an agreement active, or ending it, asks for a fresh code, and loses nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pyotp.totp import TOTP

from directory.domain.accounts import FRESH_FOR
from directory.domain.sharing import Agreement, Course
from directory.domain.vocabulary import Role
from directory.settings import Settings
from directory.store.agencies import AgencyStore
from directory.store.sharing import SharingStore
from tests.factories import HOMES, NOON, agreement, draft, reference
from tests.operations.accounts_world import settle, world
from tests.web.accounts_site import Browser, Site, site
from tests.web.test_second_factor import entering, key

DRAFTED, STANDING = reference(91), reference(92)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A data protection officer who set a second factor at noon, six minutes later."""

    place: Site
    browser: Browser
    secret: str

    def held(self, kept: object) -> Agreement:
        with self.place.here.database.reading() as connection:
            found = SharingStore(connection).register()
        return next(each for one, each in found.items() if one == kept)


@contextmanager
def officer(folder: Path) -> Iterator[Desk]:
    """Yield the officer's desk, in a council with a draft and an active agreement."""
    with world(folder) as here:
        settle(here, roles=frozenset({Role.DPO}))
        lead = settle(here, email="lead@council.example", roles=frozenset({Role.IG_LEAD}))
        course = Course(edited_by=lead.reference, edited_at=NOON)
        with here.database.writing() as connection:
            AgencyStore(connection).keep_organisation(HOMES, known_as="HOM", name="Homes")
            SharingStore(connection).keep(DRAFTED, draft(reference="ISA-9", course=course))
            SharingStore(connection).keep(STANDING, agreement())
        place = site(here, settings=Settings(council_name="Northshire"))
        browser = entering(place)
        secret = key(browser)
        browser.send("/second-factor", {"code": TOTP(secret).at(place.clock.at)})
        place.clock.go_on(FRESH_FOR + timedelta(minutes=1))
        yield Desk(place=place, browser=browser, secret=secret)


def test_an_agreement_is_made_active_once_the_code_is_given(tmp_path: Path) -> None:
    with officer(tmp_path) as desk:
        desk.browser.open(f"/agreements/{DRAFTED}/changes")

        asked = desk.browser.send(f"/agreements/{DRAFTED}/activate")
        before = desk.held(DRAFTED).is_activated
        code = TOTP(desk.secret).at(desk.place.clock.at)
        done = desk.browser.send(f"/agreements/{DRAFTED}/activate", {"code": code})

        assert (asked.status_code, "Show that it is you" in asked.text, before) == (
            403,
            True,
            False,
        )
        assert done.status_code == 303
        assert desk.held(DRAFTED).is_activated


def test_an_agreement_is_ended_once_the_code_is_given(tmp_path: Path) -> None:
    with officer(tmp_path) as desk:
        desk.browser.open(f"/agreements/{STANDING}/end")

        asked = desk.browser.send(f"/agreements/{STANDING}/end")
        before = desk.held(STANDING).course.ended_from
        code = TOTP(desk.secret).at(desk.place.clock.at)
        done = desk.browser.send(f"/agreements/{STANDING}/end", {"code": code})

        assert (asked.status_code, before, done.status_code) == (403, None, 303)
        assert desk.held(STANDING).course.ended_from == NOON.date()

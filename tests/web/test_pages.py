"""A page can hold only what is plain, a form, or disclosed to its viewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from directory import app
from directory.domain.involvement import Involvement
from directory.paths import TEMPLATES
from directory.policy.disclosed import DisclosedHit
from directory.web.pages import Page, Shown, UnsafePage, check


def below(kind: type) -> Iterator[type]:
    each: type
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


OURS = [each for each in below(Page) if each.__module__.startswith(app.__name__.split(".")[0])]


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.__name__)
def test_every_page_holds_only_what_may_be_shown(page: type[Page]) -> None:
    check(page)


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.__name__)
def test_every_page_s_template_is_there(page: type[Page]) -> None:
    assert Path(TEMPLATES, page.template).is_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaky(Page):
    involvement: Involvement


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakyInside(Shown):
    hits: tuple[DisclosedHit, ...]
    involvements: tuple[Involvement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakyByPart(Page):
    part: LeakyInside


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakyDrawer(Page):
    template: ClassVar[str] = ""
    anything: dict[str, str]


@pytest.mark.parametrize("page", [Leaky, LeakyByPart, LeakyDrawer])
def test_a_page_that_could_hold_something_undisclosed_is_refused(page: type[Page]) -> None:
    with pytest.raises(UnsafePage):
        check(page)

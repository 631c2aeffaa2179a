"""Pages: frozen values made of disclosed parts, and the one function that renders them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import GenericAlias, NoneType, UnionType
from typing import ClassVar, get_args, get_origin, get_type_hints
from uuid import UUID

from flask import Response, current_app, make_response, render_template
from wtforms import Form

from directory.policy.disclosed import Disclosed, NotDisclosed, walk
from directory.policy.disclosure import viewer_of
from directory.web.access import current_access_or_none
from directory.web.frame import frame_for

_PLAIN = (str, int, bool, date, datetime, UUID, NoneType)


class UnsafePage(TypeError):
    """A page was declared with a part that need not have been disclosed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A small value a page arranges: words, addresses and disclosed parts only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A template's whole context; every part is plain, a form, or disclosed to its viewer."""

    template: ClassVar[str] = ""

    def template_name(self) -> str:
        """Return the name of the page's template."""
        return self.template

    @property
    def has_errors(self) -> bool:
        """Return whether a form on the page was filled in wrongly."""
        return any(form.errors for form in _forms(self))


def _forms(page: Page) -> list[Form]:
    names = get_type_hints(type(page))
    values = (getattr(page, name) for name in names if name != "template")
    return [value for value in values if isinstance(value, Form)]


def check(page: type[Page] | type[Shown]) -> None:
    """Raise UnsafePage if a field of `page` could hold anything undisclosed."""
    for name, hint in get_type_hints(page).items():
        if get_origin(hint) is not ClassVar and not _is_safe(hint):
            raise UnsafePage(f"{page.__name__}.{name}")


def _is_safe(hint: object) -> bool:
    if isinstance(hint, GenericAlias | UnionType) or get_origin(hint) is not None:
        whole = get_origin(hint)
        parts = [each for each in get_args(hint) if each is not Ellipsis]
        return whole in {tuple, UnionType} and all(_is_safe(each) for each in parts)
    if not isinstance(hint, type):
        return False
    if issubclass(hint, Shown | Page):
        check(hint)
        return True
    return hint in _PLAIN or issubclass(hint, Disclosed | Form | StrEnum)


def render(page: Page, status: int = 200) -> Response:
    """Return the page as a response, refusing one that was disclosed to another viewer."""
    check(type(page))
    access = current_access_or_none()
    viewer = viewer_of(access) if access else ""
    if any(each.viewer != viewer for each in walk(page)):
        raise NotDisclosed(type(page).__name__)
    frame = frame_for(access, current_app.config["SETTINGS"])
    return make_response(render_template(page.template_name(), page=page, frame=frame), status)

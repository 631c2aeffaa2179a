"""The page of notices: that something changed, whom one watches, and when e-mails go."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField

from directory.domain.dates import local_day
from directory.domain.watches import DIGEST_FROM, KEPT_FOR, MOST_WATCHES, Mailing
from directory.operations import notices as operations
from directory.operations.notices import Notices
from directory.policy.disclosed import DisclosedFamily
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render

blueprint = capability("notices")

_SAID = frozenset({"stopped", "mail", "too_many"})
_MAILINGS = {
    Mailing.AT_ONCE: "At once, each time something changes",
    Mailing.DAILY: f"Once a day at most, from {DIGEST_FROM:%H:%M}",
    Mailing.NONE: "No e-mail",
}


class MailForm(Form):
    """When e-mails go."""

    mailing = RadioField("When do you want an e-mail?", choices=choices(_MAILINGS))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView(Shown):
    """A notice, its day, and where its family is opened."""

    day: date
    is_new: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchView(Shown):
    """A family that is watched, until which day."""

    watch: UUID
    family: DisclosedFamily
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesPage(Page):
    """What the user is told."""

    template: ClassVar[str] = "notices/list.html"
    notices: tuple[NoticeView, ...]
    watches: tuple[WatchView, ...]
    form: MailForm
    kept_days: int
    most: int
    said: str


@blueprint.get("/notices")
@performs(Action.FAMILY_WATCH)
def notices() -> ResponseReturnValue:
    """Show what the user is told, and whom they watch."""
    said = request.args.get("said", "")
    found = operations.list_notices(ledger(), current_access())
    return render(_page(found, said=said if said in _SAID else ""))


@blueprint.post("/notices/mail")
@performs(Action.FAMILY_WATCH)
def choose_mailing() -> ResponseReturnValue:
    """Take when the user wants e-mails."""
    form = MailForm(request.form)
    if not form.validate():
        abort(400)
    operations.choose_mailing(
        ledger(), current_access(), mailing=Mailing(form.mailing.data or Mailing.DAILY)
    )
    return redirect("/notices?said=mail", 303)


def _page(found: Notices, *, said: str) -> NoticesPage:
    return NoticesPage(
        notices=tuple(
            NoticeView(
                day=local_day(each.at), is_new=each.is_new, href=f"/families/mine/{each.person}"
            )
            for each in found.told
        ),
        watches=tuple(
            WatchView(watch=each.watch, family=each.family, last_day=each.last_day)
            for each in found.watched
        ),
        form=MailForm(mailing=found.mailing),
        kept_days=KEPT_FOR.days,
        most=MOST_WATCHES,
        said=said,
    )

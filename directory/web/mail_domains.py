"""The page on which the information governance lead judges e-mail domains."""

import re
from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField
from wtforms.validators import InputRequired, Regexp

from directory.domain.mail_domains import MailDomain, MailTrust
from directory.operations import mail_domains as operations
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render

blueprint = capability("mail_domains")

TRUST_NAMES = {
    MailTrust.SECURE: "Secure",
    MailTrust.NOT_SECURE: "Not secure",
    MailTrust.NOT_JUDGED: "Not judged",
}
_DOMAIN = re.compile(r"(?=.{3,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)


class JudgeForm(Form):
    """What is judged of a domain."""

    domain = StringField(
        "E-mail domain",
        [Regexp(_DOMAIN, message="Enter a domain, such as northshire.gov.example")],
        filters=[lambda text: (text or "").strip().lower().removeprefix("@")],
    )
    trust = RadioField(
        "Is what is sent there secure?",
        [InputRequired(message="Choose whether it is secure")],
        choices=choices(TRUST_NAMES),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainView(Shown):
    """One domain in words."""

    domain: str
    words: str
    contacts: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainsPage(Page):
    """The domains of contacts, and the form that judges one."""

    template: ClassVar[str] = "mail_domains/list.html"
    domains: tuple[DomainView, ...]
    form: JudgeForm
    has_judged: bool


@blueprint.get("/mail-domains")
@performs(Action.MAIL_DOMAINS_JUDGE)
def show() -> ResponseReturnValue:
    """Show the domains, what is not judged first."""
    return _page(JudgeForm(domain=request.args.get("domain", "")))


@blueprint.post("/mail-domains")
@performs(Action.MAIL_DOMAINS_JUDGE)
def judge() -> ResponseReturnValue:
    """Keep what is judged of a domain."""
    form = JudgeForm(request.form)
    if not form.validate():
        return _page(form, 422)
    operations.judge(
        ledger(),
        current_access(),
        domain=form.domain.data or "",
        trust=MailTrust(form.trust.data),
    )
    return redirect("/mail-domains?said=judged", 303)


def _page(form: JudgeForm, status: int = 200) -> ResponseReturnValue:
    found = operations.list_domains(ledger(), current_access())
    page = DomainsPage(
        domains=tuple(map(_view, found)),
        form=form,
        has_judged=request.args.get("said") == "judged",
    )
    return render(page, status)


def _view(each: MailDomain) -> DomainView:
    by_above = each.judged_on is None and each.trust is not MailTrust.NOT_JUDGED
    return DomainView(
        domain=each.domain,
        words=TRUST_NAMES[each.trust] + (", by a domain above it" if by_above else ""),
        contacts=each.contacts,
        is_open=each.trust is MailTrust.NOT_JUDGED,
    )

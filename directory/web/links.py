"""The page a one-time link leads to: its user sets a password."""

from dataclasses import dataclass
from typing import ClassVar

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, PasswordField
from wtforms.validators import InputRequired

from directory.domain.access import Access
from directory.domain.accounts import PASSWORD_LENGTH
from directory.domain.vocabulary import Role
from directory.operations.accounts import LinkSpent, WeakPassword, use_link
from directory.web.access import capability, ledger, now, open_to_all
from directory.web.frame import whose_service
from directory.web.pages import Page, render

blueprint = capability("links")


class PasswordForm(Form):
    """A new password."""

    password = PasswordField(
        "New password",
        [InputRequired(message="Enter a new password")],
        description=f"At least {PASSWORD_LENGTH.start} characters: three words that mean "
        "something to you alone are good.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage(Page):
    """Asks for a new password."""

    template: ClassVar[str] = "accounts/link.html"
    form: PasswordForm
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentPage(Page):
    """Says that the link was used, or is too old, and whom to ask."""

    template: ClassVar[str] = "accounts/link_spent.html"


@blueprint.get("/link/<token>")
@open_to_all
def ask(token: str) -> ResponseReturnValue:
    """Ask for a new password; whether the link is good shows when it is used."""
    return render(LinkPage(form=PasswordForm(), action=f"/link/{token}"))


@blueprint.post("/link/<token>")
@open_to_all
def take(token: str) -> ResponseReturnValue:
    """Set the password, and lead to the sign-in page."""
    form = PasswordForm(request.form)
    page = LinkPage(form=form, action=f"/link/{token}")
    if not form.validate():
        return render(page, 422)
    try:
        use_link(
            ledger(),
            Access(at=now(), role=Role.VISITOR),
            token=token,
            password=form.password.data or "",
            about=whose_service(current_app.config["SETTINGS"]),
            passwords=current_app.config["PASSWORDS"],
        )
    except LinkSpent:
        return render(SpentPage(), 410)
    except WeakPassword as weak:
        form.password.errors = [f"Password {weak.fault}"]
        return render(page, 422)
    return redirect("/sign-in?password-set", 303)

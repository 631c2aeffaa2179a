"""The standing pages: what this is, what it never holds, what the answers mean, one's rights."""

import re
from dataclasses import dataclass
from html import unescape
from typing import ClassVar

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from typing_extensions import override

from directory.domain.texts import Text, TextKind
from directory.paths import TEMPLATES
from directory.web.access import capability, ledger, open_to_all
from directory.web.pages import Page, render

blueprint = capability("guidance")

_PAGES = {
    "/start": "start",
    "/accessibility": "accessibility",
    "/privacy": "privacy",
    "/never-held": "never_held",
    "/answers": "answers",
}
_MARKUP = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL)
_TITLE = re.compile(r"{% block title %}([^{]*){% endblock %}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidancePage(Page):
    """A standing page, with whom to ask about the directory."""

    template: ClassVar[str] = "guidance/start.html"
    name: str
    contact_email: str | None
    contact_phone: str | None

    @override
    def template_name(self) -> str:
        """Return the template of this page's name."""
        return f"guidance/{self.name}.html"


def guidance_texts() -> tuple[Text, ...]:
    """Return the standing pages as texts that are found by their words; each by its address."""
    return tuple(_text(address, name) for address, name in _PAGES.items())


def _text(address: str, name: str) -> Text:
    source = (TEMPLATES / "guidance" / f"{name}.html").read_text("utf-8")
    title = _TITLE.search(source)
    return Text(
        kind=TextKind.GUIDANCE,
        reference=address,
        name=unescape(title[1]) if title else name,
        body=" ".join(unescape(_MARKUP.sub(" ", source)).split()),
    )


def _standing(name: str) -> Response:
    settings = current_app.config["SETTINGS"]
    return render(
        GuidancePage(
            name=name,
            contact_email=settings.contact_email or None,
            contact_phone=settings.contact_phone or None,
        )
    )


@blueprint.get("/start")
@open_to_all
def start() -> ResponseReturnValue:
    """Say what this service is and how to sign in."""
    return _standing("start")


@blueprint.get("/accessibility")
@open_to_all
def accessibility() -> ResponseReturnValue:
    """Say how accessible this service is."""
    return _standing("accessibility")


@blueprint.get("/privacy")
@open_to_all
def privacy() -> ResponseReturnValue:
    """Say what is held about whom, and which rights they have."""
    return _standing("privacy")


@blueprint.get("/never-held")
@open_to_all
def never_held() -> ResponseReturnValue:
    """Say what this service will never hold."""
    return _standing("never_held")


@blueprint.get("/answers")
@open_to_all
def answers() -> ResponseReturnValue:
    """Explain the seven answers a service can give."""
    return _standing("answers")


@blueprint.get("/healthz")
@open_to_all
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@open_to_all
def ready() -> ResponseReturnValue:
    """Say whether the database answers."""
    if ledger().is_ready():
        return Response("ready\n", mimetype="text/plain")
    return Response("not ready\n", 503, mimetype="text/plain")

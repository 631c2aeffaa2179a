"""The standing pages: what this is, what it never holds, what the answers mean, one's rights."""

from dataclasses import dataclass
from typing import ClassVar

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from typing_extensions import override

from directory.web.access import capability, ledger, open_to_all
from directory.web.pages import Page, render

blueprint = capability("guidance")


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

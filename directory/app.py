"""The web application and the API beside it: joined, every route checked."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from directory.api import v1
from directory.api.limits import Limits
from directory.ledger.door import Ledger
from directory.operations.accounts import COUNCIL_NAME
from directory.operations.passwords import Passwords
from directory.operations.sent_folder import SentFolder
from directory.paths import STATIC, TEMPLATES
from directory.settings import Settings
from directory.web import (
    access,
    accounts,
    aliases,
    arriving,
    assurance,
    audit,
    availability,
    calls,
    claims,
    confirmations,
    consent,
    corrections,
    emergency,
    errors,
    families,
    gates,
    guidance,
    handing_on,
    headers,
    headings,
    interests,
    involvement,
    lifting,
    links,
    lock,
    mail_domains,
    matching,
    matching_acts,
    new_accounts,
    notices,
    people,
    practitioners,
    preview,
    programmes,
    protecting,
    restrictions,
    rota,
    rules,
    second_factor,
    sending,
    sessions,
    sharing,
    sharing_acts,
    sharing_effect,
    sign_in,
    teams,
    upkeep,
    upkeep_adding,
    watches,
)
from directory.web.cookies import TokenSessionInterface
from directory.web.phones import phone
from directory.web.wording import day, moment, month

LARGEST_FORM_BYTES = 64 * 1024
_MOST_PARTS = 100
SENT = "sent"
"""The folder of the data folder that sent files are in until they are taken."""

_BLUEPRINTS = (
    sign_in.blueprint,
    links.blueprint,
    lock.blueprint,
    second_factor.blueprint,
    sessions.blueprint,
    accounts.blueprint,
    new_accounts.blueprint,
    gates.blueprint,
    handing_on.blueprint,
    people.blueprint,
    families.blueprint,
    involvement.blueprint,
    practitioners.blueprint,
    availability.blueprint,
    confirmations.blueprint,
    teams.blueprint,
    mail_domains.blueprint,
    upkeep.blueprint,
    upkeep_adding.blueprint,
    sending.blueprint,
    headings.blueprint,
    assurance.blueprint,
    calls.blueprint,
    claims.blueprint,
    watches.blueprint,
    notices.blueprint,
    consent.blueprint,
    corrections.blueprint,
    emergency.blueprint,
    audit.blueprint,
    preview.blueprint,
    programmes.blueprint,
    sharing.blueprint,
    sharing_effect.blueprint,
    sharing_acts.blueprint,
    matching.blueprint,
    aliases.blueprint,
    matching_acts.blueprint,
    protecting.blueprint,
    restrictions.blueprint,
    rota.blueprint,
    rules.blueprint,
    lifting.blueprint,
    interests.blueprint,
    guidance.blueprint,
)


def _nobody() -> None:
    """Wake nobody: what is sent waits to be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the application is built from; `wake` lets what was sent be gone on with at once."""

    ledger: Ledger
    settings: Settings
    passwords: Passwords
    csrf_key: bytes
    clock: Callable[[], datetime]
    holidays: Container[date]
    demonstration: tuple[sign_in.DemonstrationAccount, ...] = ()
    wake: Callable[[], None] = _nobody


def build(means: Means) -> Flask:
    """Return the application, or raise UnlistedRoute for a route nobody was named for."""
    app = Flask("directory", static_folder=str(STATIC), template_folder=None)
    app.session_interface = TokenSessionInterface()
    app.config.update(
        SETTINGS=means.settings,
        COUNCIL_NAME=means.ledger.instance(COUNCIL_NAME),
        LEDGER=means.ledger,
        PASSWORDS=means.passwords,
        CSRF_KEY=means.csrf_key,
        CLOCK=means.clock,
        HOLIDAYS=means.holidays,
        DEMO_ACCOUNTS=means.demonstration,
        LOCK_PAGE=lock.lock_page,
        SENT_FOLDER=SentFolder(means.settings.data / SENT),
        WAKE=means.wake,
        MAX_CONTENT_LENGTH=LARGEST_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_BYTES,
        MAX_FORM_PARTS=_MOST_PARTS,
        TRUSTED_HOSTS=_hosts(means.settings),
        TRAP_BAD_REQUEST_ERRORS=False,
    )
    _prepare_templates(app)
    arriving.install(app)
    access.install(app)
    headers.install(app)
    errors.install(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.check_routes(app)
    app.config["API"] = api = _api(means)
    beside = _Beside(app.wsgi_app, api.wsgi_app)
    app.wsgi_app = beside  # type: ignore[assignment,method-assign]  # as Flask's manual does
    return app


class _Beside:
    """Sends what is asked under /api to the API, which has neither pages, cookies nor forms."""

    def __init__(self, pages: WSGIApplication, api: WSGIApplication) -> None:
        """Stand in front of both."""
        self._pages, self._api = pages, api

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        is_api = f"{environ.get('PATH_INFO', '')}/".startswith("/api/")
        return (self._api if is_api else self._pages)(environ, start)


def _api(means: Means) -> Flask:
    """Return the API of the same instance."""
    api = Flask("directory.api", static_folder=None, template_folder=None)
    api.config.update(
        SETTINGS=means.settings,
        LEDGER=means.ledger,
        CLOCK=means.clock,
        LIMITS=Limits(),
        TRUSTED_HOSTS=_hosts(means.settings),
    )
    api.url_map.merge_slashes = False  # a service's own reference may have two
    headers.install(api)
    v1.install(api)
    return api


def _hosts(settings: Settings) -> list[str]:
    loopback = ["localhost", "127.0.0.1"]
    return [settings.public_host, *loopback] if settings.public_host else loopback


def _prepare_templates(app: Flask) -> None:
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_env.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), macros])
    app.jinja_env.filters.update(day=day, month=month, moment=moment, phone=phone)

"""A test client that checks every answer: sound HTML, exact headers, and no undisclosed fact."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from typing_extensions import override
from werkzeug.test import TestResponse

from directory.demo import PASSWORD
from tests.markup import page_of
from tests.web.traces import traces

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "clipboard-write=(self), camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000; includeSubDomains"
_OTHERS = {
    "Content-Type", "Content-Length", "Content-Disposition", "Location", "Set-Cookie", "Allow",
    "Clear-Site-Data",
}  # fmt: skip
_OF_THE_API = {"ETag", "Retry-After", "WWW-Authenticate"}
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
_CHANGING = re.compile(r"\b(?=[0-9a-f-]*\d)[0-9a-f]{8}[0-9a-f-]{4,56}\b")
_UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
_ENTRIES = {"input", "select", "textarea"}


class CheckingClient(FlaskClient):
    """A browser that refuses an unsound page, and a fact it was not told it may be shown.

    `allowed` are the facts of the application's CANARIES that the next answers may tell; `told`
    are those that the last answer's body told. No address, header or log may tell any.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with no cookies, and nothing allowed."""
        super().__init__(*args, **kwargs)
        self.allowed: frozenset[str] = frozenset()
        self.told: frozenset[str] = frozenset()
        self.token = ""

    @override
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, and check its answer."""
        with _listening() as heard:
            answer = super().open(*args, **kwargs)
        if answer.request.path.startswith("/static/"):
            return answer
        faults = [*self._header_faults(answer), *self._page_faults(answer)]
        assert faults == [], f"{answer.request.path}: {faults}"
        self._check_silence(answer, heard)
        return answer

    def send(self, path: str, **typed: Any) -> TestResponse:
        """Send a form with the token that the last page carried."""
        return self.post(path, data={"csrf_token": self.token, **typed})

    def sign_in(self, email: str, *, role: str = "") -> TestResponse:
        """Sign a demonstration's account in, in `role` or the first it is offered."""
        self.get("/sign-in")
        answer = self.send("/sign-in", email=email, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        if answer.location.startswith("/role"):
            offered = re.search(r'name="role"[^>]*value="(\w+)"', self.get("/role").text)
            assert offered is not None
            answer = self.send("/role", role=role or offered[1])
        self.get("/session")
        return answer

    def _header_faults(self, answer: TestResponse) -> Iterator[str]:
        is_secure = bool(self.application.config["SETTINGS"].behind_https)
        wanted = HEADERS | ({"Strict-Transport-Security": HSTS} if is_secure else {})
        for name, value in wanted.items():
            if answer.headers.getlist(name) != [value]:
                yield f"{name}: {answer.headers.getlist(name)}"
        others = _OTHERS | (_OF_THE_API if answer.request.path.startswith("/api/") else set())
        yield from sorted(set(answer.headers.keys()) - set(wanted) - others)
        for cookie in answer.headers.getlist("Set-Cookie"):
            parts = {part.strip() for part in cookie.split(";")[1:]}
            needed = {"HttpOnly", "SameSite=Lax", "Path=/"} | ({"Secure"} if is_secure else set())
            if not needed <= parts:
                yield f"cookie without {needed - parts}"

    def _page_faults(self, answer: TestResponse) -> Iterable[str]:
        if answer.mimetype != "text/html" or 300 <= answer.status_code < 400:
            return ()
        if answer.request.method == "HEAD" or answer.status_code == 204:
            return ()
        token = _TOKEN.search(answer.text)
        self.token = token[1] if token else self.token
        return faults_of(_CHANGING.sub("0", answer.text))

    def _check_silence(self, answer: TestResponse, heard: list[str]) -> None:
        canaries = self.application.config.get("CANARIES", ())
        if not canaries:
            return
        aside = [answer.request.url, *(f"{name}: {value}" for name, value in answer.headers)]
        leaked = traces("\n".join(aside + heard), canaries)
        assert leaked == frozenset(), f"beside {answer.request.path}: {leaked}"
        self.told = traces(answer.text, canaries)
        undisclosed = self.told - self.allowed
        assert undisclosed == frozenset(), f"{answer.request.path}: {undisclosed}"


class _Ear(logging.Handler):
    """Hears every record that is logged, with all that it carries."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.heard: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{self.format(record)} {vars(record)}")


@contextmanager
def _listening() -> Iterator[list[str]]:
    ear, root = _Ear(), logging.getLogger()
    root.addHandler(ear)
    try:
        yield ear.heard
    finally:
        root.removeHandler(ear)


@lru_cache(maxsize=4096)
def faults_of(html: str) -> tuple[str, ...]:
    """Return what is unsound in a page of HTML."""
    tree, broken = page_of(html)
    return (*broken, *_whole(tree), *_inline(tree), *_forms(tree), *_unlabelled(tree))


def _whole(tree: Element) -> Iterator[str]:
    if not tree.get("lang"):
        yield "no language"
    if not (tree.findtext("head/title") or "").strip():
        yield "no title"
    if len(list(tree.iter("h1"))) != 1:
        yield "not exactly one h1"
    ids = [each.get("id", "") for each in tree.iter() if each.get("id")]
    yield from sorted({f"two ids {each}" for each in ids if ids.count(each) > 1})


def _inline(tree: Element) -> Iterator[str]:
    for each in tree.iter():
        if each.tag == "style" or (each.tag == "script" and not each.get("src")):
            yield f"inline {each.tag}"
        for name, value in each.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"{name} on {each.tag}"
            if name in {"href", "src", "action", "formaction"} and "script:" in value.lower():
                yield f"a script in {name}"


def _forms(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        method = form.get("method", "get").lower()
        if method != "post":
            yield "a form that is not posted: what is typed would stand in an address"
        if not form.get("action", "/").startswith("/"):
            yield "a form that is sent elsewhere"
        names = [each.get("name") for each in form.iter("input")]
        if names.count("csrf_token") != 1:
            yield f"a form to {form.get('action', 'its own page')} without its token"


def _unlabelled(tree: Element) -> Iterator[str]:
    labels = {each.get("for") for each in tree.iter("label")}
    wrapped = {id(each) for label in tree.iter("label") for each in label.iter()}
    for each in tree.iter():
        if each.tag not in _ENTRIES or each.get("type") in _UNLABELLED:
            continue
        named = each.get("aria-label") or each.get("aria-labelledby") or id(each) in wrapped
        if not named and each.get("id") not in labels:
            yield f"{each.tag} {each.get('name')} without a label"

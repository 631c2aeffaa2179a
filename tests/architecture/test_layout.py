"""Hold the layout, the standing pages and the form macros to sound HTML, from plain stand-ins."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    meta,
    nodes,
)
from wtforms import DateField, Form, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import InputRequired

from directory.domain.vocabulary import State
from tests.markup import fragment_errors, page_of

ROOT: Final = Path(__file__).resolve().parents[2]
TEMPLATES: Final = ROOT / "templates"
MACROS: Final = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
LOADER: Final = ChoiceLoader([FileSystemLoader(TEMPLATES), MACROS])
STANDING: Final = sorted(
    f"{folder}/{path.name}"
    for folder in ("errors", "guidance")
    for path in (TEMPLATES / folder).glob("*.html")
)
LONGEST: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of the navigation."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an error or a guidance page may ask for."""

    has_errors: bool = False
    support_id: str = "4f7k-92qx"
    contact_email: str | None = "directory@northshire.example"
    contact_phone: str | None = "01632 960111"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What base.html may ask for."""

    council_name: str = "Northshire & Westmoor <Council>"
    product_name: str = "The directory"
    training: bool = True
    signed_in_name: str | None = "Asha O’Rahman"
    role_name: str | None = "children’s social worker"
    navigation: tuple[Link, ...] = (Link(label="My families", href="/families", current=True),)
    csrf_token: str = "two"  # noqa: S105 - a stand-in for a token
    idle_seconds: int = 900
    limit_seconds: int = 36_000
    shown_at: str = "3 February 2026 at 02:14"


VISITOR: Final = replace(
    Frame(), signed_in_name=None, role_name=None, navigation=(), limit_seconds=0
)


class Asked(Form):
    """A form of every kind of box that has its own way of drawing."""

    name = StringField("Name", [InputRequired("Enter a name")])
    born = DateField("Born", [InputRequired("Enter a day")], format=["%d/%m/%Y"])
    secret = PasswordField("Password")
    child = RadioField(
        "Child?",
        [InputRequired("Choose one")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
    )
    landlord = SelectField(
        "Landlord",
        choices=[SelectChoice("1", "Hillside", optgroup="Homes"), SelectChoice("2", "Other")],
    )


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Return the templates as the application loads them, without the application."""
    return Environment(loader=LOADER, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@pytest.fixture(params=STANDING)
def template(request: pytest.FixtureRequest) -> str:
    """Return the name of each standing page in turn."""
    return str(request.param)


@pytest.fixture(params=[Frame(), VISITOR], ids=["signed in", "visitor"])
def html(environment: Environment, template: str, request: pytest.FixtureRequest) -> str:
    """Return each standing page as a signed-in user and as a visitor get it."""
    return environment.get_template(template).render(page=Page(), frame=request.param)


def test_a_standing_page_is_sound_html(html: str) -> None:
    _, errors = page_of(html)

    assert errors == []


def test_a_standing_page_has_a_title_and_says_it_in_its_one_heading(html: str) -> None:
    title = re.findall(r"<title>(.+?) – The directory</title>", html)

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == title


def test_a_standing_page_uses_no_id_twice(html: str) -> None:
    ids = Counter(re.findall(r'\sid="([^"]*)"', html))

    assert [name for name, times in ids.items() if times > 1] == []


def test_a_standing_page_links_only_to_places_it_has(html: str) -> None:
    places = set(re.findall(r'href="#([^"]*)"', html))

    assert places - set(re.findall(r'\sid="([^"]*)"', html)) == set()


@pytest.mark.parametrize("inline", [r"<style", r"\sstyle=", r"\son\w+=", r"<script(?![^>]*\ssrc=)"])
def test_a_standing_page_holds_no_script_or_style_of_its_own(html: str, inline: str) -> None:
    assert re.findall(inline, html) == []


def test_a_standing_page_asks_only_for_files_that_exist(html: str) -> None:
    paths = re.findall(r'(?:src|href)="/(static/[^"]+)"', html)

    assert paths
    assert [path for path in paths if not (ROOT / path).is_file()] == []


def test_a_name_with_markup_is_shown_as_it_is_written(html: str) -> None:
    assert "Northshire &amp; Westmoor &lt;Council&gt;" in html
    assert "<Council>" not in html


def test_every_form_has_an_action_and_a_token(html: str) -> None:
    forms = re.findall(r"<form[^>]*>.*?</form>", html, re.DOTALL)

    assert all(' action="/' in form and 'name="csrf_token"' in form for form in forms)


def test_a_visitor_gets_no_dialog_and_no_way_to_sign_out(environment: Environment) -> None:
    page = environment.get_template("errors/404.html").render(page=Page(), frame=VISITOR)

    assert "<dialog" not in page
    assert "/sign-out" not in page


def test_the_training_banner_is_there_in_training_only(environment: Environment) -> None:
    template = environment.get_template("guidance/start.html")

    live = template.render(page=Page(), frame=replace(VISITOR, training=False))

    assert "TRAINING" in template.render(page=Page(), frame=VISITOR)
    assert "TRAINING" not in live


def test_a_page_with_errors_says_so_first_in_its_title(environment: Environment) -> None:
    page = replace(Page(), has_errors=True)

    html = environment.get_template("errors/400.html").render(page=page, frame=VISITOR)

    assert "<title>Error: " in html


def test_an_error_page_gives_its_support_id(environment: Environment) -> None:
    html = environment.get_template("errors/500.html").render(page=Page(), frame=VISITOR)

    assert "4f7k-92qx" in html


def test_the_fixed_page_says_why_nothing_is_shown(environment: Environment) -> None:
    html = environment.get_template("errors/503.html").render(page=Page(), frame=VISITOR)

    assert "We could not write the audit entry, so nothing is shown" in html


@pytest.mark.parametrize("name", ["base.html", *STANDING])
def test_a_template_knows_its_page_and_the_frame_only(environment: Environment, name: str) -> None:
    tree = environment.parse((TEMPLATES / name).read_text("utf-8"))
    imported = {str(each) for found in tree.find_all(nodes.FromImport) for each in found.names}

    free = meta.find_undeclared_variables(tree) - imported

    assert free <= {"page", "frame", "self"}


@pytest.mark.parametrize("name", ["base.html", *STANDING])
def test_a_template_is_short(name: str) -> None:
    assert len((TEMPLATES / name).read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("state", State)
def test_each_answer_has_a_word_a_sentence_and_help(environment: Environment, state: State) -> None:
    source = (
        '{% from "macros/state_tag.html" import state_tag %}'
        '{% from "macros/service_line.html" import state_sentence %}'
        '{% from "macros/answer_help.html" import answer_help %}'
        "{{ state_tag(state) }}|{{ state_sentence(state) }}|{{ answer_help(state) }}"
    )

    parts = environment.from_string(source).render(state=state).split("|")

    assert [bool(re.sub(r"<[^>]*>", "", part).strip()) for part in parts] == [True] * 3


def test_the_answers_page_explains_all_seven(environment: Environment) -> None:
    html = environment.get_template("guidance/answers.html").render(page=Page(), frame=VISITOR)

    assert re.findall(r'<h2[^>]* id="(\w+)"', html) == list(State)


@pytest.fixture
def form_html(environment: Environment) -> str:
    """Return a form sent back with its errors: only a password was typed."""
    asked = Asked(data={"secret": "hunter2"})
    asked.validate()
    source = (
        '{% from "macros/forms.html" import csrf, error_summary, field %}'
        "{{ error_summary(asked) }}<form>{{ csrf('one') }}"
        "{% for each in asked %}{{ field(each) }}{% endfor %}</form>"
    )
    return environment.from_string(source).render(asked=asked)


def test_a_form_sent_back_is_sound_html(form_html: str) -> None:
    assert fragment_errors(form_html) == []


def test_each_error_links_to_a_box_that_takes_the_focus(form_html: str) -> None:
    links = re.findall(r'href="#(\w+)"', form_html)
    boxes = set(re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', form_html))

    assert links == ["name", "born", "child", "landlord"]
    assert set(links) <= boxes


def test_a_day_is_typed_into_a_plain_box(form_html: str) -> None:
    assert 'type="date"' not in form_html
    assert re.search(r'id="born" name="born" type="text"', form_html)


def test_a_password_is_never_sent_back(form_html: str) -> None:
    assert "hunter2" not in form_html


def test_the_browser_is_asked_to_remember_nothing_typed(form_html: str) -> None:
    box = re.search(r'<input[^>]*id="name"[^>]*>', form_html)

    assert box is not None
    assert 'autocomplete="off"' in box.group()


def test_a_list_keeps_its_groups(form_html: str) -> None:
    assert '<optgroup label="Homes">' in form_html


def test_a_form_without_errors_has_no_summary(environment: Environment) -> None:
    source = '{% from "macros/forms.html" import error_summary %}{{ error_summary(asked) }}'

    assert environment.from_string(source).render(asked=Asked()).strip() == ""

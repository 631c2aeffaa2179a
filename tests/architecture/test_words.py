"""Keep one word for one thing, and every silenced check with its reason."""

import ast
import re
from collections.abc import Iterator

import jinja2
import pytest
from jinja2 import nodes

from tests.architecture.source import (
    Planted,
    Rule,
    Source,
    faults,
    modules,
    rule_name,
    rules,
    sources,
    suite,
    templates,
)

Fault = tuple[int, str]

MODULE_NAMES = {"base", "common", "constants", "helpers", "managers", "misc", "utils"}
# Words of no domain; `case` has one lawful use, the reference a contributing service sends.
VAGUE = re.compile(r"(Case(?!Reference)|Client|Record|Object|Data|Info|Item)(?![a-z])")
SUFFIX = re.compile(r"\w(Dto|Impl|Manager|Service|Helper)$")
SCRIPTS = r"(\.ci|seed_data)/.*\.py"
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
SILENCER = re.compile(
    r"#\s*(?P<tool>type:\s*ignore|noqa|nosec|pragma:\s*no\s+\w+|(?:ruff|mypy):)(?P<rest>.*)"
)
CODES = re.compile(r"^(?:\s*noqa)?(\[[\w, -]+\]|\s*:?\s*[A-Z]+\d+(,?\s*[A-Z]+\d+)*)")
GLOBALS_OF_FLASK = {"config", "current_user", "g", "request", "session"}
TEMPLATES = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)
SHEET_FAULT = re.compile(r"!\s*important|#[a-z][\w-]*[^;{}]*\{", re.IGNORECASE)


def module_has_a_name_that_says_nothing(source: Source) -> Iterator[Fault]:
    if MODULE_NAMES & set(source.path.removesuffix(".py").split("/")):
        yield 1, "name the module for its job"


def class_has_a_vague_name(source: Source) -> Iterator[Fault]:
    for each in source.classes():
        made_by_policy = each.name.startswith("Disclosed")
        if VAGUE.search(each.name) or (SUFFIX.search(each.name) and not made_by_policy):
            yield each.lineno, f"{each.name}: use the field's own word"


def row_leaves_the_store(source: Source) -> Iterator[Fault]:
    if source.floor == "store":
        return
    for node in ast.walk(source.tree):
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        if isinstance(node, ast.ClassDef | ast.alias):
            name = node.name
        if isinstance(name, str) and re.search(r"\wRow$", name):
            yield getattr(node, "lineno", 1), f"{name} stays in the store"


def import_hides_inside_a_function(source: Source) -> Iterator[Fault]:
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node.lineno, "import at the top: here it hides a knot"


def mapping_holds_anything(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Subscript) and re.fullmatch(
            r"(\w+\.)?(dict|\w*Mapping|defaultdict)\[.*, (\w+\.)?Any\]", ast.unparse(node)
        ):
            yield node.lineno, "name the fields: a mapping to Any checks nothing"


def failure_is_caught_blindly(source: Source) -> Iterator[Fault]:
    if source.floor == "ledger":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and not _raises_again(node):
            caught = "Exception" if node.type is None else ast.unparse(node.type)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            caught = ast.unparse(node)
        else:
            continue
        if re.search(r"\b(Base)?Exception\b", caught):
            yield node.lineno, "only the ledger catches whatever happens"


def comment_leaves_work_undone(source: Source) -> Iterator[Fault]:
    for line, comment in source.comments():
        if UNFINISHED.search(comment):
            yield line, "finish it, or file it"


def silencer_gives_no_reason(source: Source) -> Iterator[Fault]:
    for line, comment in source.comments():
        for match in SILENCER.finditer(comment):
            rest, coded = CODES.subn("", match["rest"])
            needs_code = not match["tool"].startswith("pragma")
            has_reason = len(re.findall(r"[A-Za-z]{2,}", rest)) >= 2
            if not has_reason or (needs_code and not coded):
                yield line, f"{match['tool']} needs its code and, on this line, its reason"


def name_is_no_sentence(source: Source) -> Iterator[Fault]:
    for each in source.classes():
        if each.name.startswith("Test"):
            yield each.lineno, f"{each.name}: a test is a function named as a sentence"
    for function in source.functions():
        is_test = source.path.rsplit("/", 1)[-1].startswith("test_")
        if is_test and function.name.startswith("test_"):
            counted = re.search(r"(?<!case)(?<!utf)_\d$", function.name)
            if function.name.count("_") < 3 or counted:
                yield function.lineno, f"{function.name}: say the behaviour in a sentence"


def code_is_patched(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"setattr", "delattr"}:
            yield node.lineno, "pass a value or a real part instead of patching"


def template_reads_a_global(source: Source) -> Iterator[Fault]:
    for name in TEMPLATES.parse(source.text).find_all(nodes.Name):
        if name.name in GLOBALS_OF_FLASK and name.ctx == "load":
            yield name.lineno, f"{name.name}: a template knows its page and nothing else"


def template_builds_values(source: Source) -> Iterator[Fault]:
    if source.path.startswith("templates/macros/"):
        return
    tree = TEMPLATES.parse(source.text)
    built = [*tree.find_all(nodes.Dict)]
    lists = [each for set_ in tree.find_all(nodes.Assign) for each in set_.find_all(nodes.List)]
    for node in [*built, *lists]:
        yield node.lineno, "the page class computes, or a macro builds; a template arranges"


def template_styles_or_scripts_inline(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if INLINE.search(line):
            yield number, "the content security policy refuses inline style and script"


def text_leaves_work_undone(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if UNFINISHED.search(line):
            yield number, "finish it, or file it"


def sheet_shouts_or_names_an_id(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if SHEET_FAULT.search(line):
            yield number, "no !important and no ids in a style sheet"


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


A, T = "directory/web/a.py", "tests/web/test_a.py"
MODULE_RULES = (
    Planted(rule=module_has_a_name_that_says_nothing, path="directory/web/utils.py", text=""),
    Planted(rule=class_has_a_vague_name, path=A, text="class PersonRecord: ..."),
    Planted(rule=class_has_a_vague_name, path=A, text="class Case: ..."),
    Planted(rule=class_has_a_vague_name, path=A, text="class PeopleService: ..."),
    Planted(
        rule=row_leaves_the_store, path=A, text="from directory.store.line_tables import PersonRow"
    ),
    Planted(rule=row_leaves_the_store, path=A, text="class ExtractRow: ..."),
    Planted(rule=import_hides_inside_a_function, path=A, text="def f():\n    import os\n"),
    Planted(rule=mapping_holds_anything, path=A, text="a: dict[str, Any] = {}"),
    Planted(rule=mapping_holds_anything, path=A, text="def f(a: Mapping[str, typing.Any]): ..."),
    Planted(rule=failure_is_caught_blindly, path=A, text="try:\n  f()\nexcept Exception:\n  g()"),
    Planted(rule=failure_is_caught_blindly, path=A, text="try:\n  f()\nexcept:\n  g()"),
    Planted(rule=failure_is_caught_blindly, path=A, text="with suppress(Exception):\n  f()"),
)
COMMENT_RULES = (
    Planted(rule=comment_leaves_work_undone, path=A, text="# TO" + "DO: later"),
    Planted(rule=silencer_gives_no_reason, path=A, text="f()  # " + "noqa: S101"),
    Planted(rule=silencer_gives_no_reason, path=A, text="f()  # " + "noqa - it is loud here"),
    Planted(rule=silencer_gives_no_reason, path=A, text="f()  # " + "type: ignore[no-any-return]"),
    Planted(rule=silencer_gives_no_reason, path=A, text="f()  # " + "type: ignore # has no stub"),
    Planted(rule=silencer_gives_no_reason, path=A, text="f()  # " + "pragma: no cover"),
    Planted(rule=silencer_gives_no_reason, path=A, text="# " + "ruff: noqa: D100"),
)
SUITE_RULES = (
    Planted(rule=name_is_no_sentence, path=T, text="def test_get_person_2(): ..."),
    Planted(rule=name_is_no_sentence, path=T, text="def test_a_person_is_found_2(): ..."),
    Planted(rule=name_is_no_sentence, path=T, text="class TestPerson: ..."),
    Planted(rule=code_is_patched, path=T, text="monkeypatch.setattr(store, 'find', None)"),
)
TEMPLATE_RULES = (
    Planted(rule=template_reads_a_global, path="templates/a.html", text="{{ request.path }}"),
    Planted(rule=template_builds_values, path="templates/a.html", text="{% set a = [1] %}"),
    Planted(rule=template_builds_values, path="templates/a.html", text="{{ button({'a': 1}) }}"),
    Planted(
        rule=template_styles_or_scripts_inline, path="templates/a.html", text='<p style="a: b">'
    ),
    Planted(rule=template_styles_or_scripts_inline, path="templates/a.html", text="<script>a()"),
    Planted(rule=text_leaves_work_undone, path="templates/a.html", text="{# FIX" + "ME #}"),
)
SHEET_RULES = (
    Planted(
        rule=sheet_shouts_or_names_an_id, path="static/css/a.css", text="a { b: c !important }"
    ),
    Planted(rule=sheet_shouts_or_names_an_id, path="static/css/a.css", text="#board { b: c }"),
    Planted(rule=text_leaves_work_undone, path="static/css/a.css", text="/* TO" + "DO */"),
)


@pytest.mark.parametrize("rule", rules(MODULE_RULES))
def test_every_module_keeps_to_the_words(rule: Rule) -> None:
    assert faults(rule, modules()) == []


@pytest.mark.parametrize("rule", rules(COMMENT_RULES))
def test_every_comment_finishes_and_explains(rule: Rule) -> None:
    assert faults(rule, modules() + suite() + sources(SCRIPTS)) == []


@pytest.mark.parametrize("rule", rules(SUITE_RULES))
def test_every_test_is_a_sentence_about_behaviour(rule: Rule) -> None:
    assert faults(rule, suite()) == []


@pytest.mark.parametrize("rule", rules(TEMPLATE_RULES))
def test_every_template_only_arranges_its_page(rule: Rule) -> None:
    assert faults(rule, templates()) == []


@pytest.mark.parametrize("rule", rules(SHEET_RULES))
def test_every_style_sheet_keeps_to_classes(rule: Rule) -> None:
    assert faults(rule, sources(r"static/css/.*\.css")) == []


@pytest.mark.parametrize(
    "planted",
    MODULE_RULES + COMMENT_RULES + SUITE_RULES + TEMPLATE_RULES + SHEET_RULES,
    ids=rule_name,
)
def test_each_rule_of_words_catches_its_planted_fault(planted: Planted) -> None:
    assert planted.found == 1


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: S603 - fixed arguments",
        "# noqa: S603, S607  # fixed arguments",
        "# type: ignore[no-untyped-call]  # whoosh has no types",
        "# pragma: no cover - only Windows comes here",
        "# ruff: noqa: INP001 - a script beside its lock",
    ],
)
def test_a_silencer_with_code_and_reason_is_taken(comment: str) -> None:
    assert faults(silencer_gives_no_reason, (Source(path=A, text=comment),)) == []

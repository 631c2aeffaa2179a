"""Keep modules, functions, templates and sheets small enough to read whole."""

import ast
from collections.abc import Iterator

import pytest

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


def module_is_too_long(source: Source) -> Iterator[Fault]:
    if source.line_count > 400:
        yield 1, f"{source.line_count} lines, over 400: split it by capability"


def function_is_too_long(source: Source) -> Iterator[Fault]:
    for function in source.functions():
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > 40:
            yield function.lineno, f"{function.name} has {length} lines, over 40"


def package_file_holds_code(source: Source) -> Iterator[Fault]:
    if source.path.endswith("__init__.py"):
        is_docstring = ast.get_docstring(source.tree) is not None and len(source.tree.body) == 1
        if not is_docstring:
            yield 1, "__init__.py holds one docstring and nothing else"


def template_is_too_long(source: Source) -> Iterator[Fault]:
    if source.line_count > 120:
        yield 1, f"{source.line_count} lines, over 120"


def sheet_is_too_long(source: Source) -> Iterator[Fault]:
    if source.line_count > 150:
        yield 1, f"{source.line_count} lines, over 150"


def script_is_too_long(source: Source) -> Iterator[Fault]:
    if source.line_count >= 100:
        yield 1, f"{source.line_count} lines, not under 100"


MODULE_RULES = (
    Planted(rule=module_is_too_long, path="directory/domain/a.py", text="1\n" * 401),
    Planted(rule=function_is_too_long, path="directory/a.py", text="def f():\n" + " 1\n" * 40),
    Planted(rule=package_file_holds_code, path="directory/web/__init__.py", text='"""A."""\nB = 1'),
    Planted(rule=package_file_holds_code, path="directory/web/__init__.py", text=""),
)
TEMPLATE_RULES = (Planted(rule=template_is_too_long, path="templates/a.html", text="\n" * 121),)
SHEET_RULES = (Planted(rule=sheet_is_too_long, path="static/css/a.css", text="\n" * 151),)
SCRIPT_RULES = (Planted(rule=script_is_too_long, path="static/js/a.js", text="\n" * 100),)


@pytest.mark.parametrize("rule", rules(MODULE_RULES))
def test_every_module_is_small_enough_to_read(rule: Rule) -> None:
    assert faults(rule, modules() + suite() + sources(r"(\.ci|seed_data)/.*\.py")) == []


@pytest.mark.parametrize("rule", rules(TEMPLATE_RULES))
def test_every_template_is_small_enough_to_read(rule: Rule) -> None:
    assert faults(rule, templates()) == []


@pytest.mark.parametrize("rule", rules(SHEET_RULES))
def test_every_style_sheet_of_ours_is_small_enough_to_read(rule: Rule) -> None:
    assert faults(rule, sources(r"static/css/.*\.css")) == []


@pytest.mark.parametrize("rule", rules(SCRIPT_RULES))
def test_every_script_of_ours_is_small_enough_to_read(rule: Rule) -> None:
    assert faults(rule, sources(r"static/js/.*\.js")) == []


@pytest.mark.parametrize(
    "planted", MODULE_RULES + TEMPLATE_RULES + SHEET_RULES + SCRIPT_RULES, ids=rule_name
)
def test_each_size_rule_catches_its_planted_fault(planted: Planted) -> None:
    assert planted.found == 1


def test_fixtures_stay_few_and_short() -> None:
    lines = sum(
        (function.end_lineno or function.lineno) - function.lineno + 1
        for source in suite()
        for function in source.functions()
        if any("fixture" in ast.unparse(decorator) for decorator in function.decorator_list)
    )

    assert lines <= 150

"""HTML as a browser reads it: the one place where tests parse it."""

from xml.etree.ElementTree import Element

import html5lib
from html5lib.treebuilders import getTreeBuilder


def page_of(html: str) -> tuple[Element, list[str]]:
    """Return a page's tree, and each fault of its HTML with its place."""
    parser = _parser()
    tree = parser.parse(html)
    return tree, _errors(parser)


def fragment_errors(html: str) -> list[str]:
    """Return each fault of a part of a page with its place."""
    parser = _parser()
    parser.parseFragment(html)
    return _errors(parser)


def _errors(parser: html5lib.HTMLParser) -> list[str]:
    return [f"{place}: {code}" for place, code, _ in parser.errors]


def _parser() -> html5lib.HTMLParser:
    return html5lib.HTMLParser(tree=getTreeBuilder("etree"), namespaceHTMLElements=False)

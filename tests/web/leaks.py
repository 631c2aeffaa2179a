"""Leaks to plant: whatever of an answer could tell somebody hidden from somebody unknown."""

import hashlib
from collections.abc import Callable

from sqlalchemy import text
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from tests.town import Town
from tests.web.canary import references

Leak = Callable[[Town, Response], None]
LEAKS: list[tuple[str, Leak]] = []
"""Each leak, with the answer of the tour in which it is planted."""


def lines_of(town: Town) -> int:
    """Return how many lines there are, which nobody may know."""
    return number(town, "select count(*) from line")


def hidden_in(town: Town) -> int:
    """Return how many people orders hide, which nobody may know."""
    return number(town, "select count(*) from restriction_person")


def number(town: Town, statement: str) -> int:
    """Return the one number that a statement asks for."""
    with town.database.reading() as connection:
        return int(connection.scalar(text(statement)) or 0)


def at(place: str) -> Callable[[Leak], Leak]:
    """Plant a leak in one answer of the tour."""

    def plant(leak: Leak) -> Leak:
        LEAKS.append((place, leak))
        return leak

    return plant


def write(answer: Response, old: str, new: str) -> None:
    """Write `new` for the first `old` of a page; the length it says it has stays as it was."""
    before = answer.get_data(as_text=True)
    assert old in before, old
    answer.response = [before.replace(old, new, 1).encode()]


@at("search")
def counted(town: Town, answer: Response) -> None:
    """Say in a header how much there is."""
    answer.headers["X-Total-Count"] = str(lines_of(town))


@at("results")
def tagged(town: Town, answer: Response) -> None:
    """Name the state of the database by a tag."""
    answer.set_etag(str(lines_of(town)))


@at("no match")
def digested(town: Town, answer: Response) -> None:
    """Name it by a tag that looks like any token."""
    answer.set_etag(hashlib.sha256(str(lines_of(town)).encode()).hexdigest())


@at("board")
def timed(town: Town, answer: Response) -> None:
    """Say how long who is hidden took."""
    answer.headers["Server-Timing"] = f"shield;dur={hidden_in(town)}"


@at("no match")
def measured(town: Town, answer: Response) -> None:
    """Say another length than the page has."""
    answer.headers["Content-Length"] = str(len(answer.get_data()) + hidden_in(town))


@at("families")
def dated(town: Town, answer: Response) -> None:
    """Say when somebody was last hidden."""
    answer.headers["Last-Modified"] = f"Mon, 23 Nov 2026 10:00:0{hidden_in(town)} GMT"


@at("no match")
def cached(town: Town, answer: Response) -> None:
    """Let a page be kept where nobody is hidden."""
    answer.headers["Cache-Control"] = "no-store" if hidden_in(town) else "private"


@at("search")
def varied(town: Town, answer: Response) -> None:
    """Let who is hidden say what the answer depends on."""
    answer.headers["Vary"] = "Cookie, Referer" if hidden_in(town) else "Cookie"


@at("results")
def linked(town: Town, answer: Response) -> None:
    """Lead to a next page that is there for one more."""
    answer.headers["Link"] = f"</search?page={lines_of(town)}>; rel=last"


@at("looks")
def downloaded(town: Town, answer: Response) -> None:
    """Name a download after how much there is."""
    answer.headers["Content-Disposition"] = f"attachment; filename=looks-{lines_of(town)}.csv"


@at("card")
def shuffled(town: Town, answer: Response) -> None:
    """Send the same headers in another order."""
    answer.headers = Headers(list(answer.headers)[:: -1 if hidden_in(town) else 1])


@at("ready")
def typed(town: Town, answer: Response) -> None:
    """Call the same text by another type."""
    answer.mimetype = "text/plain" if hidden_in(town) else "text/html"


@at("search")
def remembered(town: Town, answer: Response) -> None:
    """Keep it in a cookie."""
    answer.set_cookie("seen", str(lines_of(town)), httponly=True, samesite="Lax")


@at("results")
def named(town: Town, answer: Response) -> None:
    """Call a cookie by it."""
    answer.set_cookie(f"seen-{hidden_in(town)}", "yes", httponly=True, samesite="Lax")


@at("board")
def lasting(town: Town, answer: Response) -> None:
    """Let a cookie last longer where there is more."""
    answer.set_cookie("seen", "yes", max_age=60 * lines_of(town), httponly=True, samesite="Lax")


@at("families")
def baked(town: Town, answer: Response) -> None:
    """Send two cookies in another order."""
    for name in ("one", "two")[:: -1 if hidden_in(town) else 1]:
        answer.set_cookie(name, "yes", httponly=True, samesite="Lax")


@at("purpose")
def forbade(town: Town, answer: Response) -> None:
    """Forbid what is there, and not find what is not."""
    answer.status_code = 403 if hidden_in(town) else 404


@at("not found")
def gone(town: Town, answer: Response) -> None:
    """Call somebody hidden gone."""
    answer.status_code = 410 if hidden_in(town) else 404


@at("sent")
def slowed(town: Town, answer: Response) -> None:
    """Find that somebody asks too often, where there is somebody."""
    answer.status_code = 429 if hidden_in(town) else 303


@at("not found")
def worded(town: Town, answer: Response) -> None:
    """Spell the same status otherwise."""
    answer.status = "404 HIDDEN" if hidden_in(town) else "404 NOT FOUND"


@at("sent")
def redirected(town: Town, answer: Response) -> None:
    """Lead elsewhere where there is more."""
    answer.location = f"/search?page={lines_of(town)}"


@at("sent")
def queried(town: Town, answer: Response) -> None:
    """Lead to the same place with one word more."""
    answer.location = f"{answer.location}{'?narrow=yes' * hidden_in(town)}"


@at("sent")
def asked_again(town: Town, answer: Response) -> None:
    """Lead on by another kind of redirect."""
    answer.status_code = 302 if hidden_in(town) else 303


@at("search")
def noted(town: Town, answer: Response) -> None:
    """Say it in a comment."""
    answer.set_data(answer.get_data(as_text=True) + f"<!-- {lines_of(town)} -->")


@at("results")
def padded(town: Town, answer: Response) -> None:
    """Be longer where more is known."""
    answer.set_data(answer.get_data(as_text=True) + " " * lines_of(town))


@at("search")
def reordered(town: Town, answer: Response) -> None:
    """Turn the order round where there is more."""
    words = answer.get_data(as_text=True).split("\n")
    answer.set_data("\n".join(words[:: -1 if hidden_in(town) else 1]))


@at("no match")
def tracked(town: Town, answer: Response) -> None:
    """Say it to whoever counts visits."""
    write(answer, "<main ", f'<main data-found="{hidden_in(town)}" ')


@at("purpose")
def sent_along(town: Town, answer: Response) -> None:
    """Send it along with a form."""
    write(
        answer,
        '<form method="post" novalidate>',
        f'<form method="post" novalidate><input type="hidden" value="{hidden_in(town)}">',
    )


@at("board")
def read_out(town: Town, answer: Response) -> None:
    """Tell it to a screen reader."""
    write(answer, "one line a service", f"one line a service, {hidden_in(town)} left out")


@at("no match")
def styled(town: Town, answer: Response) -> None:
    """Give a paragraph another class."""
    write(answer, "directory-no-match", f"directory-no-match{' is-shielded' * hidden_in(town)}")


@at("card")
def spaced(town: Town, answer: Response) -> None:
    """Leave what is hidden an empty place."""
    write(
        answer,
        '<dl class="directory-contact__rows">',
        '<dl class="directory-contact__rows">' + " " * hidden_in(town),
    )


@at("interests")
def broken_off(town: Town, answer: Response) -> None:
    """End one line of a page otherwise."""
    write(answer, "<form", "\r\n<form" if hidden_in(town) else "\n<form")


@at("purpose")
def offered(town: Town, answer: Response) -> None:
    """Offer the same purposes in another order."""
    parts = answer.get_data(as_text=True).split('<div class="govuk-radios__item">')
    parts[1:3] = parts[1:3][:: -1 if hidden_in(town) else 1]
    answer.set_data('<div class="govuk-radios__item">'.join(parts))


@at("looks")
def paged(town: Town, answer: Response) -> None:
    """Say how many pages there are."""
    write(
        answer,
        "</main>",
        f"<p>Page 1 of {1 + lines_of(town) // 10}, {lines_of(town)} in all</p></main>",
    )


@at("no match")
def titled(town: Town, answer: Response) -> None:
    """Say it in the page's title."""
    write(answer, "<title>", f"<title>({hidden_in(town)}) ")


@at("results")
def summed(town: Town, answer: Response) -> None:
    """Count somebody who is not shown."""
    write(answer, "One person fits", f"{1 + hidden_in(town)} people fit")


@at("matching")
def inflected(town: Town, answer: Response) -> None:
    """Count one line as one, though none is shown."""
    write(answer, "0 lines wait", "1 line waits" if hidden_in(town) else "0 lines wait")


@at("claims")
def listed(town: Town, answer: Response) -> None:
    """Leave an empty element where somebody would stand."""
    write(answer, "</main>", f"<ul>{'<li></li>' * hidden_in(town)}</ul></main>")


@at("families")
def pictured(town: Town, answer: Response) -> None:
    """Show a picture of whoever is hidden."""
    write(answer, "</main>", f'<img alt="" src="/static/people/{lines_of(town)}.png"></main>')


@at("board")
def scripted(town: Town, answer: Response) -> None:
    """Hand it to a script."""
    write(answer, "</body>", f'<script type="application/json">[{hidden_in(town)}]</script></body>')


@at("search")
def completed(town: Town, answer: Response) -> None:
    """Complete a name as it is typed."""
    write(
        answer,
        "</form>",
        f"<datalist>{'<option>Isolde</option>' * hidden_in(town)}</datalist></form>",
    )


@at("board")
def escaped(town: Town, answer: Response) -> None:
    """Escape one mark otherwise."""
    write(answer, "&#39;", "&#x27;" if hidden_in(town) else "&#39;")


@at("forbidden")
def joined(town: Town, answer: Response) -> None:
    """Put a mark of no width between two words."""
    write(answer, "It says nothing", "It says" + "\u200b" * hidden_in(town) + " nothing")


@at("emergency")
def waited(town: Town, answer: Response) -> None:
    """Say that something waits, and do not show it."""
    write(answer, "Nothing waits", "Something waits" if hidden_in(town) else "Nothing waits")


@at("forbidden")
def helped(town: Town, answer: Response) -> None:
    """Give the help desk a number of another length."""
    write(answer, "</strong>.", f"{hidden_in(town)}</strong>.")


@at("ready")
def garbled(town: Town, answer: Response) -> None:
    """Send a byte that is no letter."""
    answer.response = [answer.get_data() + bytes([0xF0 + hidden_in(town)])]


@at("no match")
def dialled(town: Town, answer: Response) -> None:
    """Have somebody else be rung about them."""
    write(answer, "tel:+441632960199", f"tel:+44163296019{9 - hidden_in(town)}")


@at("results")
def pointed(town: Town, answer: Response) -> None:
    """Name one who was chosen before, or one who was never met."""
    met = answer.get_data(as_text=True).partition("Change<")[0].rpartition("/search/")[2][:36]
    fresh = "00000000-0000-4000-8000-000000000000"
    write(answer, "</main>", f'<a href="/families/{met if hidden_in(town) else fresh}"></a></main>')


@at("families")
def crossed(town: Town, answer: Response) -> None:
    """Lead to another person by the same name."""
    who = references(town)
    if hidden_in(town):
        write(answer, f"/families/mine/{who['wrenna']}", f"/families/mine/{who['odalys']}")


@at("looks")
def unveiled(town: Town, answer: Response) -> None:
    """Mark a form of whoever was looked for by a token of theirs."""
    mark = hashlib.sha256(str(lines_of(town)).encode()).hexdigest()
    write(answer, "</main>", f'<p data-whom="{mark[:12]}"></p></main>')

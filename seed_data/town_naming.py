"""Draw plausible names from the stock."""

from enum import StrEnum
from itertools import accumulate
from random import Random

from town_name_stock import CALLED, SLAVIC, STOCKS, NameStock

_SHARES = tuple(accumulate(each.share for each in STOCKS))
_SKEW = 1.5  # above 1, names early in a list are drawn more often
_THIRD_FORENAME_SHARE = 0.03
_MIDDLE_AS_CALLED_SHARE = 0.04
_SHORT_FORM_SHARE = 0.45
_HYPHEN_SHARE = 0.8
_FEMININE = (("ski", "ska"), ("cki", "cka"))


class Sex(StrEnum):
    """Which list a forename is drawn from; it is written nowhere."""

    GIRL = "girl"
    BOY = "boy"


def draw_stock(rng: Random) -> NameStock:
    """Return a stock of names, as often as its share says."""
    return rng.choices(STOCKS, cum_weights=_SHARES)[0]


def draw_sex(rng: Random) -> Sex:
    """Return a girl or a boy, evenly."""
    return rng.choice((Sex.GIRL, Sex.BOY))


def _draw(names: tuple[str, ...], rng: Random) -> str:
    return names[int(len(names) * rng.random() ** _SKEW)]


def draw_forenames(stock: NameStock, sex: Sex, rng: Random) -> str:
    """Return one to three forenames."""
    names = stock.girls if sex is Sex.GIRL else stock.boys
    count = 1 + int(rng.random() < stock.middle_share) + int(rng.random() < _THIRD_FORENAME_SHARE)
    drawn = dict.fromkeys(_draw(names, rng) for _ in range(count))
    return " ".join(drawn)


def draw_surname(stock: NameStock, rng: Random) -> str:
    """Return a surname in the form a man bears it."""
    return _draw(stock.surnames, rng)


def surname_for(stock: NameStock, sex: Sex, surname: str) -> str:
    """Return `surname` in the form that `sex` bears in the custom of `stock`."""
    if stock is SLAVIC and sex is Sex.GIRL:
        for ending, feminine in _FEMININE:
            if surname.endswith(ending):
                return surname.removesuffix(ending) + feminine
    return surname


def joined_surname(first: str, second: str, rng: Random) -> str:
    """Return a double-barrelled surname, or the first where either is already compound."""
    if first == second or any(mark in first + second for mark in "- "):
        return first
    return first + ("-" if rng.random() < _HYPHEN_SHARE else " ") + second


def draw_called(forenames: str, rng: Random) -> str:
    """Return the name the person is known as, or an empty string where it is the first forename."""
    short = CALLED.get(forenames) or CALLED.get(forenames.partition(" ")[0], "")
    if short and rng.random() < _SHORT_FORM_SHARE:
        return short
    if " " in forenames and rng.random() < _MIDDLE_AS_CALLED_SHARE:
        return forenames.split()[1]
    return ""


def draw_staff_name(rng: Random) -> str:
    """Return a name as it stands on a badge: one forename and a surname."""
    stock, sex = draw_stock(rng), draw_sex(rng)
    names = stock.girls if sex is Sex.GIRL else stock.boys
    return f"{_draw(names, rng)} {surname_for(stock, sex, draw_surname(stock, rng))}"

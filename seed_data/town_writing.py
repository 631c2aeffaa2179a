"""Write down what a feed knows of a person, with the slips of its habits."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from anyascii import anyascii
from town_columns import Line
from town_families import Person
from town_habits import Habits
from town_involvements import Involvement
from town_places import Address

_LEAST_LETTERS = 4
_DAYS_THAT_ARE_MONTHS = 12
_KEYS_BESIDE = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "s": "d", "t": "r", "l": "k"}


class Clerk:
    """Fills in lines the way one feed does, by one stream of chance."""

    def __init__(self, habits: Habits, rng: Random) -> None:
        """Sit down at the desk of one feed."""
        self._habits = habits
        self._slips = habits.slips
        self._rng = rng

    def identity(self, person: Person, address: Address) -> Line:
        """Return the identity columns of a person living at `address`."""
        line = {
            "nhs_number": self._nhs_number(person),
            "upn": person.upn if self._happens(self._slips.upn_given) else "",
            "date_of_birth": self._birth(person.born),
        }
        return line | self._names(person) | self._address(person, address)

    def involvement(self, involvement: Involvement) -> Line:
        """Return the involvement and contact columns."""
        team, practitioner = involvement.team, involvement.practitioner
        line = {
            "started": self._habits.day(involvement.started),
            "last_involved": self._habits.day(involvement.last_involved),
            "ended": self._habits.day(involvement.ended),
            "organisation_reference": team.organisation.reference,
            "organisation_name": team.organisation.name,
            "team_reference": team.reference,
            "team_name": team.name,
            "team_duty_line": team.duty_line,
            "team_out_of_hours_line": team.out_of_hours_line,
        }
        if practitioner is not None:
            line |= {
                "practitioner_reference": practitioner.reference,
                "practitioner_name": self._legible(practitioner.name),
                "practitioner_role": practitioner.role,
                "practitioner_phone": practitioner.phone,
                "practitioner_email": practitioner.email,
                "practitioner_left_on": self._habits.day(practitioner.left_on),
            }
        return line

    def _happens(self, share: float) -> bool:
        return self._rng.random() < share

    def _nhs_number(self, person: Person) -> str:
        if not self._happens(self._slips.nhs_number_given):
            return ""
        digits = person.nhs_number
        if self._happens(self._slips.nhs_number_spaced):
            return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
        return digits

    def _birth(self, born: date) -> str:
        if self._happens(self._slips.birth_missing):
            return ""
        return self._habits.day(self._mistaken(born))

    def _mistaken(self, born: date) -> date:
        """Return `born`, now and then with day and month exchanged or a day too early."""
        if not self._happens(self._slips.birth_mistaken):
            return born
        if born.day <= _DAYS_THAT_ARE_MONTHS and born.day != born.month:
            return born.replace(month=born.day, day=born.month)
        return born - timedelta(days=1)

    def _names(self, person: Person) -> Line:
        slips = self._slips
        forenames, surname, former = person.forenames, person.surname, person.former_surname
        if not self._happens(slips.middle_names_given):
            forenames = forenames.partition(" ")[0]
        if former and self._happens(slips.under_former_surname):
            surname, former = former, ""
        if self._happens(slips.misspelt):
            forenames, surname = self._misspelt(forenames, surname)
        if self._happens(slips.names_swapped):
            forenames, surname = surname, forenames
        given = {
            "forenames": forenames,
            "surname": self._surname(surname),
            "known_as": person.known_as if self._happens(slips.known_as_given) else "",
            "former_surname": former if self._happens(slips.former_surname_given) else "",
        }
        return {column: self._legible(name) for column, name in given.items()}

    def _misspelt(self, forenames: str, surname: str) -> tuple[str, str]:
        """Return the names with one slip in one of them."""
        if self._happens(0.5):
            return misspelt(forenames, self._rng), surname
        return forenames, misspelt(surname, self._rng)

    def _surname(self, surname: str) -> str:
        if self._happens(self._slips.in_capitals):
            return surname.upper()
        if self._happens(self._slips.stray_space):
            return f" {surname} "
        if "'" in surname and self._happens(self._slips.curly_apostrophe):
            return surname.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        return surname

    def _address(self, person: Person, address: Address) -> Line:
        if self._happens(self._slips.address_missing):
            return {"house": "", "street": "", "postcode": ""}
        if self._happens(self._slips.earlier_address):
            address = person.earlier_address
        postcode = address.postcode
        if self._happens(self._slips.postcode_unspaced):
            postcode = postcode.replace(" ", "").lower()
        return {"house": address.house, "street": address.street, "postcode": postcode}

    def _legible(self, text: str) -> str:
        """Return `text` in the letters that the feed's system has."""
        if self._habits.ascii_only:
            return anyascii(text)
        return "".join(_encodable(letter, self._habits.encoding) for letter in text)


def _encodable(letter: str, encoding: str) -> str:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return anyascii(letter)
    return letter


def _exchanged(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int) -> str:
    return word[: at + 1] + word[at:]


def _beside(word: str, at: int) -> str:
    return word[:at] + _KEYS_BESIDE.get(word[at], "e") + word[at + 1 :]


_SLIPS: tuple[Callable[[str, int], str], ...] = (_exchanged, _dropped, _doubled, _beside)


def misspelt(word: str, rng: Random) -> str:
    """Return `word` with one typing slip after its first letter; short words stay as they are."""
    if len(word) < _LEAST_LETTERS:
        return word
    return rng.choice(_SLIPS)(word, rng.randrange(1, len(word) - 1))

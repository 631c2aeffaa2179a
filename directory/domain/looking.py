"""What a practitioner asks for when looking for a person, and what may fit."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is known of the person sought; an unknown part is empty or None.

    `name` is as typed, in any order, or "surname, forenames". `birth` is a whole date; year and
    month stand alone where no more is known. `age` is in whole years, `age_is_about` widens it.
    `references` may be the own service's for somebody. `unread` are the words typed that are not
    searched by.
    """

    name: str = ""
    birth: date | None = None
    birth_year: int | None = None
    birth_month: int | None = None
    age: int | None = None
    age_is_about: bool = False
    postcode: str = ""
    house: str = ""
    street: str = ""
    nhs_number: str = ""
    upn: str = ""
    references: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is asked."""
        return self == Sought(age_is_about=self.age_is_about, unread=self.unread)

    @property
    def heeded(self) -> "Sought":
        """Return it as it is searched by: a reference counts where nothing else is asked.

        Beside a name it would answer by itself, whoever else fits, and an answer that it changes
        would tell that somebody hidden has it.
        """
        if not self.references or replace(self, references=()).is_empty:
            return self
        return self.unreferenced

    @property
    def unreferenced(self) -> "Sought":
        """Return it where no reference is searched by: each is said to be unread."""
        return replace(self, references=(), unread=(*self.unread, *self.references))

    @property
    def exact(self) -> tuple["Sought", ...]:
        """Return each question in it that names one person, with nothing beside it.

        They are an identifier, and a full name with a whole birth date. What else is known stays
        out, for the answer would say whether it is right.
        """
        full_name = len(self.name.replace(",", " ").split()) > 1
        return (
            *((Sought(nhs_number=self.nhs_number),) if self.nhs_number else ()),
            *((Sought(upn=self.upn),) if self.upn else ()),
            *((Sought(name=self.name, birth=self.birth),) if full_name and self.birth else ()),
        )


class Answer(StrEnum):
    """How a search ended."""

    STRONG = "strong"
    POSSIBLE = "possible"
    NONE = "none"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A reference to somebody who may be the one sought, with why and what differs."""

    person: UUID
    probability: float
    why: tuple[str, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """The answer to a search, the likeliest first; no facts about anybody."""

    answer: Answer
    found: tuple[Match, ...] = ()

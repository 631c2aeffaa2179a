"""How each sending service writes its extract: its encoding, its dates and its usual slips."""

from dataclasses import dataclass, replace
from datetime import date

from town_columns import SERVICE, SOCIAL_CARE, WITH_PATCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """How often, from 0 to 1, a line of a feed is untidy in each way."""

    nhs_number_given: float
    upn_given: float = 0.0
    known_as_given: float = 0.5
    former_surname_given: float = 0.4
    middle_names_given: float = 0.9
    misspelt: float = 0.03
    names_swapped: float = 0.005
    under_former_surname: float = 0.03
    in_capitals: float = 0.0
    stray_space: float = 0.0
    curly_apostrophe: float = 0.0
    birth_missing: float = 0.01
    birth_mistaken: float = 0.008
    earlier_address: float = 0.0
    address_missing: float = 0.0
    postcode_unspaced: float = 0.0
    nhs_number_spaced: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """One feed's way of writing; every `fault_every` lines it sends one that must be refused."""

    service: str
    prefix: str
    columns: tuple[str, ...]
    slips: Slips
    fault_every: int
    encoding: str = "utf-8"
    newline: str = "\n"
    date_format: str = "%Y-%m-%d"
    ascii_only: bool = False

    @property
    def file_name(self) -> str:
        """Return the name of the feed's extract."""
        return f"{self.service}.csv"

    def day(self, day: date | None) -> str:
        """Return the day as the feed writes it, or an empty field."""
        return day.strftime(self.date_format) if day else ""


SOCIAL_CARE_HABITS = Habits(
    service="childrens_social_care",
    prefix="CSC",
    columns=SOCIAL_CARE,
    fault_every=200,
    slips=Slips(
        nhs_number_given=0.7,
        known_as_given=0.9,
        former_surname_given=0.8,
        misspelt=0.01,
        names_swapped=0.0,
        under_former_surname=0.0,
        birth_mistaken=0.003,
    ),
)
SCHOOL_HABITS = Habits(
    service="school",
    prefix="PUP",
    columns=SERVICE,
    fault_every=200,
    encoding="utf-8-sig",
    date_format="%d/%m/%Y",
    slips=Slips(nhs_number_given=0.1, upn_given=0.97, known_as_given=0.8, address_missing=0.03),
)
ADULT_HABITS = Habits(
    service="adult_social_care",
    prefix="ASC",
    columns=SERVICE,
    fault_every=30,
    slips=Slips(nhs_number_given=0.9, nhs_number_spaced=0.5, former_surname_given=0.6),
)
HOUSING_HABITS = Habits(
    service="housing",
    prefix="TEN",
    columns=WITH_PATCH,
    fault_every=95,
    encoding="cp1252",
    newline="\r\n",
    date_format="%d/%m/%Y",
    slips=Slips(
        nhs_number_given=0.05,
        known_as_given=0.3,
        former_surname_given=0.2,
        middle_names_given=0.5,
        stray_space=0.01,
        curly_apostrophe=0.5,
        postcode_unspaced=0.05,
    ),
)
POLICE_HABITS = Habits(
    service="police",
    prefix="POL",
    columns=SERVICE,
    fault_every=40,
    ascii_only=True,
    slips=Slips(
        nhs_number_given=0.08,
        known_as_given=0.4,
        misspelt=0.05,
        in_capitals=0.06,
        earlier_address=0.1,
        address_missing=0.05,
    ),
)
ALL_HABITS = (SOCIAL_CARE_HABITS, SCHOOL_HABITS, ADULT_HABITS, HOUSING_HABITS, POLICE_HABITS)


def tidied(habits: Habits) -> Habits:
    """Return the feed's way of writing without any slip: what it usually gives, it gives."""
    given = habits.slips
    tidy = Slips(
        nhs_number_given=round(given.nhs_number_given),
        upn_given=round(given.upn_given),
        known_as_given=1.0,
        former_surname_given=round(given.former_surname_given),
        middle_names_given=1.0,
        misspelt=0.0,
        names_swapped=0.0,
        under_former_surname=0.0,
        birth_missing=0.0,
        birth_mistaken=0.0,
    )
    return replace(habits, slips=tidy)

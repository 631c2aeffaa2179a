"""A hundred texts as they are typed at night or pasted from an e-mail, and what is read in each."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.box import tidied
from directory.search.query import LONGEST_TEXT, reading
from tests.search.invented import TODAY
from tests.search.said import said

TYPED = [
    ("blake ewan 12/3/2015 BD3", "name blake ewan · born 12 March 2015 · postcode BD3", ""),
    ("Blake, Ewan", "name Blake, Ewan", ""),
    ("blake,ewan 12.3.2015", "name blake, ewan · born 12 March 2015", ""),
    (
        "EWAN BLAKE DOB 12/03/2015 NX9 2GG",
        "name EWAN BLAKE · born 12 March 2015 · postcode NX9 2GG",
        "",
    ),
    ("ewan blake d.o.b. 12-03-2015", "name ewan blake · born 12 March 2015", ""),
    ("ewan blake dob:12/03/2015", "name ewan blake · born 12 March 2015", ""),
    ("ewan blake 12th march 2015", "name ewan blake · born 12 March 2015", ""),
    ("ewan blake 12th of March 2015", "name ewan blake · born 12 March 2015", ""),
    ("ewan blake 12-Mar-2015", "name ewan blake · born 12 March 2015", ""),
    ("ewan blake 12mar2015", "name ewan blake · born 12 March 2015", ""),
    ("ewan blake 12 3 2015", "name ewan blake · born 12 March 2015", ""),
    ("ewan blake 12032015", "name ewan blake · born 12 March 2015", ""),
    ("2015-03-12 ewan", "name ewan · born 12 March 2015", ""),
    ("March 12 2015 ewan blake", "name ewan blake · born 12 March 2015", ""),
    ("Blake Ewan (12/03/2015)", "name Blake Ewan · born 12 March 2015", ""),
    ("ewan blake born march 2015", "name ewan blake · born March 2015", ""),
    ("ewan blake 3/2015", "name ewan blake · born March 2015", ""),
    ("ewan blake 2015", "name ewan blake · born 2015", ""),
    ("ewan blake c. 2015", "name ewan blake · born 2015", ""),
    ("ewan blake 9", "name ewan blake · aged 9", ""),
    ("ewan blake, 9yo, BD3", "name ewan blake · aged 9 · postcode BD3", ""),
    ("ewan blake 9 y/o", "name ewan blake · aged 9", ""),
    ("ewan blake (9)", "name ewan blake · aged 9", ""),
    ("ewan blake 9 years old", "name ewan blake · aged 9", ""),
    ("ewan blake age 9", "name ewan blake · aged 9", ""),
    ("ewan blake aged about 9", "name ewan blake · aged about 9", ""),
    ("ewan blake about 9", "name ewan blake · aged about 9", ""),
    ("ewan blake approx 9", "name ewan blake · aged about 9", ""),
    ("ewan blake ~9", "name ewan blake · aged about 9", ""),
    ("ewan blake 9ish", "name ewan blake · aged about 9", ""),
    ("ewan blake 8-9 yrs", "name ewan blake · aged about 8", ""),
    ("ewan blake 8 or 9", "name ewan blake · aged about 8", ""),
    ("ewan blake yr 4", "name ewan blake · aged about 8", ""),
    ("baby blake 3 wks", "name baby blake · aged 0", ""),
    ("baby blake 6/12", "name baby blake · aged 0", ""),
    ("leila 18 months", "name leila · aged 1", ""),
    ("mr john smith 45", "name mr john smith · aged 45", ""),
    ("943 476 5919", "NHS number 9434765919", ""),
    ("9434765919", "NHS number 9434765919", ""),
    ("NHS no: 943-476-5919", "NHS number 9434765919", ""),
    ("nhs 9434765919 ewan", "name ewan · NHS number 9434765919", ""),
    ("ewan blake nhs 943 476 5918", "name ewan blake · NHS number 9434765918", ""),
    ("P999200020005", "UPN P999200020005", ""),
    ("UPN p999200020005 szymon", "name szymon · UPN P999200020005", ""),
    ("CSC-0000001", "reference CSC-0000001", ""),
    ("ref CSC/2026/00123", "reference CSC/2026/00123", ""),
    ("case no. 1234567", "reference 1234567", ""),
    ("our ref: ASC-0000002 ward", "name ward · reference ASC-0000002", ""),
    ("1234567", "reference 1234567", ""),
    ("07700 900123", "phone 07700900123", ""),
    ("+44 (0)7700 900 123", "phone 07700900123", ""),
    ("+447700900123", "phone 07700900123", ""),
    ("0044 7700-900-123", "phone 07700900123", ""),
    ("tel 7700 900123", "phone 07700900123", ""),
    ("mob: 07700.900.123", "phone 07700900123", ""),
    ("(01632) 960 123 ext 12", "phone 01632960123", ""),
    ("smith 01632 960123", "name smith · phone 01632960123", ""),
    ("blake 4 High Street", "name blake · address 4 High Street", ""),
    ("blake, 4 High St", "name blake · address 4 High St", ""),
    ("12a high street ewan", "name ewan · address 12a high street", ""),
    (
        "Flat 3, 12a High St, Northtown, NX9 2GG",
        "address Flat 3 12a High St · postcode NX9 2GG",
        "Northtown",
    ),
    ("4 Foxglove Walk NX17 3PP", "address 4 Foxglove Walk · postcode NX17 3PP", ""),
    ("4 Foxglove Walk, Eskelby", "address 4 Foxglove Walk", "Eskelby"),
    ("lives at 4 Lavender Terrace, Eskelby", "address 4 Lavender Terrace", "Eskelby lives at"),
    (
        "blake ewan 4 high street nx9 2gg",
        "name blake ewan · address 4 high street · postcode NX9 2GG",
        "",
    ),
    ("blake nx92gg", "name blake · postcode NX9 2GG", ""),
    ("NX9 blake", "name blake · postcode NX9", ""),
    ("blake nx9 2", "name blake · postcode NX9 2", ""),
    ("postcode: NX9 2GG", "postcode NX9 2GG", ""),
    ("o'brien siobhan", "name o'brien siobhan", ""),
    ("O’Brien, Siobhan 3/2015", "name O'Brien, Siobhan · born March 2015", ""),
    ("o brien siobhan", "name o brien siobhan", ""),
    ("Mc Donald Shaun", "name Mc Donald Shaun", ""),
    ("MacDonald-Smith, Chloe", "name MacDonald-Smith, Chloe", ""),
    ("al-hassan omar", "name al-hassan omar", ""),
    ("van der berg, pieter", "name van der berg, pieter", ""),
    ("D'Souza Maria", "name D'Souza Maria", ""),
    ("E. Blake", "name E Blake", ""),
    ("blake e", "name blake e", ""),
    ("e j blake 2015", "name e j blake · born 2015", ""),
    ("Wiśniewska, Małgorzata", "name Wiśniewska, Małgorzata", ""),
    ("Şükrü Çelik", "name Şükrü Çelik", ""),
    ("Nguyễn Thị Linh", "name Nguyễn Thị Linh", ""),
    ("محمد أحمد", "name محمد أحمد", ""),
    ("李小龙", "name 李小龙", ""),
    ("Sarah Smith nee Jones", "name Sarah Smith Jones", ""),
    ("Sarah Smith née Jones", "name Sarah Smith Jones", ""),
    ("Jaxon aka Jack Smith", "name Jaxon Jack Smith", ""),
    ("ewan bl*ke", "name ewan blke", ""),
    ("*", "", ""),
    ("%blake%", "name blake", ""),
    ("b?ake ewan", "name bake ewan", ""),
    ("boy ewan blake", "name ewan blake", "boy"),
    ("ewan blake male 9", "name ewan blake · aged 9", "male"),
    ("mum leah blake 34", "name leah blake · aged 34", "mum"),
    ("looking for ewan blake", "name ewan blake", "looking for"),
    ("ewan blake 12/3/15", "name ewan blake", "12/3/15"),
    ("ewan blake 31/2/2015", "name ewan blake", "31/2/2015"),
    ("khan mohammed 1/1/1900", "name khan mohammed", "1/1/1900"),
    ("ewan blake 12/3/2015 13/3/2015", "name ewan blake · born 12 March 2015", "13/3/2015"),
    ("ewan blake NX9 NX4", "name ewan blake · postcode NX9", "NX4"),
    ("x1x1x1 ewan", "name ewan", "x1x1x1"),
    ("ewan blake ????", "name ewan blake", ""),
    ("🙂 ewan blake", "name ewan blake", ""),
    ("[Blake] {Ewan}", "name Blake Ewan", ""),
    ('"Ewan Blake"', "name Ewan Blake", ""),
    ("singh, jaswinder kaur 7/1988", "name singh, jaswinder kaur · born July 1988", ""),
    (
        "O'Neil-Brown, Saoirse-Mae 9y NX4",
        "name O'Neil-Brown, Saoirse-Mae · aged 9 · postcode NX4",
        "",
    ),
    ("jane hill 7", "name jane hill · aged 7", ""),
    ("7 jane hill NX9", "name jane hill · aged 7 · postcode NX9", ""),
    ("Blake, Ewan, James", "name Blake, Ewan James", ""),
    ("ewan blake unknown dob", "name ewan blake", "unknown dob"),
    (
        "Ewan Blake, 12/03/2015, 4 High Street, Northtown, NX9 2GG",
        "name Ewan Blake · born 12 March 2015 · address 4 High Street · postcode NX9 2GG",
        "Northtown",
    ),
]

PASTED = """From: Emergency Duty
Child\u2019s name: Ewan Blake
DOB:\u00a012/03/2015
Address: 4 High Street
Northtown
NX9\u00a02GG
NHS Number: 943\u200b 476 5919
Mum\u2019s mobile: +44 (0)7700 900123
"""

PIECES = (
    "12/3/2015 03/2015 2015 9 9yo age NX9 NX92GG 943 476 5919 9434765918 07700 900123 +44 (0)",
    "P999200020005 CSC-0000001 1234567 4 High Street, Hill Walk born dob name: surname: name of",
    "surname Blake Ewan O\u2019Brien nee aka about mum , ; \n \u00b7 * ? ( ) / - . x1x1x1",
    "31/2/2015 address ref case Mc de a e yr 8-9 6/12 \u00a0 \u200b Flat A1 BD3 yrs tel march",
)
PARTS = st.sampled_from(" ".join(PIECES).split(" "))
TEXTS = st.lists(PARTS, max_size=12).map(" ".join) | st.text(max_size=120)
PLAIN_NAMES = st.lists(
    st.sampled_from(["Blake", "ewan", "O'Brien", "Saoirse-Mae", "khan", "Wi\u015bniewska", "Linh"]),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(("text", "asked", "unread"), TYPED)
def test_what_is_typed_at_night_is_read(text: str, asked: str, unread: str) -> None:
    found = reading(text, as_of=TODAY)

    assert (said(found), " ".join(found.unread)) == (asked, unread)


def test_an_e_mail_is_read_by_its_labels() -> None:
    found = reading(PASTED, as_of=TODAY)

    assert said(found) == (
        "name Ewan Blake \u00b7 born 12 March 2015 \u00b7 address 4 High Street \u00b7 "
        "postcode NX9 2GG \u00b7 NHS number 9434765919 \u00b7 phone 07700900123"
    )
    assert found.unread == ("Northtown", "From", "Emergency", "Duty", "Mum's")


def test_surname_and_forename_may_be_called_so() -> None:
    found = reading("Surname: Blake\nForename: Ewan\nDOB 12/3/2015", as_of=TODAY)

    assert said(found) == "name Blake, Ewan \u00b7 born 12 March 2015"


def test_words_beyond_what_the_index_reads_are_said_back() -> None:
    found = reading("ann bea cat dot eve fay gay hal", as_of=TODAY)

    assert (said(found), found.unread) == ("name ann bea cat dot eve fay", ("gay", "hal"))


@given(TEXTS)
def test_nothing_typed_is_an_error_and_its_words_read_the_same_again(text: str) -> None:
    found = reading(text, as_of=TODAY)

    again = reading(said(found), as_of=TODAY)

    assert (again.query, again.references) == (found.query, found.references)


@given(PLAIN_NAMES, st.sampled_from(["", " 12/3/2015", ", NX9 2GG", " aged 9", "\n07700 900123"]))
def test_no_name_is_lost_silently(names: list[str], rest: str) -> None:
    found = reading(" ".join(names) + rest, as_of=TODAY)

    told = f"{found.query.forenames} {found.query.surname} {' '.join(found.unread)}".split()
    assert sorted(told) == sorted(names)


@given(st.text(alphabet="abz \u00e9\u0142', -", max_size=LONGEST_TEXT))
def test_every_word_of_letters_is_asked_or_said_back(text: str) -> None:
    found = reading(text, as_of=TODAY)

    told = f"{found.query.forenames} {found.query.surname} {' '.join(found.unread)}"
    letters = re.compile(r"[^\W\d_]+")
    assert sorted(letters.findall(told)) == sorted(letters.findall(tidied(text)))


@given(st.dates(min_value=date(1900, 1, 2), max_value=date(2026, 2, 28)))
def test_every_date_is_read_day_first(born: date) -> None:
    found = reading(f"ewan {born:%d/%m/%Y}", as_of=TODAY)

    assert found.query.birth == born

"""The pages on which a service lead sends a list, reads the report on it and has it taken."""

import os
import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

from tests.operations.extracts_world import file_of, line, many
from tests.operations.workbook_files import workbook_of
from tests.town import Town
from tests.web.sending_desk import lead_of
from tests.web.walks import ASHA, browser

GOOD = many(30)
BAD = line("TEN/7", date_of_birth="1/1/99", surname="=2+5")


def test_a_list_is_checked_then_taken_and_the_file_is_gone(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.send(file_of(*GOOD)).location
    waiting = lead.client.get(address).text
    [kept] = lead.kept()
    mode = kept.stat().st_mode & 0o777
    lead.work()
    checked = lead.client.get(address).text
    asked = lead.client.send(f"{address}/take")
    lead.work()

    done = lead.client.get(address).text

    assert 'http-equiv="refresh"' in waiting
    assert "Waits to be checked" in waiting
    assert mode == 0o600
    assert "Waits for you to take it" in checked
    assert asked.location == address
    assert "Whoever looks now is told what it says" in done
    assert lead.kept() == []
    assert "It had 30 lines" in lead.client.get("/extracts").text


def test_nothing_is_seen_before_it_is_taken(canary: Town) -> None:
    lead = lead_of(canary)
    lead.checked(file_of(*GOOD))
    lead.client.get("/upkeep")

    answer = lead.client.send("/upkeep/find", reference="TEN/1000")

    assert answer.location == "/upkeep?said=not_found"


def test_what_was_taken_stands_on_the_services_own_desk(canary: Town) -> None:
    lead = lead_of(canary)
    lead.taken(workbook_of(*GOOD))
    lead.client.get("/upkeep")

    answer = lead.client.send("/upkeep/find", reference="TEN/1000")

    assert re.fullmatch(r"/upkeep/\d+", answer.location)


def test_refused_lines_come_back_in_the_senders_own_columns_with_why(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.checked(file_of(*GOOD, BAD))
    report = lead.client.get(address).text

    answer = lead.client.get(f"{address}/refused")

    header, row = answer.data.decode("utf-8-sig").splitlines()
    assert "date_of_birth" in report
    assert header.startswith("source_reference,nhs_number")
    assert header.endswith(",reason")
    assert row.startswith("TEN/7,,Leah,'=2+5,")
    assert "line 32: date_of_birth: must be a day such as 27/03/2015; surname: has no" in row
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_mended_line_is_read_without_its_apostrophe(canary: Town) -> None:
    lead = lead_of(canary)
    quoted = line("TEN/8", surname="'-Blake", practitioner_phone="'+44 1632 960123")

    address = lead.checked(file_of(*GOOD, quoted))

    assert "Refused" in lead.client.get(address).text
    assert lead.client.get(f"{address}/refused").status_code == 404


def test_the_report_tells_nothing_of_whom_others_know(canary: Town) -> None:
    lead = lead_of(canary)
    page = lead.client.get(lead.checked(file_of(*GOOD))).text

    assert not re.search(r"linked|new people|to match", page, re.IGNORECASE)


def test_a_list_that_blanks_the_service_is_stopped_until_its_number_is_typed(canary: Town) -> None:
    lead = lead_of(canary)
    lead.taken(file_of(*GOOD))
    blanked = file_of(*(each | {"practitioner_phone": "", "practitioner_email": "",
                                "team_duty_line": ""} for each in GOOD))  # fmt: skip
    address = lead.checked(blanked)
    report = lead.client.get(address).text
    plainly = lead.client.send(f"{address}/take")
    page = lead.client.get(f"{address}/although").text
    wrong = lead.client.send(f"{address}/although", number="123456")
    lead.work()
    before = lead.client.get("/extracts").text

    right = lead.client.send(f"{address}/although", number=lead.number(page))
    lead.work()

    assert "was stopped" in report
    assert "Take it</button>" not in report
    assert plainly.location == "/extracts?said=not_so_now"
    assert "Type the number as it stands above" in wrong.text
    assert "Stopped" in before
    assert right.location == address
    assert "Whoever looks now" in lead.client.get(address).text


def test_a_list_of_which_too_much_is_refused_cannot_be_taken_but_mended(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.checked(
        file_of(*GOOD, *(BAD | {"source_reference": f"B/{n}"} for n in range(9)))
    )

    page = lead.client.get(address).text

    assert "Too many lines are refused" in page
    assert "Take it</button>" not in page
    assert lead.client.send(f"{address}/take").location == "/extracts?said=not_so_now"
    assert lead.client.get(f"{address}/refused").data.count(b"line ") == 9


def test_a_file_that_cannot_be_read_is_refused_and_not_kept(canary: Town) -> None:
    lead = lead_of(canary)
    page = lead.client.get(lead.checked(b"PK\x03\x04 nothing"))

    assert "is a workbook that is broken" in page.text
    assert lead.kept() == []


def test_what_is_missing_is_said_at_its_box_and_nothing_is_kept(canary: Town) -> None:
    lead = lead_of(canary)
    lead.client.get("/extracts/send")

    empty = lead.client.send("/extracts/send")
    to_come = lead.send(file_of(*GOOD), as_of="24/11/2026")
    no_day = lead.send(file_of(*GOOD), as_of="soon")
    too_old = lead.send(file_of(*GOOD), as_of="1/1/2026")

    assert empty.status_code == to_come.status_code == no_day.status_code == 422
    assert "Choose the file" in empty.text
    assert "Enter the day the list speaks of" in empty.text
    assert "must not be after today" in to_come.text
    assert "before that of the list in use" in too_old.text
    assert lead.kept() == []


def test_a_file_that_is_too_large_is_refused_unread_and_nothing_of_it_is_kept(canary: Town) -> None:
    lead = lead_of(canary)
    lead.client.get("/extracts/send")

    answer = lead.client.post(
        "/extracts/send",
        content_type="multipart/form-data; boundary=a",
        environ_overrides={"CONTENT_LENGTH": "1000000000"},
    )

    assert answer.status_code == 413
    assert lead.kept() == []


def test_no_other_page_takes_a_file_or_so_much(canary: Town) -> None:
    lead = lead_of(canary)
    lead.client.get("/extracts/headings")

    answer = lead.client.post("/extracts/headings", data={"heading": "a" * 70_000})

    assert answer.status_code == 413


def test_whoever_may_not_send_brings_no_file(canary: Town) -> None:
    client = browser(canary.app, ASHA)
    client.get("/session")

    answer = client.send("/extracts/send", file=(BytesIO(bytes(100_000)), "list.csv"))

    assert answer.status_code == 413
    assert not (canary.settings.data / "sent").exists()


def test_a_newer_file_replaces_one_that_waits(canary: Town) -> None:
    lead = lead_of(canary)
    first = lead.checked(file_of(*GOOD))

    second = lead.checked(file_of(*GOOD, line("TEN/9")))
    late = lead.client.send(f"{first}/take")

    assert late.location == "/extracts?said=not_so_now"
    assert "somebody of your service was first" in lead.client.get(late.location).text
    assert "thrown away" in lead.client.get(first).text
    assert len([each for each in lead.kept() if each.suffix == ".sent"]) == 1
    assert "Waits for you" in lead.client.get(second).text


def test_a_file_is_thrown_away_when_its_sender_says_so(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.checked(file_of(*GOOD))
    lead.client.get(address)

    answer = lead.client.send(f"{address}/away")
    again = lead.client.send(f"{address}/away")

    assert answer.location == "/extracts?said=thrown_away"
    assert "Nothing of it was taken" in lead.client.get(answer.location).text
    assert again.location == "/extracts?said=not_so_now"
    assert lead.client.get(f"{address}/refused").status_code == 404
    assert not [each for each in lead.kept() if each.suffix == ".sent"]


def test_a_file_is_kept_for_a_day_at_most(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.checked(file_of(*GOOD))
    lead.town.clock.pass_by(timedelta(hours=25))

    lead.work()

    assert lead.kept() == []
    assert "Not taken, and thrown away" in lead_of(lead.town).client.get(address).text


def test_the_last_list_is_taken_back_once_it_is_checked(canary: Town) -> None:
    lead = lead_of(canary)
    lead.taken(file_of(*GOOD))
    page = lead.client.get("/extracts/undo").text
    seen = re.search(r'name="seen" value="([\d-]+)"', page)
    assert seen

    undone = lead.client.send("/extracts/undo", seen=seen[1])
    twice = lead.client.send("/extracts/undo", seen=seen[1])
    lead.work()

    assert "had 30 lines" in page
    assert twice.location == "/extracts?said=busy"
    assert "Taken back" in lead.client.get(undone.location).text
    assert lead.client.send("/extracts/undo", seen="soon").location.endswith("not_so_now")
    assert lead.client.send("/upkeep/find", reference="TEN/1000").location.endswith("not_found")


def test_another_list_waits_until_the_first_is_taken(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.checked(file_of(*GOOD))
    lead.client.get(address)
    lead.client.send(f"{address}/take")

    answer = lead.send(file_of(*GOOD))

    assert answer.location == "/extracts?said=busy"
    assert "Wait until it is done" in lead.client.get(answer.location).text


def test_one_press_is_enough(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.checked(file_of(*GOOD))
    lead.client.get(address)
    lead.client.send(f"{address}/take")

    again = lead.client.send(f"{address}/take")

    assert again.location == "/extracts?said=not_so_now"


def test_what_another_service_or_nobody_sent_is_not_there(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.checked(file_of(*GOOD))
    nobody = f"/extracts/{uuid4()}"
    stranger = browser(lead.town.app, ASHA)

    assert stranger.get(address).status_code == 403
    assert lead.client.get(nobody).status_code == 404
    for path in ("take", "although", "away"):
        assert lead.client.send(f"{nobody}/{path}").status_code == 404
    for path in ("although", "refused"):
        assert lead.client.get(f"{nobody}/{path}").status_code == 404
    assert lead.client.get(f"{address}/although").status_code == 404


def test_how_far_it_is_stands_on_the_page(canary: Town) -> None:
    lead = lead_of(canary)
    address = lead.send(file_of(*GOOD)).location
    reference = address.rpartition("/")[2]
    lead.folder.tell(UUID(reference), 30, 120)

    page = lead.client.get(address).text

    assert "25 % of the file is read" in page


def test_the_services_own_headings_are_said_once(canary: Town) -> None:
    lead = lead_of(canary)
    renamed = [{"Tenancy no": each["source_reference"], **each} for each in GOOD]
    for each in renamed:
        del each["source_reference"]
    before = lead.client.get(lead.checked(file_of(*renamed))).text
    lead.client.get("/extracts/headings")

    refused = lead.client.send("/extracts/headings", heading="Risk level", column="house")
    nothing = lead.client.send("/extracts/headings")
    kept = lead.client.send("/extracts/headings", heading="Tenancy no", column="source_reference")
    after = lead.client.get(lead.checked(file_of(*renamed))).text

    assert "is missing from the header" in before
    assert "what is never held here" in refused.text
    assert "Choose which column it is" in nothing.text
    assert "tenancy_no" in lead.client.get(kept.location).text
    assert "Waits for you to take it" in after
    for _ in range(2):
        lead.client.send("/extracts/headings/forget", heading="Tenancy no")
    assert "tenancy_no" not in lead.client.get("/extracts/headings").text


def test_a_file_that_never_arrived_whole_is_swept_away(canary: Town) -> None:
    lead = lead_of(canary)
    stray = lead.folder.arriving("f" * 32)
    stray.touch()
    os.utime(stray, (0, 0))

    lead.work()

    assert lead.kept() == []

"""Programmes send by the API: taken or refused, and never told about whom."""

from collections.abc import Mapping

import pytest

from directory.domain.vocabulary import Scope, Service
from directory.operations import programmes
from tests.api.programmes import Programme, programme, take, told
from tests.town import Town

KIT = {
    "name": "Kit Vale", "role": "Housing officer", "phone": "020 7946 0111",
    "email": "kit.vale@homes.example", "organisation_reference": "HH",
    "organisation_name": "Hillside Homes", "team_reference": "T-9", "team_name": "North patch",
    "team_duty_line": "020 7946 0112",
}  # fmt: skip
JOSIE = {
    "forenames": "Josie", "surname": "Quill", "date_of_birth": "1988-05-04", "house": "7",
    "street": "Larkfield Way", "postcode": "NX4 9ZZ", "started": "2026-10-01",
    "last_involved": "2026-11-12", "team_reference": "T-9", "practitioner_reference": "P-9",
}  # fmt: skip
ONE = "involvements/HSG/9001"


def desk(town: Town, service: Service = Service.HOUSING) -> Programme:
    """Return a programme of a service, which has sent its one practitioner."""
    client = programme(town, service=service)
    assert client.put_json("practitioners/P-9", KIT).status_code == 201
    return client


def test_an_involvement_is_sent_changed_and_refused_when_stale(canary: Town) -> None:
    client = desk(canary)

    new = client.put_json(ONE, JOSIE, If_None_Match="*")
    taken = take(canary)
    later = client.put_json(ONE, JOSIE | {"last_involved": "2026-11-20"}, If_Match='"1"')
    stale = client.put_json(ONE, JOSIE, If_Match='"1"')
    there = client.put_json(ONE, JOSIE, If_None_Match="*")

    assert (new.status_code, new.headers["ETag"]) == (201, '"1"')
    assert told(new) == {"source_reference": "HSG/9001", "outcome": "taken", "revision": "1"}
    assert (taken, later.status_code, later.headers["ETag"]) == (1, 200, '"2"')
    assert (stale.status_code, there.status_code) == (412, 412)


def test_many_are_answered_one_by_one_and_again_alike(canary: Town) -> None:
    client, key = desk(canary), "night-2026-11-23"
    body = {
        "lines": [
            JOSIE | {"source_reference": "A-1"},
            JOSIE | {"source_reference": "A-2", "surname": "7", "postcode": "soon"},
            JOSIE | {"source_reference": "A-3", "revision": "4"},
        ]
    }

    first = client.post_json("involvements:upsert", body, Idempotency_Key=key)
    again = client.post_json("involvements:upsert", body, Idempotency_Key=key)
    other = client.post_json(
        "involvements:upsert", {"lines": body["lines"][:1]}, Idempotency_Key=key
    )

    assert (first.status_code, first.data) == (200, again.data)
    assert [each["outcome"] for each in told(first)["lines"]] == ["taken", "refused", "stale"]
    assert {each["field"] for each in told(first)["lines"][1]["faults"]} == {"surname", "postcode"}
    assert (told(first)["taken"], other.status_code) == (1, 409)
    assert told(other)["type"] == "urn:directory:key-used-otherwise"
    assert take(canary) == 1


def test_practitioners_are_sent_in_the_same_ways(canary: Town) -> None:
    client = desk(canary)
    tag = client.put_json("practitioners/P-9", KIT).headers["ETag"]

    changed = client.put_json("practitioners/P-9", KIT | {"left_on": "2026-11-20"}, If_Match=tag)
    stale = client.put_json("practitioners/P-9", KIT, If_Match=tag)
    refused = client.put_json("practitioners/P-8", KIT | {"phone": "0"})
    many = client.post_json(
        "practitioners:upsert",
        {"practitioners": [KIT | {"source_reference": "P-7", "name": "Nia Rowe"}]},
        Idempotency_Key="abcdefgh",
    )

    assert (changed.status_code, stale.status_code, refused.status_code) == (200, 412, 422)
    assert [each["field"] for each in told(refused)["faults"]] == ["phone"]
    assert (many.status_code, told(many)["taken"]) == (200, 1)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {}, 400),
        (b"\xff", {}, 400),
        ('"\\ud800"', {}, 400),
        ("[]", {}, 422),
        ("null", {}, 422),
        ({}, {}, 422),
        (JOSIE | {"ethnicity": "x"}, {}, 422),
        (JOSIE | {"date_of_birth": 5}, {}, 422),
        (JOSIE | {"surname": "x" * 121}, {}, 422),
        (JOSIE | {"surname": "Qu\0ill"}, {}, 422),
        (JOSIE | {"team_reference": "nowhere"}, {}, 422),
        (JOSIE, {"If_Match": "3"}, 400),
        (JOSIE, {"If_Match": '"1"', "If_None_Match": "*"}, 400),
        (JOSIE, {"If_None_Match": '"1"'}, 400),
    ],
)
def test_what_cannot_be_read_or_cannot_be_so_is_a_problem(
    canary: Town, body: object, headers: Mapping[str, str], status: int
) -> None:
    answer = desk(canary).put_json(ONE, body, **headers)

    assert answer.status_code == status
    assert set(told(answer)) - {"faults"} == {"type", "title", "status", "support_id"}
    for word in ("Quill", "ethnicity", "xxx", "nowhere"):
        assert word not in answer.text


def test_a_form_an_unfit_reference_and_too_much_are_problems(canary: Town) -> None:
    client = desk(canary)

    form = client.put(f"/api/v1/{ONE}", data={"a": "b"})
    unfit = client.put_json("involvements/%00", JOSIE)
    too_much = client.put_json(ONE, b" " * (2 * 1024 * 1024 + 1))
    keyless = client.post_json("involvements:upsert", {"lines": []})
    too_many = client.post_json(
        "involvements:upsert",
        {"lines": [JOSIE | {"source_reference": f"A-{n}"} for n in range(1001)]},
        Idempotency_Key="abcdefgh",
    )

    statuses = [each.status_code for each in (form, unfit, too_much, keyless, too_many)]
    assert statuses == [415, 422, 413, 400, 422]


def test_a_reference_may_have_two_slashes(canary: Town) -> None:
    answer = desk(canary).put_json("involvements/HSG//1", JOSIE)

    assert (answer.status_code, told(answer)["source_reference"]) == (201, "HSG//1")


def test_what_has_no_key_or_another_s_is_told_to_bring_one(canary: Town) -> None:
    client = desk(canary)
    key, client.key = client.key, ""
    end = key[:-1] + ("0" if key[-1] != "0" else "1")

    answers = [
        client.put_json(ONE, JOSIE, Authorization=value)
        for value in ("", f"Basic {key}", "Bearer", "Bearer x", f"Bearer {end}")
    ]

    assert {each.status_code for each in answers} == {401}
    assert [each.headers["WWW-Authenticate"] for each in answers] == [
        "Bearer", "Bearer", *['Bearer error="invalid_token"'] * 3,
    ]  # fmt: skip
    assert client.put_json(ONE, JOSIE, Authorization=f"bearer {key}").status_code == 201


def test_a_key_that_ended_or_a_programme_that_was_disabled_opens_nothing(canary: Town) -> None:
    client, other = desk(canary), programme(canary)
    access = canary.operator()
    kept = programmes.view_programme(canary.ledger, access, programme=client.reference)
    programmes.end_key(
        canary.ledger, access, programme=client.reference, key=kept.keys[0].reference
    )
    programmes.disable_programme(canary.ledger, access, programme=other.reference)

    assert client.put_json(ONE, JOSIE).status_code == 401
    assert other.put_json(ONE, JOSIE).status_code == 401
    assert kept.keys[0].last_used == access.today


def test_a_scope_that_is_missing_is_named(canary: Town) -> None:
    client = programme(canary, scopes=frozenset({Scope.PRACTITIONERS_WRITE}))

    answer = client.put_json(ONE, JOSIE)

    assert answer.status_code == 403
    assert 'scope="involvements:write"' in answer.headers["WWW-Authenticate"]


def test_children_s_social_care_is_told_to_send_its_file(canary: Town) -> None:
    answer = desk(canary, Service.CHILDRENS_SOCIAL_CARE).put_json(ONE, JOSIE)

    assert (answer.status_code, told(answer)["type"]) == (403, "urn:directory:by-file-alone")


def test_whoever_asks_too_often_is_told_when_to_come_back(canary: Town) -> None:
    client = desk(canary)
    statuses = [client.put_json(ONE, "{").status_code for _ in range(600)]

    last = client.put_json(ONE, JOSIE)

    assert set(statuses[:599]) == {400}
    assert (last.status_code, last.headers["Retry-After"]) == (429, "1")


def test_addresses_and_methods_that_are_none_are_problems(canary: Town) -> None:
    client = programme(canary)

    nothing, root, method = (
        client.get("/api/v1/nothing"), client.get("/api"), client.get(f"/api/v1/{ONE}"),
    )  # fmt: skip

    assert [each.status_code for each in (nothing, root, method)] == [404, 404, 405]
    assert method.headers["Allow"] == "PUT"

"""Whatever is asked, by whoever, is answered as the description says."""

from tests.api.fuzzing import fuzz
from tests.town import Town


def test_the_api_answers_every_client_as_it_is_described(canary: Town) -> None:
    canary.app.config["CANARIES"] = ()  # what answers tell is tested elsewhere

    found = fuzz(canary, most=150)

    assert {status for _, status in found if status >= 500} == set()
    assert {status for who, status in found if who == "none"} == {401}
    assert {200, 201, 422} <= {status for who, status in found if who == "whole"}

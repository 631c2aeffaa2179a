"""Which texts about services may be found by their words."""

import pytest

from directory.domain.texts import Text, TextKind
from directory.domain.vocabulary import Service
from directory.policy.texts import may_be_indexed


def text(kind: TextKind, service: Service, *, team_only: bool = False) -> Text:
    return Text(kind=kind, reference="1", name="A name", service=service, team_only=team_only)


@pytest.mark.parametrize("kind", [TextKind.TEAM, TextKind.PRACTITIONER_ROLE])
def test_no_team_and_no_role_of_a_sensitive_service_is_found(kind: TextKind) -> None:
    assert not may_be_indexed(text(kind, Service.SENSITIVE))
    assert may_be_indexed(text(kind, Service.HOUSING))


@pytest.mark.parametrize("kind", [TextKind.TEAM, TextKind.SERVICE])
def test_a_service_that_shows_teams_only_is_found_but_for_its_roles(kind: TextKind) -> None:
    assert may_be_indexed(text(kind, Service.POLICE, team_only=True))
    assert not may_be_indexed(text(TextKind.PRACTITIONER_ROLE, Service.POLICE, team_only=True))

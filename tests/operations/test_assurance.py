"""An organisation whose assurance lapsed sees nobody, but for urgent work and in an emergency."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound
from directory.domain.assurance import AMBER
from directory.domain.gates import GateFault, GateState, OfOrganisation
from directory.domain.vocabulary import Purpose, State
from directory.operations import assurance, gates
from directory.operations.relationships import ReasonMissing
from directory.policy.gates import GatesClosed, OrganisationSuspended
from directory.store.agencies import AgencyStore
from tests.factories import COUNCIL, HOMES, TODAY, reference
from tests.operations.accounts_world import World
from tests.operations.audit_world import asha, council, ines
from tests.operations.test_lapsed import in_emergency, looking, states

BEGINS_WITH = council
OVER, WARNED, SOON = TODAY - AMBER, TODAY - timedelta(days=1), TODAY + timedelta(days=60)


def assured(here: World, until: date) -> None:
    """Let the council be assured until a day, which may have passed."""
    with here.database.writing() as connection:
        AgencyStore(connection).assure(COUNCIL, until=until, evidence="DSPT-1")


def looks(here: World, access: Access, purpose: Purpose) -> UUID:
    """Look at Ewan's family."""
    return looking(here, access, purpose)


def test_while_it_holds_or_is_warned_of_everything_is_seen(here: World) -> None:
    access = asha(here)
    seen = []
    for until in (SOON, WARNED):
        assured(here, until)
        seen.append(states(here, access, looks(here, access, Purpose.CHILD_IN_NEED)))

    assert seen[0] == seen[1] != {State.CONTACT_THROUGH_BROKER}


def test_what_can_wait_closes_when_it_lapses_and_what_cannot_keeps_the_common_lines(
    here: World,
) -> None:
    access = asha(here)
    where = looks(here, access, Purpose.CHILD_IN_NEED)
    assured(here, OVER)

    with pytest.raises(GatesClosed) as closed:
        states(here, access, where)
    urgent = states(here, access, looks(here, access, Purpose.CHILD_PROTECTION))

    assert [each.gate for each in closed.value.closed] == [OfOrganisation.ASSURANCE]
    assert urgent == {State.CONTACT_THROUGH_BROKER}


def test_emergency_access_lifts_it(here: World) -> None:
    access = asha(here)
    assured(here, OVER)
    where = looks(here, access, Purpose.CHILD_PROTECTION)

    in_emergency(here, access, where)

    assert states(here, access, where) != {State.CONTACT_THROUGH_BROKER}


def test_a_renewal_opens_again_at_once(here: World) -> None:
    access = asha(here)
    where = looks(here, access, Purpose.CHILD_IN_NEED)
    assured(here, OVER)
    with pytest.raises(GatesClosed):
        states(here, access, where)

    assurance.assure(
        here.ledger, ines(here), organisation=COUNCIL, until=SOON, evidence="DSPT-2027"
    )

    assert states(here, access, where)


def test_everybody_sees_how_their_organisation_stands_once_it_is_asked(here: World) -> None:
    access = asha(here)
    before = {each.gate for each in gates.my_gates(here.ledger, access)}
    assured(here, WARNED)

    after = {each.gate: each.state for each in gates.my_gates(here.ledger, access)}

    assert OfOrganisation.ASSURANCE not in before
    assert after[OfOrganisation.ASSURANCE] is GateState.LAPSES_SOON


def suspended(here: World) -> Access:
    """Let an IG lead of another organisation suspend the council, and return their access."""
    other = replace(ines(here), organisation=HOMES)
    assurance.suspend(here.ledger, other, organisation=COUNCIL, why="a breach")
    return other


@pytest.mark.parametrize("purpose", [Purpose.CHILD_IN_NEED, Purpose.CHILD_PROTECTION])
def test_a_suspended_organisation_is_shown_nobody_whatever_the_purpose(
    here: World, purpose: Purpose
) -> None:
    access = asha(here)
    where = looks(here, access, purpose)
    suspended(here)

    with pytest.raises(OrganisationSuspended):
        states(here, access, where)
    with pytest.raises(OrganisationSuspended):
        looks(here, access, purpose)


def test_no_emergency_lifts_a_suspension_and_its_end_opens_again(here: World) -> None:
    access = asha(here)
    where = looks(here, access, Purpose.CHILD_PROTECTION)
    in_emergency(here, access, where)
    lead = suspended(here)
    with pytest.raises(OrganisationSuspended):
        states(here, access, where)

    assurance.restore(here.ledger, lead, organisation=COUNCIL)

    assert states(here, access, where)


def test_nobody_suspends_their_own_organisation_nor_without_a_reason(here: World) -> None:
    lead = ines(here)

    with pytest.raises(NotFound):
        assurance.suspend(here.ledger, lead, organisation=COUNCIL, why="a breach")
    with pytest.raises(ReasonMissing):
        assurance.suspend(
            here.ledger, replace(lead, organisation=HOMES), organisation=COUNCIL, why=" "
        )


def test_the_ig_lead_lists_what_ends_first_and_records_evidence(here: World) -> None:
    lead = ines(here)
    assurance.assure(here.ledger, lead, organisation=COUNCIL, until=SOON, evidence="DSPT-2027")

    first, *_ = assurance.list_assurances(here.ledger, lead)

    assert (first.organisation, first.until, first.evidence) == (COUNCIL, SOON, "DSPT-2027")
    with pytest.raises(GateFault):
        assurance.assure(here.ledger, lead, organisation=COUNCIL, until=TODAY, evidence="DSPT")
    with pytest.raises(NotFound):
        assurance.assure(
            here.ledger, lead, organisation=reference(404), until=SOON, evidence="DSPT"
        )

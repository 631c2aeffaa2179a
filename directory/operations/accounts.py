"""Look after accounts: create them, give and take roles, make the links that open them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import LINK_TERM, Account, Renewal, SecondFactor
from directory.domain.events import Event
from directory.domain.gates import LONGEST, Gate, given
from directory.domain.vocabulary import Role, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.passwords import Passwords, fault_of
from directory.operations.sessions import check_fresh
from directory.policy.permissions import Action, roles_conflict

PAGE = 100
COUNCIL_NAME = "council_name"
"""The fact about this instance that names its council."""

GRANTABLE = tuple(
    role for role in Role if role not in {Role.OPERATOR, Role.PROGRAMME, Role.VISITOR}
)
"""The roles an account may hold; the other three are nobody's to give."""


class AccountFault(Refused):
    """An account cannot be what was asked; the message says why."""


class EmailTaken(AccountFault):
    """Another account has the e-mail."""


class RolesConflict(AccountFault):
    """An administrator may hold no role that sees people."""


class NoRole(AccountFault):
    """An account would be left without a role, or given one that is nobody's to give."""


class UnknownOrganisation(AccountFault):
    """No organisation takes part under that reference."""


class UnknownPosting(AccountFault):
    """The service's extract names no such practitioner or team."""


class UnknownEmail(AccountFault):
    """Nobody has the e-mail."""


class LinkSpent(Refused):
    """The link was used, is too old, or never was."""


class WeakPassword(Refused):
    """The password is not good enough; the fault says why."""

    def __init__(self, fault: str) -> None:
        """Say the `fault` in words that follow "Password"."""
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPlan:
    """An account to be created.

    `organisation` is the council's own reference for it. `service` is the one whose extract names
    the user, by `practitioner` and perhaps by `team`: the service's own references, empty where
    the user is in no extract.
    """

    email: str
    display_name: str
    organisation: str
    roles: frozenset[Role]
    service: Service | None = None
    practitioner: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsPage:
    """Some of the accounts by name, with how many there are and every organisation's name."""

    accounts: tuple[Account, ...]
    count: int
    organisations: dict[UUID, str]


def list_accounts(ledger: Ledger, access: Access, *, page: int) -> AccountsPage:
    """Return one page of the accounts, counted from 1."""
    with _managing(ledger, access, Event.ACCOUNTS_LISTED) as work:
        return AccountsPage(
            accounts=work.accounts.listed(after=(page - 1) * PAGE, most=PAGE),
            count=work.accounts.count(),
            organisations=work.agencies.names(),
        )


def show_account(ledger: Ledger, access: Access, *, account: UUID) -> AccountsPage:
    """Return one account, or raise NotFound."""
    with _managing(ledger, access, Event.ACCOUNTS_LISTED) as work:
        found = work.accounts.account(account)
        if found is None:
            raise NotFound
        _note(work, found.reference)
        return AccountsPage(accounts=(found,), count=1, organisations=work.agencies.names())


def organisations(ledger: Ledger, access: Access) -> dict[str, str]:
    """Return the name of every organisation an account may belong to, by its reference."""
    with _managing(ledger, access, Event.ACCOUNTS_LISTED) as work:
        work.remark(words="organisations")
        names = work.agencies.names()
        known = {known_as: names[whose] for known_as, whose in work.agencies.references().items()}
        return dict(sorted(known.items(), key=lambda each: each[1]))


def find_account(ledger: Ledger, access: Access, *, email: str) -> UUID:
    """Return whose e-mail it is, or raise NotFound."""
    with _managing(ledger, access, Event.ACCOUNTS_LISTED) as work:
        found = work.accounts.by_email(email)
        if found is None:
            raise NotFound
        _note(work, found.reference)
        return found.reference


def create_account(
    ledger: Ledger,
    access: Access,
    *,
    plan: AccountPlan,
    rule: SecondFactor = SecondFactor.REQUIRED,
) -> UUID:
    """Create an account that nothing opens yet: it needs a link. Raises an AccountFault.

    Its roles are granted by it: raises FactorStale as grant_role does.
    """
    with _managing(ledger, access, Event.ACCOUNT_CREATED) as work:
        check_fresh(work, rule)
        return _created(work, plan)


def make_demonstration_account(
    ledger: Ledger, access: Access, *, plan: AccountPlan, password: str, passwords: Passwords
) -> None:
    """Create an account that `password` opens and that holds every gate, for the demonstration."""
    encoded = passwords.encoded(password)
    with _managing(ledger, access, Event.ACCOUNT_CREATED) as work:
        created = _created(work, plan)
        work.accounts.proofs.set_password(created, encoded)
        for gate in Gate:
            end = access.today + LONGEST
            work.gates.give(
                created, given(gate=gate, today=access.today, end=end, evidence="demonstration")
            )


def make_administrator(ledger: Ledger, access: Access, *, email: str, name: str) -> str:
    """Create the council's first administrator, and return the token of their one-time link."""
    with _managing(ledger, access, Event.ACCOUNT_CREATED) as work:
        plan = AccountPlan(
            email=email,
            display_name=name,
            organisation=_council(work),
            roles=frozenset({Role.ADMINISTRATOR}),
        )
        return _new_link(work, _created(work, plan))


def grant_role(
    ledger: Ledger,
    access: Access,
    *,
    account: UUID,
    role: Role,
    rule: SecondFactor = SecondFactor.REQUIRED,
) -> None:
    """Let the account act in `role`; its open sessions end, or RolesConflict is raised.

    Raises FactorStale where the administrator must first give their second factor again.
    """
    with _managing(ledger, access, Event.ROLE_GRANTED) as work:
        check_fresh(work, rule)
        held = _held(work, account)
        _check_roles(held.roles | {role})
        if role not in held.roles:
            work.accounts.grant(account, role)
            work.accounts.outdate(account)
        _note(work, account, role)


def remove_role(ledger: Ledger, access: Access, *, account: UUID, role: Role) -> None:
    """Let the account act in `role` no more; its open sessions end."""
    with _managing(ledger, access, Event.ROLE_REMOVED) as work:
        held = _held(work, account)
        if role in held.roles:
            _check_roles(held.roles - {role})
            work.accounts.take_away(account, role)
            work.accounts.outdate(account)
        _note(work, account, role)


def disable_account(ledger: Ledger, access: Access, *, account: UUID) -> None:
    """Let nobody sign in to the account, and end its sessions."""
    with _managing(ledger, access, Event.ACCOUNT_DISABLED) as work:
        _held(work, account)
        work.accounts.switch_off(account)
        work.accounts.outdate(account)
        work.accounts.end_sessions(account)
        _note(work, account)


def enable_account(ledger: Ledger, access: Access, *, account: UUID) -> None:
    """Let the account be signed in to again; its old sessions stay ended."""
    with _managing(ledger, access, Event.ACCOUNT_ENABLED) as work:
        _held(work, account)
        work.accounts.switch_on(account)
        _note(work, account)


def make_link(
    ledger: Ledger,
    access: Access,
    *,
    account: UUID,
    renewal: Renewal = Renewal.FORGOTTEN,
) -> str:
    """Return a token that sets the account's password, once, for LINK_TERM; older ones are void.

    With Renewal.LOST the password and the second factor are forgotten at once.
    """
    with _managing(ledger, access, Event.LINK_MADE) as work:
        _held(work, account)
        if renewal is Renewal.LOST:
            work.accounts.proofs.set_password(account, "")
            work.accounts.proofs.drop_second_factor(account)
            work.accounts.outdate(account)
        _note(work, account, renewal)
        return _new_link(work, account)


def make_link_for(ledger: Ledger, access: Access, *, email: str) -> str:
    """Return the token of a link for the account of `email`, or raise UnknownEmail."""
    with _managing(ledger, access, Event.LINK_MADE) as work:
        found = work.accounts.by_email(email)
        if found is None:
            raise UnknownEmail("nobody has this e-mail")
        _note(work, _held(work, found.reference).reference, Renewal.FORGOTTEN)
        return _new_link(work, found.reference)


def use_link(
    ledger: Ledger,
    access: Access,
    *,
    token: str,
    password: str,
    about: tuple[str, ...],
    passwords: Passwords,
) -> None:
    """Set the password of the account that `token` was made for; its open sessions end.

    The password may hold no word of its owner's names or of `about`, which others would try.
    Raises LinkSpent, or WeakPassword, after which the link still works.
    """
    encoded = passwords.encoded(password)
    with ledger.entry(access, Event.LINK_USED, action=Action.SESSION_HOLD) as work:
        reference = work.accounts.proofs.take_link(work.token_hash(token), access.at)
        if reference is None:
            raise LinkSpent
        _note(work, reference)
        holder = work.accounts.held(reference)
        if holder is None or holder.disabled:
            raise LinkSpent
        mailbox = holder.email.partition("@")[0]
        fault = fault_of(password, about=(mailbox, holder.display_name, *about))
        if fault:
            raise WeakPassword(fault)
        work.accounts.proofs.set_password(reference, encoded)
        work.accounts.proofs.forget_attempts(holder.email)
        work.accounts.outdate(reference)


def _managing(ledger: Ledger, access: Access, event: Event) -> AbstractContextManager[Work]:
    return ledger.entry(access, event, action=Action.ACCOUNTS_MANAGE)


def _held(work: Work, account: UUID) -> Account:
    """Return the account to be changed, which is never the administrator's own."""
    _note(work, account)
    if account == work.access.account:
        raise Refused
    held = work.accounts.held(account)
    if held is None:
        raise NotFound
    return held


def _check_roles(roles: frozenset[Role]) -> None:
    if not roles or not roles <= frozenset(GRANTABLE):
        raise NoRole("an account needs a role that may be given")
    if roles_conflict(roles):
        raise RolesConflict("an administrator may hold no role that sees people")


def _created(work: Work, plan: AccountPlan) -> UUID:
    """Keep the account that is planned, and return its reference."""
    _check_roles(plan.roles)
    if work.accounts.by_email(plan.email) is not None:
        raise EmailTaken("another account has this e-mail")
    organisation = work.agencies.references().get(plan.organisation)
    if organisation is None:
        raise UnknownOrganisation("no organisation takes part under this reference")
    practitioner, team = _posting(work, plan)
    created = Account(
        reference=work.new_reference(),
        email=plan.email,
        display_name=plan.display_name,
        organisation=organisation,
        roles=plan.roles,
        version=1,
        practitioner=practitioner,
        team=team,
        service=plan.service,
    )
    work.accounts.create(created)
    _note(work, created.reference, *sorted(plan.roles))
    return created.reference


def _council(work: Work) -> str:
    """Return the council's own reference for itself."""
    name = work.agencies.instance(COUNCIL_NAME)
    named = {whose: reference for reference, whose in work.agencies.references().items()}
    for whose, title in work.agencies.names().items():
        if title == name:
            return named[whose]
    raise UnknownOrganisation("the council itself is not among the organisations")


def _new_link(work: Work, account: UUID) -> str:
    token = work.new_reference().hex + work.new_reference().hex
    end = work.access.at + LINK_TERM
    work.accounts.proofs.keep_link(work.token_hash(token), account=account, end=end)
    return token


def _posting(work: Work, plan: AccountPlan) -> tuple[UUID | None, UUID | None]:
    if plan.service is None or not (plan.practitioner or plan.team):
        return None, None
    practitioner, team = work.accounts.posting(
        plan.service, practitioner=plan.practitioner, team=plan.team
    )
    if (plan.practitioner and practitioner is None) or (plan.team and team is None):
        raise UnknownPosting("the service's extract names no such practitioner or team")
    return practitioner, team


def _note(work: Work, account: UUID, *words: str) -> None:
    """Enter which account the act is about, and what was given or taken."""
    work.remark(words=" ".join((f"account {account.hex}", *words)))

"""Use cases of accounts. Each is one unit of work; failures that a user can cause raise ``AccountRefused``."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.auth import Principal
from shared.auth.jwt import ACCESS_TOKEN_SECONDS, AccessClaims, AccessTokenIssuer
from shared.clock import Clock
from shared.db import Sessions, UnitOfWork, unit_of_work
from shared.events.contracts.users import UserRegisteredV1, UserSignedInV1
from shared.ids import new_id
from subgraphs.users.domain import Registration, UserStatus, normalized_email, registration_problems
from subgraphs.users.errors import (
    AccountErrorCode,
    AccountProblem,
    AccountRefused,
    invalid_credentials,
    token_expired,
    token_invalid,
)
from subgraphs.users.models import Account, ConsentRow, SignInSession
from subgraphs.users.passwords import PasswordHasher
from subgraphs.users.refresh_tokens import (
    REFRESH_TOKEN_DAYS,
    SESSION_PREFIX,
    RefreshToken,
    new_refresh_token,
    parse_refresh_token,
)
from subgraphs.users.repository import UsersRepository
from subgraphs.users.roles import CUSTOMER, scopes_of

SOURCE: Final = "/users"

# A client that lost the answer, or two tabs at once, may send a token again. Within this time that is refused;
# later it is taken for theft, and the whole sign-in ends.
REUSE_GRACE: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client keeps after signing in."""

    access_token: str
    access_token_expires_at: datetime
    refresh_token: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A signed-in account with its tokens."""

    account: Account
    tokens: Tokens


class AccountService:
    """The use cases, given what they need of the outside."""

    def __init__(self, sessions: Sessions, clock: Clock, issuer: AccessTokenIssuer, hasher: PasswordHasher) -> None:
        self._sessions = sessions
        self._clock = clock
        self._issuer = issuer
        self._hasher = hasher

    async def register(self, registration: Registration) -> SignedIn:
        """Open an account and sign in to it. Raises AccountRefused with all that is wrong."""
        problems = registration_problems(registration)
        if problems:
            raise AccountRefused(*problems)
        account = self._new_account(registration, await self._hasher.hash(registration.password))
        async with self._work() as work:
            users = UsersRepository(work.session)
            if not await users.add_account(account):
                raise AccountRefused(_email_taken())
            await users.add_role(account.id, CUSTOMER)
            users.add_consents(_consents(account, registration))
            await work.outbox.add(
                account.id,
                UserRegisteredV1(
                    userId=account.id, displayName=account.display_name, language=account.preferred_language
                ),
            )
            await work.session.flush()
            return await self._start_session(work, account)

    async def sign_in(self, email: str, password: str) -> SignedIn:
        """Start a session. Raises AccountRefused alike for a wrong password and an unknown address."""
        account = await self._account_by_email(normalized_email(email))
        if not await self._hasher.verify(account.password_hash if account else None, password):
            raise invalid_credentials()
        if account is None or not UserStatus(account.status).may_sign_in:
            raise invalid_credentials()
        async with self._work() as work:
            return await self._start_session(work, account)

    async def refresh(self, text: str) -> SignedIn:
        """Exchange a refresh token for new tokens; each token works once. Raises AccountRefused."""
        token = parse_refresh_token(text)
        if token is None:
            raise token_invalid()
        async with self._work() as work:
            outcome = await self._exchange(work, token)
        if isinstance(outcome, AccountRefused):
            raise outcome
        return outcome

    async def sign_out(self, caller: Principal, *, everywhere: bool) -> None:
        """End the caller's sign-in, or all of them; access tokens live on for at most their five minutes."""
        assert caller.subject is not None
        async with self._work() as work:
            await UsersRepository(work.session).revoke_sessions(
                caller.subject, self._clock.now(), session_id=None if everywhere else caller.session_id
            )

    async def _exchange(self, work: UnitOfWork, token: RefreshToken) -> SignedIn | AccountRefused:
        """Returned, not raised: a refusal that ends the session has to be committed."""
        users, now = UsersRepository(work.session), self._clock.now()
        session = await users.session(token.session_id)
        if session is None or session.revoked_at is not None:
            return token_invalid()
        if session.expires_at <= now:
            return token_expired()
        if not await users.consume_refresh_token(session.id, token.secret_hash, now):
            await self._answer_reuse(users, session, token, now)
            return token_invalid()
        account = (await users.accounts([session.account_id]))[session.account_id]
        if not UserStatus(account.status).may_sign_in:
            return token_invalid()
        session.last_seen_at = now
        successor = new_refresh_token(session.id)
        await users.add_refresh_token(session.id, successor.secret_hash, now)
        return await self._signed_in(users, account, successor, now)

    async def _answer_reuse(
        self, users: UsersRepository, session: SignInSession, token: RefreshToken, now: datetime
    ) -> None:
        known = await users.refresh_token(session.id, token.secret_hash)
        if known is not None and known.used_at is not None and now - known.used_at > REUSE_GRACE:
            session.revoked_at = now

    async def _start_session(self, work: UnitOfWork, account: Account) -> SignedIn:
        users, now = UsersRepository(work.session), self._clock.now()
        session = SignInSession(
            id=new_id(SESSION_PREFIX),
            account_id=account.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=REFRESH_TOKEN_DAYS),
        )
        token = new_refresh_token(session.id)
        await users.add_session(session, token.secret_hash)
        await users.record_sign_in(account.id, now)
        await work.outbox.add(account.id, UserSignedInV1(userId=account.id, sessionId=session.id))
        return await self._signed_in(users, account, token, now)

    async def _signed_in(
        self, users: UsersRepository, account: Account, refresh: RefreshToken, now: datetime
    ) -> SignedIn:
        roles = (await users.role_codes([account.id])).get(account.id, ())
        scopes = scopes_of(roles)
        claims = AccessClaims(
            subject=account.id,
            scopes=frozenset(scopes),
            roles=frozenset(roles),
            session_id=refresh.session_id,
            email_verified=account.email_verified,
        )
        return SignedIn(
            account,
            Tokens(
                access_token=self._issuer.issue(claims, now=int(now.timestamp())),
                access_token_expires_at=now + timedelta(seconds=ACCESS_TOKEN_SECONDS),
                refresh_token=refresh.text,
                scopes=scopes,
            ),
        )

    async def _account_by_email(self, email: str) -> Account | None:
        async with self._sessions() as session:
            return (await UsersRepository(session).accounts_by_email([email])).get(email)

    def _new_account(self, registration: Registration, password_hash: str) -> Account:
        return Account(
            id=new_id("usr"),
            email=normalized_email(registration.email),
            password_hash=password_hash,
            display_name=registration.display_name,
            first_name=registration.first_name,
            last_name=registration.last_name,
            status=UserStatus.PENDING_VERIFICATION,
            preferred_language=registration.language,
            preferred_currency=registration.currency,
            created_at=self._clock.now(),
        )

    def _work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return unit_of_work(self._sessions, source=SOURCE, clock=self._clock)


def _consents(account: Account, registration: Registration) -> list[ConsentRow]:
    given = {"TERMS": True, "MARKETING": registration.marketing_consent}
    return [
        ConsentRow(
            account_id=account.id,
            purpose=purpose,
            given_at=account.created_at,
            granted=granted,
            document_version=registration.accepted_terms_version,
            source="registration",
        )
        for purpose, granted in given.items()
    ]


def _email_taken() -> AccountProblem:
    return AccountProblem(
        AccountErrorCode.TAKEN, "An account with this address exists. Sign in instead.", ("input", "email")
    )

"""All SQL of the users database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from subgraphs.users.models import (
    Account,
    AccountRole,
    AddressRow,
    ConsentRow,
    RefreshTokenRow,
    SignInSession,
    WishlistItemRow,
)


class UsersRepository:
    """Queries and row changes inside one session; the unit of work that owns the session commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def accounts(self, ids: Collection[str]) -> dict[str, Account]:
        """Accounts by id; unknown ids are missing."""
        rows = await self._session.scalars(select(Account).where(col(Account.id).in_(ids)))
        return {account.id: account for account in rows}

    async def accounts_by_email(self, emails: Collection[str]) -> dict[str, Account]:
        """Accounts by normalized address."""
        rows = await self._session.scalars(select(Account).where(col(Account.email).in_(emails)))
        return {account.email: account for account in rows}

    async def add_account(self, account: Account) -> bool:
        """False when the address is taken; nothing was added then."""
        statement = insert(Account).values(account.model_dump()).on_conflict_do_nothing(index_elements=["email"])
        added = await self._session.scalar(statement.returning(col(Account.id)))
        return added is not None

    async def add_role(self, account_id: str, role_code: str) -> None:
        self._session.add(AccountRole(account_id=account_id, role_code=role_code))

    async def role_codes(self, account_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Codes of roles by account id, in order."""
        statement = (
            select(col(AccountRole.account_id), col(AccountRole.role_code))
            .where(col(AccountRole.account_id).in_(account_ids))
            .order_by(col(AccountRole.role_code))
        )
        found: dict[str, tuple[str, ...]] = {}
        for account_id, code in await self._session.execute(statement):
            found[account_id] = (*found.get(account_id, ()), code)
        return found

    async def addresses(self, account_ids: Collection[str]) -> dict[str, list[AddressRow]]:
        """Address books by account id, oldest entry first."""
        statement = select(AddressRow).where(col(AddressRow.account_id).in_(account_ids)).order_by(col(AddressRow.id))
        found: dict[str, list[AddressRow]] = {}
        for address in await self._session.scalars(statement):
            found.setdefault(address.account_id, []).append(address)
        return found

    async def wished_products(self, account_id: str, product_ids: Collection[str]) -> frozenset[str]:
        """Which of ``product_ids`` stand on a wishlist of the account."""
        statement = (
            select(col(WishlistItemRow.product_id))
            .where(col(WishlistItemRow.account_id) == account_id, col(WishlistItemRow.product_id).in_(product_ids))
            .distinct()
        )
        return frozenset(await self._session.scalars(statement))

    def add_consents(self, consents: Sequence[ConsentRow]) -> None:
        self._session.add_all(consents)

    async def record_sign_in(self, account_id: str, now: datetime) -> None:
        statement = update(Account).where(col(Account.id) == account_id).values(last_login_at=now)
        await self._session.execute(statement)

    async def add_session(self, session: SignInSession, secret_hash: str) -> None:
        """A new sign-in with its first refresh token."""
        self._session.add(session)
        await self._session.flush()
        self._session.add(RefreshTokenRow(session_id=session.id, secret_hash=secret_hash, issued_at=session.created_at))

    async def add_refresh_token(self, session_id: str, secret_hash: str, now: datetime) -> None:
        self._session.add(RefreshTokenRow(session_id=session_id, secret_hash=secret_hash, issued_at=now))

    async def consume_refresh_token(self, session_id: str, secret_hash: str, now: datetime) -> bool:
        """True for exactly one caller per token, however many come at once."""
        statement = (
            update(RefreshTokenRow)
            .where(
                col(RefreshTokenRow.session_id) == session_id,
                col(RefreshTokenRow.secret_hash) == secret_hash,
                col(RefreshTokenRow.used_at).is_(None),
            )
            .values(used_at=now)
            .returning(col(RefreshTokenRow.session_id))
        )
        return await self._session.scalar(statement) is not None

    async def refresh_token(self, session_id: str, secret_hash: str) -> RefreshTokenRow | None:
        return await self._session.get(RefreshTokenRow, (session_id, secret_hash), populate_existing=True)

    async def session(self, session_id: str) -> SignInSession | None:
        """The sign-in, locked, so that a refresh and a sign-out of it follow each other."""
        return await self._session.get(SignInSession, session_id, with_for_update=True)

    async def revoke_sessions(self, account_id: str, now: datetime, *, session_id: str | None) -> int:
        """End one sign-in of the account, or all of them; the number ended."""
        conditions = [col(SignInSession.account_id) == account_id, col(SignInSession.revoked_at).is_(None)]
        if session_id is not None:
            conditions.append(col(SignInSession.id) == session_id)
        statement = update(SignInSession).where(*conditions).values(revoked_at=now).returning(col(SignInSession.id))
        return len((await self._session.scalars(statement)).all())

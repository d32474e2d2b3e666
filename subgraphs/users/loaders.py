"""Set-based reads of one request: however many resolvers ask, each kind is one statement."""

from __future__ import annotations

from collections.abc import Sequence

from strawberry.dataloader import DataLoader

from shared.auth import Principal
from shared.db import Sessions
from subgraphs.users.models import Account, AddressRow
from subgraphs.users.repository import UsersRepository


class UsersLoaders:
    """Loaders of one request by ``principal``; nothing outlives the request."""

    def __init__(self, sessions: Sessions, principal: Principal) -> None:
        self._sessions = sessions
        self._principal = principal
        self.account: DataLoader[str, Account | None] = DataLoader(self._accounts)
        self.account_by_email: DataLoader[str, Account | None] = DataLoader(self._accounts_by_email)
        self.addresses: DataLoader[str, list[AddressRow]] = DataLoader(self._addresses)
        self.role_codes: DataLoader[str, tuple[str, ...]] = DataLoader(self._role_codes)
        self.is_wished: DataLoader[str, bool] = DataLoader(self._are_wished)

    async def _accounts(self, ids: Sequence[str]) -> list[Account | None]:
        async with self._sessions() as session:
            found = await UsersRepository(session).accounts(ids)
        return [found.get(each) for each in ids]

    async def _accounts_by_email(self, emails: Sequence[str]) -> list[Account | None]:
        async with self._sessions() as session:
            found = await UsersRepository(session).accounts_by_email(emails)
        return [found.get(each) for each in emails]

    async def _addresses(self, account_ids: Sequence[str]) -> list[list[AddressRow]]:
        async with self._sessions() as session:
            found = await UsersRepository(session).addresses(account_ids)
        return [found.get(each, []) for each in account_ids]

    async def _role_codes(self, account_ids: Sequence[str]) -> list[tuple[str, ...]]:
        async with self._sessions() as session:
            found = await UsersRepository(session).role_codes(account_ids)
        return [found.get(each, ()) for each in account_ids]

    async def _are_wished(self, product_ids: Sequence[str]) -> list[bool]:
        """Whether each product is on a wishlist of the caller; for anonymous callers none is, without a query."""
        if self._principal.subject is None or self._principal.is_service:
            return [False] * len(product_ids)
        async with self._sessions() as session:
            wished = await UsersRepository(session).wished_products(self._principal.subject, product_ids)
        return [each in wished for each in product_ids]

"""The users subgraph's GraphQL schema: root fields, and how its entities are resolved."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, Final

import strawberry

from shared.ids import has_prefix
from shared.subgraph_app import EntityResolver
from shared.subgraph_app.strawberry_prelude import federation_schema
from subgraphs.users.context import UsersContext, UsersInfo
from subgraphs.users.domain import Registration, UserStatus, normalized_email
from subgraphs.users.errors import AccountRefused
from subgraphs.users.models import Account
from subgraphs.users.service import SignedIn
from subgraphs.users.types import AuthPayload, Product, SuccessPayload, User, UserRegisterInput


@strawberry.type
class Query:
    @strawberry.field
    async def me(self, info: UsersInfo) -> User | None:
        caller = info.context.principal
        if caller.subject is None or caller.is_service:
            return None
        account = await info.context.loaders.account.load(caller.subject)
        return User.from_row(account) if account is not None and _is_present(account) else None


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def user_register(self, info: UsersInfo, input: UserRegisterInput) -> AuthPayload | None:  # noqa: A002
        return await _auth_payload(info.context.service.register(_registration(input)))

    @strawberry.mutation
    async def sign_in(self, info: UsersInfo, email: str, password: str) -> AuthPayload | None:
        return await _auth_payload(info.context.service.sign_in(email, password))

    @strawberry.mutation
    async def token_refresh(self, info: UsersInfo, refresh_token: str) -> AuthPayload | None:
        return await _auth_payload(info.context.service.refresh(refresh_token))

    @strawberry.federation.mutation(authenticated=True)
    async def sign_out(self, info: UsersInfo, everywhere: bool = False) -> SuccessPayload | None:
        await info.context.service.sign_out(info.context.principal, everywhere=everywhere)
        return SuccessPayload(success=True, user_errors=[])


schema: Final = federation_schema(Query, Mutation, types=[Product])


async def resolve_users(context: UsersContext, representations: Sequence[Mapping[str, Any]]) -> Sequence[object | None]:
    """Users by id, or by address for those who may read addresses."""
    by_id = [each["id"] for each in representations if _is_user_id(each.get("id"))]
    accounts = dict(zip(by_id, await context.loaders.account.load_many(by_id), strict=True))
    by_email = [normalized_email(str(each["email"])) for each in representations if "id" not in each]
    if by_email and context.principal.has_scope("pii:read"):
        accounts |= dict(zip(by_email, await context.loaders.account_by_email.load_many(by_email), strict=True))
    keys = [each.get("id") or normalized_email(str(each.get("email"))) for each in representations]
    return [_user(accounts.get(key)) for key in keys]


async def resolve_products(_: UsersContext, representations: Sequence[Mapping[str, Any]]) -> Sequence[object | None]:
    """Whatever product it is: whether it exists is for products to say."""
    return [Product(id=strawberry.ID(each["id"])) for each in representations]


ENTITIES: Final[Mapping[str, EntityResolver]] = {"User": resolve_users, "Product": resolve_products}


async def _auth_payload(use_case: Awaitable[SignedIn]) -> AuthPayload:
    try:
        return AuthPayload.succeeded(await use_case)
    except AccountRefused as refusal:
        return AuthPayload.refused(refusal.problems)


def _registration(form: UserRegisterInput) -> Registration:
    return Registration(
        email=form.email,
        password=form.password,
        accepted_terms_version=form.accepted_terms_version,
        first_name=form.first_name or None,
        last_name=form.last_name or None,
        language=form.language or None,
        currency=form.currency or None,
        marketing_consent=bool(form.marketing_consent),
    )


def _is_user_id(value: object) -> bool:
    return isinstance(value, str) and has_prefix(value, "usr")


def _is_present(account: Account) -> bool:
    return UserStatus(account.status) is not UserStatus.ERASED


def _user(account: Account | None) -> User | None:
    return User.from_row(account) if account is not None and _is_present(account) else None

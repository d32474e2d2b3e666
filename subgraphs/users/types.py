"""GraphQL types of the users subgraph. No SQL: data comes from rows already loaded and from the loaders."""

from __future__ import annotations

import strawberry

from shared.subgraph_app.strawberry_prelude import CountryCode, CurrencyCode, DateTime, LanguageCode, Node, UserError
from subgraphs.users.context import UsersInfo
from subgraphs.users.domain import UserStatus
from subgraphs.users.errors import AccountErrorCode, AccountProblem
from subgraphs.users.models import Account, AddressRow
from subgraphs.users.roles import scopes_of
from subgraphs.users.service import SignedIn, Tokens

strawberry.enum(UserStatus)
strawberry.enum(AccountErrorCode, name="UserErrorCode")

SELF_OR_PERSONAL = [["users:self"], ["pii:read"]]
SELF_OR_STAFF = [["users:self"], ["users:read_all"]]


@strawberry.type
class Address(Node):
    id: strawberry.ID
    name: str
    line1: str
    city: str
    postal_code: str | None
    country: CountryCode

    @classmethod
    def from_row(cls, row: AddressRow) -> Address:
        return cls(
            id=strawberry.ID(row.id),
            name=row.name,
            line1=row.line1,
            city=row.city,
            postal_code=row.postal_code,
            country=CountryCode(row.country),
        )


@strawberry.federation.type(keys=["id", "email"])
class User(Node):
    id: strawberry.ID
    row: strawberry.Private[Account]

    @classmethod
    def from_row(cls, row: Account) -> User:
        return cls(id=strawberry.ID(row.id), row=row)

    @strawberry.federation.field(requires_scopes=SELF_OR_PERSONAL)
    def email(self, info: UsersInfo) -> str | None:
        return self.row.email if self._opens(info, "pii:read") else None

    @strawberry.federation.field(shareable=True, description="Safe to show next to a review.")
    def display_name(self) -> str:
        return self.row.display_name

    @strawberry.federation.field(requires_scopes=SELF_OR_PERSONAL)
    def first_name(self, info: UsersInfo) -> str | None:
        return self.row.first_name if self._opens(info, "pii:read") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_PERSONAL)
    def last_name(self, info: UsersInfo) -> str | None:
        return self.row.last_name if self._opens(info, "pii:read") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    def status(self, info: UsersInfo) -> UserStatus | None:
        return UserStatus(self.row.status) if self._opens(info, "users:read_all") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    def email_verified(self, info: UsersInfo) -> bool | None:
        return self.row.email_verified if self._opens(info, "users:read_all") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    def preferred_language(self, info: UsersInfo) -> LanguageCode | None:
        language = self.row.preferred_language
        return LanguageCode(language) if language and self._opens(info, "users:read_all") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    def preferred_currency(self, info: UsersInfo) -> CurrencyCode | None:
        currency = self.row.preferred_currency
        return CurrencyCode(currency) if currency and self._opens(info, "users:read_all") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    async def scopes(self, info: UsersInfo) -> list[str] | None:
        if not self._opens(info, "users:read_all"):
            return None
        return list(scopes_of(await info.context.loaders.role_codes.load(self.row.id)))

    @strawberry.federation.field(requires_scopes=SELF_OR_PERSONAL)
    async def addresses(self, info: UsersInfo) -> list[Address] | None:
        if not self._opens(info, "pii:read"):
            return None
        return [Address.from_row(row) for row in await info.context.loaders.addresses.load(self.row.id)]

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    def created_at(self, info: UsersInfo) -> DateTime | None:
        return DateTime(self.row.created_at) if self._opens(info, "users:read_all") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    def last_login_at(self, info: UsersInfo) -> DateTime | None:
        moment = self.row.last_login_at
        return DateTime(moment) if moment and self._opens(info, "users:read_all") else None

    @strawberry.federation.field(requires_scopes=SELF_OR_STAFF)
    def version(self, info: UsersInfo) -> int | None:
        return self.row.version if self._opens(info, "users:read_all") else None

    def _opens(self, info: UsersInfo, staff_scope: str) -> bool:
        """The row check behind ``users:self``: it means one's own row, and staff need a scope of their own."""
        principal = info.context.principal
        return principal.is_user(self.row.id) or principal.has_scope(staff_scope)


@strawberry.federation.type(keys=["id"])
class Product:
    id: strawberry.ID

    @strawberry.federation.field(description="For the signed-in caller; false for anonymous.")
    async def is_in_wishlist(self, info: UsersInfo) -> bool | None:
        return await info.context.loaders.is_wished.load(self.id)


@strawberry.type
class AccountUserError(UserError):
    code: AccountErrorCode
    current_version: int | None = None
    retry_after_seconds: int | None = None

    @classmethod
    def from_problem(cls, problem: AccountProblem) -> AccountUserError:
        return cls(
            field=list(problem.field) if problem.field else None,
            message=problem.message,
            code=problem.code,
            retry_after_seconds=problem.retry_after_seconds,
        )


@strawberry.type
class AuthTokens:
    access_token: str
    access_token_expires_at: DateTime
    refresh_token: str
    token_type: str
    scopes: list[str]

    @classmethod
    def from_tokens(cls, tokens: Tokens) -> AuthTokens:
        return cls(
            access_token=tokens.access_token,
            access_token_expires_at=DateTime(tokens.access_token_expires_at),
            refresh_token=tokens.refresh_token,
            token_type="Bearer",  # noqa: S106 - RFC 6750's name of the scheme
            scopes=list(tokens.scopes),
        )


@strawberry.type
class AuthPayload:
    user: User | None
    tokens: AuthTokens | None
    mfa_required: bool
    user_errors: list[AccountUserError]

    @classmethod
    def succeeded(cls, signed_in: SignedIn) -> AuthPayload:
        return cls(
            user=User.from_row(signed_in.account),
            tokens=AuthTokens.from_tokens(signed_in.tokens),
            mfa_required=False,
            user_errors=[],
        )

    @classmethod
    def refused(cls, problems: tuple[AccountProblem, ...]) -> AuthPayload:
        errors = [AccountUserError.from_problem(problem) for problem in problems]
        return cls(user=None, tokens=None, mfa_required=False, user_errors=errors)


@strawberry.type
class SuccessPayload:
    success: bool
    user_errors: list[AccountUserError]


@strawberry.input
class UserRegisterInput:
    email: str
    password: str
    first_name: str | None = strawberry.UNSET
    last_name: str | None = strawberry.UNSET
    language: LanguageCode | None = strawberry.UNSET
    currency: CurrencyCode | None = strawberry.UNSET
    accepted_terms_version: str
    marketing_consent: bool | None = False

"""Tables of the users database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

metadata = MetaData()


class UsersTable(SQLModel):
    """Base that keeps these tables in the metadata of this domain."""

    metadata = metadata


def _instant(*, nullable: bool = False) -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=nullable)


def _account_id(*, primary_key: bool = False) -> Column[str]:
    return Column(Text, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key)


class Account(UsersTable, table=True):
    """A person. ``email`` is normalized; ``password_hash`` is None for accounts that cannot sign in."""

    __tablename__ = "account"
    id: str = Field(sa_column=Column(Text, primary_key=True))
    email: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    password_hash: str | None = Field(default=None, sa_column=Column(Text))
    display_name: str = Field(sa_column=Column(Text, nullable=False))
    first_name: str | None = Field(default=None, sa_column=Column(Text))
    last_name: str | None = Field(default=None, sa_column=Column(Text))
    status: str = Field(sa_column=Column(Text, nullable=False))
    email_verified: bool = False
    preferred_language: str | None = Field(default=None, sa_column=Column(Text))
    preferred_currency: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(sa_column=_instant())
    last_login_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    version: int = 1


class AccountRole(UsersTable, table=True):
    """Who has which role; ``subgraphs/users/roles.py`` says what it allows."""

    __tablename__ = "account_role"
    account_id: str = Field(sa_column=_account_id(primary_key=True))
    role_code: str = Field(sa_column=Column(Text, primary_key=True))


class SignInSession(UsersTable, table=True):
    """One sign-in on one device: the family of refresh tokens that came of it."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("sign_in_session_account", "account_id"),)
    id: str = Field(sa_column=Column(Text, primary_key=True))
    account_id: str = Field(sa_column=_account_id())
    created_at: datetime = Field(sa_column=_instant())
    last_seen_at: datetime = Field(sa_column=_instant())
    expires_at: datetime = Field(sa_column=_instant())
    revoked_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))


class RefreshTokenRow(UsersTable, table=True):
    """A refresh token that was handed out; ``used_at`` is set by the one refresh that consumes it."""

    __tablename__ = "refresh_token"
    session_id: str = Field(
        sa_column=Column(Text, ForeignKey("sign_in_session.id", ondelete="CASCADE"), primary_key=True)
    )
    secret_hash: str = Field(sa_column=Column(Text, primary_key=True))
    issued_at: datetime = Field(sa_column=_instant())
    used_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))


class ConsentRow(UsersTable, table=True):
    """A consent as it was given or withdrawn; append-only."""

    __tablename__ = "consent"
    account_id: str = Field(sa_column=_account_id(primary_key=True))
    purpose: str = Field(sa_column=Column(Text, primary_key=True))
    given_at: datetime = Field(sa_column=Column(DateTime(timezone=True), primary_key=True))
    granted: bool
    document_version: str = Field(sa_column=Column(Text, nullable=False))
    source: str = Field(sa_column=Column(Text, nullable=False))


class AddressRow(UsersTable, table=True):
    """An entry of somebody's address book."""

    __tablename__ = "address"
    __table_args__ = (Index("address_account", "account_id", "id"),)
    id: str = Field(sa_column=Column(Text, primary_key=True))
    account_id: str = Field(sa_column=_account_id())
    name: str = Field(sa_column=Column(Text, nullable=False))
    line1: str = Field(sa_column=Column(Text, nullable=False))
    city: str = Field(sa_column=Column(Text, nullable=False))
    postal_code: str | None = Field(default=None, sa_column=Column(Text))
    country: str = Field(sa_column=Column(Text, nullable=False))


class WishlistRow(UsersTable, table=True):
    """A wishlist."""

    __tablename__ = "wishlist"
    __table_args__ = (Index("wishlist_account", "account_id", "id"),)
    id: str = Field(sa_column=Column(Text, primary_key=True))
    account_id: str = Field(sa_column=_account_id())
    name: str = Field(sa_column=Column(Text, nullable=False))
    updated_at: datetime = Field(sa_column=_instant())


class WishlistItemRow(UsersTable, table=True):
    """A product on a wishlist; ``account_id`` repeats the list's, for one look-up per page of products."""

    __tablename__ = "wishlist_item"
    __table_args__ = (
        UniqueConstraint("wishlist_id", "product_id", name="wishlist_item_once"),
        Index("wishlist_item_product", "account_id", "product_id"),
    )
    id: str = Field(sa_column=Column(Text, primary_key=True))
    wishlist_id: str = Field(sa_column=Column(Text, ForeignKey("wishlist.id", ondelete="CASCADE"), nullable=False))
    account_id: str = Field(sa_column=_account_id())
    product_id: str = Field(sa_column=Column(Text, nullable=False))
    variant_id: str | None = Field(default=None, sa_column=Column(Text))
    added_at: datetime = Field(sa_column=_instant())

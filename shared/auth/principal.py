"""The caller as subgraphs see it, and its form in the identity header.

The header is ``base64url(JSON {"sub", "scopes", "roles", "kind", "sid"})`` without padding. An anonymous caller has no
header at all, so that an empty value and a missing one sign alike.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import msgspec

PrincipalKind: TypeAlias = Literal["user", "service"]


class MalformedIdentity(ValueError):
    """The identity header is not base64url JSON of the agreed shape."""


@dataclass(frozen=True, slots=True)
class Principal:
    """``subject`` is a user id (``usr_…``) or a service name; None is an anonymous caller.

    ``session_id`` is the sign-in that the caller's token belongs to, when the token names one.
    """

    subject: str | None = None
    scopes: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    kind: PrincipalKind = "user"
    session_id: str | None = None

    @property
    def is_authenticated(self) -> bool:
        return self.subject is not None

    @property
    def is_service(self) -> bool:
        return self.kind == "service" and self.subject is not None

    def has_scope(self, scope: str) -> bool:
        return scope in self.scopes

    def has_any_scope(self, *scopes: str) -> bool:
        return not self.scopes.isdisjoint(scopes)

    def is_user(self, user_id: str) -> bool:
        """True for the very user ``user_id``; a service of the same name is somebody else."""
        return self.kind == "user" and self.subject == user_id


ANONYMOUS: Final = Principal()


class _IdentityForm(msgspec.Struct, forbid_unknown_fields=True):
    sub: str | None
    scopes: list[str] = []
    roles: list[str] = []
    kind: PrincipalKind = "user"
    sid: str | None = None


def encode_identity(principal: Principal) -> str:
    """The header value for ``principal``; ``""`` for an anonymous caller, whose header is left out."""
    if not principal.is_authenticated:
        return ""
    form = _IdentityForm(
        sub=principal.subject,
        scopes=sorted(principal.scopes),
        roles=sorted(principal.roles),
        kind=principal.kind,
        sid=principal.session_id,
    )
    return base64.urlsafe_b64encode(msgspec.json.encode(form)).rstrip(b"=").decode("ascii")


def decode_identity(header: str) -> Principal:
    """The principal of a header value whose signature was already verified.

    Raises MalformedIdentity.
    """
    if not header:
        return ANONYMOUS
    try:
        raw = base64.urlsafe_b64decode(header + "=" * (-len(header) % 4))
        form = msgspec.json.decode(raw, type=_IdentityForm)
    except (binascii.Error, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise MalformedIdentity("the identity header is malformed") from error
    return Principal(
        subject=form.sub,
        scopes=frozenset(form.scopes),
        roles=frozenset(form.roles),
        kind=form.kind,
        session_id=form.sid,
    )

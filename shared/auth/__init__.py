"""Who is calling: principals, access tokens, and the signed identity between gateway and subgraphs."""

from shared.auth.jwt import AccessClaims, AccessTokenIssuer, public_jwks
from shared.auth.principal import ANONYMOUS, MalformedIdentity, Principal, decode_identity, encode_identity
from shared.auth.signature import (
    IDENTITY_HEADER,
    SIGNATURE_HEADER,
    InvalidSignature,
    Verifier,
    new_nonce,
    sign,
    signed_headers,
)

__all__ = [
    "ANONYMOUS",
    "IDENTITY_HEADER",
    "SIGNATURE_HEADER",
    "AccessClaims",
    "AccessTokenIssuer",
    "InvalidSignature",
    "MalformedIdentity",
    "Principal",
    "Verifier",
    "decode_identity",
    "encode_identity",
    "new_nonce",
    "public_jwks",
    "sign",
    "signed_headers",
]

"""Who is calling: principals, and the signed identity between gateway and subgraphs; access tokens in ``jwt.py``."""

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
    "InvalidSignature",
    "MalformedIdentity",
    "Principal",
    "Verifier",
    "decode_identity",
    "encode_identity",
    "new_nonce",
    "sign",
    "signed_headers",
]

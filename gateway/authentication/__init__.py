"""Who is calling: bearer tokens of several issuers, verified against their published keys."""

from gateway.authentication.key_sets import KeySet
from gateway.authentication.tokens import Authenticator, InvalidCredentials

__all__ = ["Authenticator", "InvalidCredentials", "KeySet"]

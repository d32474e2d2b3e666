"""Who is calling: bearer tokens of several issuers, verified against their published keys.

``tokens.py`` and ``key_sets.py`` stand on a cryptography library of nine megabytes; they are loaded where tokens are
verified.
"""

from gateway.authentication.credentials import Authenticator, EveryoneAnonymous, InvalidCredentials

__all__ = ["Authenticator", "EveryoneAnonymous", "InvalidCredentials"]

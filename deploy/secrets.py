"""The secrets of a stack that are more than random text."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from deploy.data_folder import DataFolder


def jwt_private_key_file(folder: DataFolder) -> Path:
    """The Ed25519 key, PKCS #8 in PEM, with which the users subgraph signs access tokens."""
    fresh = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return folder.secret_file("jwt-private-key.pem", fresh)

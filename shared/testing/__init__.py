"""What tests of subgraphs share: migrated databases, a signed client, a clock that tests move."""

from shared.testing.clock import FakeClock
from shared.testing.databases import MigratedDatabase, migrated_database
from shared.testing.signed_client import GraphQLResult, SignedClient

__all__ = ["FakeClock", "GraphQLResult", "MigratedDatabase", "SignedClient", "migrated_database"]

"""Tables of the event machinery that every subgraph's database has beside its own."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

event_metadata = MetaData()

outbox_table = Table(
    "outbox",
    event_metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", String(40), nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("event", JSONB, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("available_at", DateTime(timezone=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("outbox_available_at", "available_at", "position"),
)

outbox_sequence_table = Table(
    "outbox_sequence",
    event_metadata,
    Column("subject", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

inbox_table = Table(
    "inbox",
    event_metadata,
    Column("consumer", Text, primary_key=True),
    Column("event_id", String(40), primary_key=True),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Index("inbox_received_at", "received_at"),
)

inbox_sequence_table = Table(
    "inbox_sequence",
    event_metadata,
    Column("consumer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

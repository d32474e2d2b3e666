"""Domain events: typed contracts, the CloudEvents envelope, outbox, relay, inbox and the two transports."""

from shared.events.bus import EventBus, Handler, PublishFailed, Subscription
from shared.events.connect import connect_bus
from shared.events.envelope import Actor, Event, MalformedEvent
from shared.events.inbox import Inbox
from shared.events.outbox import Outbox
from shared.events.relay import OutboxRelay
from shared.events.worker import Consumer, run_worker

__all__ = [
    "Actor",
    "Consumer",
    "Event",
    "EventBus",
    "Handler",
    "Inbox",
    "MalformedEvent",
    "Outbox",
    "OutboxRelay",
    "PublishFailed",
    "Subscription",
    "connect_bus",
    "run_worker",
]

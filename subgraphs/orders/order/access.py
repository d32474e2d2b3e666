"""Who may see an order, and the signed token that lets a guest come back to one.

A token is ``<order id>.<hex HMAC>``: the same order always has the same token, so that a repeated checkout can show it
again without storing it. After two hours it shows the order without personal data.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from shared.auth import Principal
from shared.ids import has_prefix
from subgraphs.orders.models import OrderRow

PERSONAL_DATA_WINDOW: Final = timedelta(hours=2)


def may_see(order: OrderRow, caller: Principal) -> bool:
    """The owner and staff who read all orders; guest orders open by access token only."""
    if caller.has_scope("orders:read_all"):
        return True
    return order.customer_id is not None and caller.is_user(order.customer_id)


def shows_personal_data(order: OrderRow, now: datetime) -> bool:
    """True while an access token still opens e-mail and addresses."""
    return now - order.placed_at <= PERSONAL_DATA_WINDOW


class AccessTokens:
    """Makes and checks access tokens; ``secret`` is the process's gateway secret, used under a label of its own."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.new(secret.encode(), b"orders access token v1", hashlib.sha256).digest()

    def issue(self, order_id: str) -> str:
        """The token of an order."""
        return f"{order_id}.{self._mac(order_id)}"

    def order_id(self, token: str) -> str | None:
        """The order that a token opens; None for a forged one."""
        order_id, _, mac = token.partition(".")
        if not has_prefix(order_id, "ord") or not mac.isascii():
            return None
        return order_id if hmac.compare_digest(mac, self._mac(order_id)) else None

    def _mac(self, order_id: str) -> str:
        return hmac.new(self._key, order_id.encode(), hashlib.sha256).hexdigest()

"""Tables of the orders database. Amounts are integer minor units of the row's currency."""

from subgraphs.orders.models.base import OrdersTable, metadata
from subgraphs.orders.models.cart import CartLineRow, CartRow
from subgraphs.orders.models.checkout import CheckoutAttemptRow
from subgraphs.orders.models.order import (
    FulfillmentLineRow,
    FulfillmentRow,
    OrderLineRow,
    OrderRow,
    TimelineRow,
    order_number_sequence,
)
from subgraphs.orders.models.payment import PaymentRow, PaymentTransactionRow, ProviderChargeRow

__all__ = [
    "CartLineRow",
    "CartRow",
    "CheckoutAttemptRow",
    "FulfillmentLineRow",
    "FulfillmentRow",
    "OrderLineRow",
    "OrderRow",
    "OrdersTable",
    "PaymentRow",
    "PaymentTransactionRow",
    "ProviderChargeRow",
    "TimelineRow",
    "metadata",
    "order_number_sequence",
]

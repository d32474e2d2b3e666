"""Orders: carts, the checkout saga, orders and their payments."""

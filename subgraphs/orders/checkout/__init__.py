"""The checkout saga: from a cart to a confirmed order, or back to the cart as it was."""

"""Carts: what they cost, what stands between them and an order, and how they change."""

"""Inventory: how many units of each variant lie in which warehouse, and who holds them."""

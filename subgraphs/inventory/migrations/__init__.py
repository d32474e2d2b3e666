"""The migration history of the inventory database."""

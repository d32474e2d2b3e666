"""The migration history of the orders database."""

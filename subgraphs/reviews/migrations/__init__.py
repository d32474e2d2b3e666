"""The migration history of the reviews database."""

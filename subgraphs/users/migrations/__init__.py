"""The migration history of the users database."""

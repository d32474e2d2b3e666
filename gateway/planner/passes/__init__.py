"""Passes over fetch groups, once all of them are known."""

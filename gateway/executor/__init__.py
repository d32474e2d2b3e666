"""Runs query plans against subgraphs."""

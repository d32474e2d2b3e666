"""Embedded engines and the supervisor behind `make up`."""

"""Accounts: registration, signing in, roles and scopes, wishlists."""

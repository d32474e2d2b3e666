"""Carries out a stack: starts it in dependency order, keeps it running, stops it without a trace."""

"""Passes that turn one operation of a document into the form that is planned."""

"""The history of products' database."""

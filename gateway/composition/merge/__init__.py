"""Merges subgraphs into one schema, each kind of element in a file of its own; ``merge.merge`` tells the story."""

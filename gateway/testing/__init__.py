"""A kit for proving the gateway: random federated graphs with live in-process subgraphs, held against a monolith.

``differential.py`` tells the story of one case; ``python -m gateway.testing`` runs as many as asked.
"""

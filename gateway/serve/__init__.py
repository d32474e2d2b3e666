"""``python -m gateway serve``: settings, the socket, worker processes and their end. Above ``app``, which they run."""

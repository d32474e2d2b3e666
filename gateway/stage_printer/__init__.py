"""``python -m gateway plan``: what an operation becomes, at any stage. Knows all stages; no stage knows it."""

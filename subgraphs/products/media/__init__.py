"""The demo's pictures: drawn from nothing but their path, scaled and encoded on demand, served under ``/media/``."""

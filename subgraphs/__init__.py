"""The five domains of the commerce platform."""

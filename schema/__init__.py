"""Published schemas and the checks that guard them."""

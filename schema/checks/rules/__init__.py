"""The rules: each module finds one family of changes between two schemas and says how much each matters."""

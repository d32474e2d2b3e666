"""Who may read what: ``@authenticated``, ``@requiresScopes`` and ``@policy``, enforced before anything is fetched."""

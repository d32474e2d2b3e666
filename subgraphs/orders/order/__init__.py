"""Orders: their states, who may see them, how they are stored."""

"""All SQL of products: each function is one statement on a given session, set-based where it reads by key."""

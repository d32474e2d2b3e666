"""The published schema: the subgraphs' SDLs, the supergraph composed of them, and checks of proposed changes."""

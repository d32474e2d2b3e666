"""Product search: what is indexed, how a search is asked, read and answered when the engine is away."""

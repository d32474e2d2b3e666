"""The graph of what subgraphs resolve, shared by planning and by the satisfiability check of composition."""

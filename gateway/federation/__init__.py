"""What the federation specs define: directives by version, links, field sets, the shapes of the join spec."""

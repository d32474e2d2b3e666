"""The gateway's HTTP edge: GraphQL over HTTP, probes, the playground's mount."""

"""From a client's document to the normalized operation that is planned."""

"""From the response tree to the client's answer: field order, aliases, result coercion, null propagation, errors."""

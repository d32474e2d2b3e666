"""The pure rules of the catalogue: records, prices, texts, attribute values, visibility. No await, no SQL."""

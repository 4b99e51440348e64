"""Critical events: what happened in an area, what was decided, and special reviews in a short form (R094-R096)."""

"""Plans as versions: stored, checked before publication, published."""

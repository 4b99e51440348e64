"""Inspections besides the review: how they lie to it, what is inspected once, and visits that serve several types."""

"""Seeded families of instances, one concept a file; `benchmarks.instances` names them all."""

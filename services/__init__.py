"""Use cases: one transaction each; the only code that joins tables and solver."""

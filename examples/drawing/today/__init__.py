"""What england-today is made of: real inspections to August 2025, and what is due after them."""

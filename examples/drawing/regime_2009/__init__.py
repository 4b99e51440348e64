"""What is drawn for england-2009 alone: its authorities and their grades, its inspectors, and who is told."""

"""What the tests of single rules share."""

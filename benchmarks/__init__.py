"""Instance families, peers and protocol by which the scheduler is measured."""

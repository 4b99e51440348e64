"""Who sits where, for dates that are fixed: a relaxation, a greedy rule and an exact search."""

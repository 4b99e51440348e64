"""The demonstration behind `make run`: england-2005 solved, published, and driven until March 2006."""

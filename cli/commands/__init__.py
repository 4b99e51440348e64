"""The commands, one subject a file; commands don't import each other."""

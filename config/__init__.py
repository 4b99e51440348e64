"""What an operator may change: settings, review frameworks, policies and solver profiles."""

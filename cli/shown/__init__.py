"""How answers, progress, errors and interruptions look on a terminal."""

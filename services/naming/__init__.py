"""Codes and names: what people call an area, a person, a step or a row, found and written."""

"""Evidence: asked of an area once, needed by one activity or several, handed in, accepted, returned or not needed."""

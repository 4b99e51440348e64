"""What is sent to people: digests, their words, the outbox, and how each delivery ended."""

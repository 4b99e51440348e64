"""What a problem consists of and what answers it: frozen values with a JSON round trip, which compute nothing.

Everything else reads these values; `problem` and `plan` are the way in.
"""

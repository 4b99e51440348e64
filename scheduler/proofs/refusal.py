"""Why a certificate or a plan is not accepted."""


class Refusal(Exception):
    """Its text is the reason, in words, with advice."""

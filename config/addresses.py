"""Mail addresses: understood in one place, whichever file or setting they come from."""

import re
from email.headerregistry import Address

from config.findings import InvalidText

SEVERAL = re.compile(r"@[^@]*[;,\s]+[^@;,\s]+@")
NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>\s*")
BRITISH = {
    "An email address": "it",
    "The email address": "it",
    "internationalized characters": "letters other than A to Z",
    "Internationalized characters": "Letters other than A to Z",
    "period": "full stop",
}
"""The library's words that nobody here would use, and ours for them."""
EXAMPLE = "Write it as name@council.example."


def parse_address(text: str, *, in_office: bool = False) -> str:
    """A mail address in small letters, so that a person in two spellings is one person.

    Nothing is looked up: whether there is such a mailbox shows when something is sent. A host in another script is
    given in the letters that mail servers know.

    Parameters
    ----------
    in_office
        Also take a host without a dot, which only the mail server of the same office finds: 'desk@mailhost'.

    Raises
    ------
    InvalidText
        If it is not one address that every mail server takes.
    """
    from email_validator import EmailNotValidError, validate_email  # few commands read any

    if SEVERAL.search(text):
        raise InvalidText("this holds more than one email address.", "Give one here.")
    try:
        found = validate_email(
            text,
            check_deliverability=False,
            allow_smtputf8=False,
            globally_deliverable=not in_office,
            strict=True,
        )
    except EmailNotValidError as fault:
        raise InvalidText(f"this is not an email address: {_reason(fault)}", EXAMPLE) from None
    assert found.ascii_email is not None  # without SMTPUTF8 there is always one
    return found.ascii_email.lower()


def parse_sender(text: str) -> str:
    """A sender as a header holds it: an address, or a name before one in angle brackets, quoted if need be.

    Raises
    ------
    InvalidText
        If it holds no address that a mail server takes.
    """
    named = NAMED.fullmatch(text)
    if named is None:
        return parse_address(text, in_office=True)
    name = named["name"].removeprefix('"').removesuffix('"').replace('\\"', '"')
    return str(Address(name, addr_spec=parse_address(named["address"], in_office=True)))


def _reason(fault: Exception) -> str:
    """The library's words as the second half of a sentence, in British English."""
    words = str(fault)
    for theirs, ours in BRITISH.items():
        words = words.replace(theirs, ours)
    return words[:1].lower() + words[1:]

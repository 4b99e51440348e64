"""Text as programs write it: UTF-8, or UTF-16 as some shells redirect it; the byte order mark says which."""

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes) -> str:
    """The text of a file's bytes, without a byte order mark; UnicodeDecodeError if it is neither."""
    return content.decode("utf-16" if content.startswith(UTF16_MARKS) else "utf-8-sig")

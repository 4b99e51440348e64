"""Fetches GOV.UK Frontend's style sheet with the npm client: `python -m console.vendor` (only when it is renewed).

Left out are the typeface GDS Transport and the royal arms, both reserved for gov.uk hosts; what is kept, from
where and with which hash is written to VENDOR.toml beside it.
"""

import hashlib
import json
import logging
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "govuk-frontend"
VERSION = "6.3.0"
LICENCE = "MIT"
STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "govuk-frontend.min.css"
RECORD = STATIC / "VENDOR.toml"
STYLE_IN_PACKAGE = "package/dist/govuk/govuk-frontend.min.css"

logger = logging.getLogger(__name__)


class VendoringFailed(Exception):
    """The package is not what this script expects."""


def adapted(style: str) -> str:
    """The style sheet without reserved fonts and arms, and without a word of files that are not there.

    Raises
    ------
    VendoringFailed
        If afterwards it still asks for anything from outside.
    """
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    style = re.sub(r"[^{}]*\{[^{}]*govuk-crest[^{}]*\}", "", style)
    style = style.replace("GDS Transport,arial", "Arial,Helvetica")
    style = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", style).rstrip() + "\n"
    for word in ("url(", "@font-face", "GDS Transport", "@import"):
        if word in style:
            raise VendoringFailed(
                f"The style sheet of {PACKAGE} {VERSION} still holds {word!r}. Adapt this script."
            )
    return style


def sha256(content: bytes) -> str:
    """Hash in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def fetch() -> None:
    """Download, check the licence, adapt and write the style sheet and its record."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--json", "--silent"]
        answer = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        packed = json.loads(answer.stdout)[0]
        with tarfile.open(Path(folder) / packed["filename"]) as archive:
            about = json.loads(_content(archive, "package/package.json"))
            original = _content(archive, STYLE_IN_PACKAGE)
    if about["license"] != LICENCE:
        raise VendoringFailed(
            f"{PACKAGE} {VERSION} is under {about['license']}, not {LICENCE}. Ask before using it."
        )
    style = adapted(original.decode())
    STYLE.write_text(style, encoding="utf-8")
    RECORD.write_text(
        _record(packed["integrity"], sha256(original), sha256(style.encode())), encoding="utf-8"
    )
    logger.info("wrote %s, %d bytes", STYLE.name, len(style))


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    if member is None:
        raise VendoringFailed(f"{PACKAGE} {VERSION} has no file {name}. Adapt this script to its layout.")
    return member.read()


def _record(integrity: str, original: str, kept: str) -> str:
    return (
        "# Written by `python -m console.vendor`; a test recomputes the hashes.\n"
        f'[{PACKAGE}]\nversion = "{VERSION}"\nlicence = "{LICENCE}"\n'
        'copyright = "Copyright (C) 2017 Crown Copyright (Government Digital Service)"\n'
        f'package_integrity = "{integrity}"\n'
        'left_out = "the typeface GDS Transport, the royal arms, the source map"\n\n'
        f'[[{PACKAGE}.files]]\nname = "{STYLE.name}"\nfrom = "{STYLE_IN_PACKAGE.removeprefix("package/")}"\n'
        f'original_sha256 = "{original}"\nsha256 = "{kept}"\n'
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    fetch()

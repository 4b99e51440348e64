"""The vendored style sheet is the recorded one, without what is reserved for gov.uk."""

import hashlib
import tomllib

import pytest

from console.vendor import LICENCE, PACKAGE, RECORD, STATIC, STYLE, VERSION, VendoringFailed, adapted


def test_every_recorded_file_has_its_recorded_hash() -> None:
    record = tomllib.loads(RECORD.read_text())[PACKAGE]
    assert record["files"]
    for file in record["files"]:
        assert hashlib.sha256((STATIC / file["name"]).read_bytes()).hexdigest() == file["sha256"]


def test_the_record_names_version_and_licence_and_the_licence_is_there() -> None:
    record = tomllib.loads(RECORD.read_text())[PACKAGE]
    assert (record["version"], record["licence"]) == (VERSION, LICENCE)
    assert record["copyright"] in (STATIC / "LICENCE-govuk-frontend.txt").read_text()


def test_neither_the_typeface_nor_the_arms_nor_anything_from_outside_is_there() -> None:
    style = STYLE.read_text()
    for word in ("GDS Transport", "crest", "@font-face", "url(", "@import"):
        assert word not in style


def test_fonts_and_arms_are_left_out_and_the_rest_is_kept() -> None:
    original = (
        "@font-face{font-family:GDS Transport;src:url(/a.woff2)}.a{font-family:GDS Transport,arial,sans-serif}"
        ".b:before{background-image:url(/assets/images/govuk-crest.svg)}.c{color:red}\n/*# sourceMappingURL=x.map */"
    )
    assert adapted(original) == ".a{font-family:Arial,Helvetica,sans-serif}.c{color:red}\n"


def test_a_style_sheet_that_still_asks_for_something_is_refused() -> None:
    with pytest.raises(VendoringFailed, match=r"url\("):
        adapted(".a{background:url(/other.svg)}")

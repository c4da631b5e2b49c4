"""Decoding loses nothing: the very bytes come back, and a ledger's decoding can be repeated."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.decoding import REPLACEMENT, decode, decode_as
from cleanse.model import Document
from strategies import BOMS, raw_bytes, texts

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
SAMPLE = "The ferry’s late: “no”, said Zoë — 5 €.\r\nДа.\n"


@given(raw_bytes)
def test_encoding_what_was_decoded_gives_the_very_bytes(raw: bytes) -> None:
    assert decode(raw).encode() == raw


@given(raw_bytes)
def test_the_text_holds_no_lone_surrogates(raw: bytes) -> None:
    decode(raw).text.encode("utf-8")


@given(raw_bytes)
def test_every_bad_spot_is_one_replacement_character_in_order(raw: bytes) -> None:
    decoded = decode(raw)
    starts = [spot.start for spot in decoded.bad]
    assert starts == sorted(set(starts))
    assert all(decoded.text[start] == REPLACEMENT for start in starts)
    assert all(spot.raw for spot in decoded.bad)


@given(raw_bytes)
def test_decoding_as_recorded_gives_the_same_again(raw: bytes) -> None:
    decoded = decode(raw)
    assert decode_as(raw, decoded.encoding, decoded.bom) == decoded


@given(texts, st.sampled_from(ENCODINGS))
def test_unicode_encodings_give_the_very_bytes(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    assert decode(raw).encode() == raw


@given(texts)
def test_utf8_is_read_as_it_is(text: str) -> None:
    raw = text.encode()
    decoded = decode(raw)
    if b"\x1b$" in raw or raw.startswith(BOMS[1:]) or b"\x00" in raw:
        return
    assert (decoded.text, decoded.encoding, decoded.bad) == (text, "utf-8", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_is_set_aside(encoding: str) -> None:
    decoded = decode(SAMPLE.encode(encoding))
    assert decoded.text == SAMPLE
    assert decoded.bom in BOMS[1:]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_by_their_zeros(encoding: str) -> None:
    text = "The ferry was late again on Tuesday.\n"
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_torn_last_character_is_set_aside(encoding: str) -> None:
    raw = "The ferry was late.".encode(encoding) + b"\x01"
    decoded = decode(raw)
    assert decoded.text == f"The ferry was late.{REPLACEMENT}"
    assert decoded.encode() == raw


def test_what_a_codec_reads_and_cannot_write_is_read_otherwise() -> None:
    raw = b"\x1b$B\x1b\x94"
    assert decode(raw).encode() == raw


def test_windows_1252_is_read_when_it_is_no_utf8() -> None:
    assert decode(b"Caf\xe9 \x93no\x94 5 \x80").text == "Café “no” 5 €"


def test_the_holes_of_windows_1252_are_bad_bytes() -> None:
    decoded = decode(b"Caf\xe9 \x81 \xe8\x8d")
    assert decoded.encode() == b"Caf\xe9 \x81 \xe8\x8d"


def test_a_stray_byte_in_utf8_does_not_cost_the_other_characters() -> None:
    decoded = decode("Zoë’s “café” ".encode() + b"\x93")
    assert decoded.text == f"Zoë’s “café” {REPLACEMENT}"
    assert [spot.raw for spot in decoded.bad] == [b"\x93"]


@pytest.mark.parametrize("tail", [b"Caf\xe9 opened.", b"\x93no\x94"])
def test_a_utf8_mark_is_set_aside_even_where_bytes_are_bad(tail: bytes) -> None:
    decoded = decode(b"\xef\xbb\xbf" + tail)
    assert decoded.bom == b"\xef\xbb\xbf"
    assert "ï»¿" not in decoded.text
    assert "\ufeff" not in decoded.text


@pytest.mark.parametrize("tail", [b"\xed\xa0\xbd\xed\xb8\x80", b"\xed\xa0\x80\xed\xa0\x80", b"\xed\xa0\x80a"])
def test_surrogates_after_a_mark_can_be_decoded_again(tail: bytes) -> None:
    raw = b"\xef\xbb\xbf" + tail
    decoded = decode(raw)
    assert decode_as(raw, decoded.encoding, decoded.bom) == decoded


def test_bytes_that_are_not_the_recorded_encoding_are_refused() -> None:
    with pytest.raises(ValueError, match="not utf-32-le"):
        decode_as(b"\xff\xff\xff\xff", "utf-32-le", b"")


@pytest.mark.parametrize(
    ("text", "style"),
    [("a", "none"), ("a\nb", "lf"), ("a\r\nb", "crlf"), ("a\rb", "cr"), ("a\r\nb\n", "mixed"), ("a\rb\n", "mixed")],
)
def test_newlines_are_kept_and_named(text: str, style: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text
    assert decoded.newline == style


@pytest.mark.parametrize(
    "text", ["Caf\u00e9 \ud800 open", "a\0b\0c\0d\0" * 4, "\x1b$B", "\u00fe\u00ff", "\ufeffmarked", "\u20ac \udcff"]
)
def test_what_came_as_unicode_is_not_guessed(text: str) -> None:
    document = Document.from_text(text)
    decoded = document.decoded
    assert decoded.bom.decode() + decoded.text == re.sub("[\ud800-\udfff]", REPLACEMENT, text)
    assert decoded.encode() == document.raw
    assert decode_as(document.raw, decoded.encoding, decoded.bom) == decoded


@pytest.mark.parametrize("encoding", ["no-such-codec", "utf-16-le", "ascii"])
def test_an_encoding_that_cannot_be_is_not_insisted_on(encoding: str) -> None:
    assert decode("é".encode() + b"\xe9!", encoding).encode() == "é".encode() + b"\xe9!"

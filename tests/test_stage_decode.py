"""Bad bytes become the characters that were meant; newlines become LF."""

import pytest
from hypothesis import given

from helpers import does, outcome, rules_used
from strategies import raw_bytes, texts


@pytest.mark.parametrize(
    ("raw", "text", "rules"),
    [
        ("Zoë’s “café” ".encode() + b"\x93no\x94", "Zoë’s “café” “no”", ["decode/windows-1252-byte"] * 2),
        ("Zoë’s “café” ".encode() + b"\xe2\x80", "Zoë’s “café” ", ["decode/torn-character"]),
        ("Zoë’s “très” “café” ÄÖÜ ".encode() + b"\xed\xa0\xbd\xed\xb8\x80",
         "Zoë’s “très” “café” ÄÖÜ 😀", ["decode/surrogate-pair"]),
        ("Zoë’s “café” ".encode() + b"\x81", "Zoë’s “café” \ufffd", []),
        (b"a\r\nb\rc\n", "a\nb\nc\n", ["decode/newline"] * 2),
    ],
)  # fmt: skip
def test_repairs(raw: bytes, text: str, rules: list[str]) -> None:
    result = outcome("decode", raw)
    assert result.text == text
    assert rules_used(result) == rules


def test_the_bytes_are_the_evidence() -> None:
    result = outcome("decode", "Zoë’s “café” ".encode() + b"\x93")
    assert result.ledger.records[0].proposal.evidence == {"bytes": "93"}


def test_a_lone_surrogate_is_not_read_as_windows_1252() -> None:
    raw = "Zoë’s “très” “café” ÄÖÜ ".encode() + b"\xed\xa0\x80 end"
    assert outcome("decode", raw).text == "Zoë’s “très” “café” ÄÖÜ \ufffd end"


@given(texts)
def test_afterwards_every_newline_is_lf_and_nothing_else_changed(text: str) -> None:
    text = f"é{text}"  # so that a mark at the start is a character, and nothing looks like UTF-16
    assert outcome("decode", text).text == text.replace("\r\n", "\n").replace("\r", "\n")


@given(raw_bytes)
def test_no_carriage_return_is_left(raw: bytes) -> None:
    assert "\r" not in outcome("decode", raw).text


@pytest.mark.parametrize("text", ["a\u2028b\n", "a\x0bb\x0cc\n", "\ufffd was there\n", "a\n\nb\n"])
def test_other_breaks_and_written_replacement_characters_stay(text: str) -> None:
    does("decode", text)

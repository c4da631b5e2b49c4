"""All hostile inputs, made and not stored: `python tests/hostile/make.py FOLDER` writes one folder for each kind.

`FAMILIES` are texts of any length, one for each way in which work could outgrow the text.
"""

import gzip
import io
import json
import os
import sys
import tarfile
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from types import MappingProxyType

PROSE = (
    "The three harbour towns agreed on Tuesday to share one timetable for all their ferries and trains.\n\n"
    "Nobody on the quay seemed surprised by the news, and the baker said that people would walk home anyway.\n\n"
    "Engineers who had looked at the old bridge wrote that its northern pier had moved by three centimetres.\n"
)
_SUFFIXES = tuple("".join(letters) for letters in product(ascii_lowercase, repeat=3))


def _of(unit: str, end: str = "") -> Callable[[int], str]:
    return lambda length: unit * (length // len(unit)) + end


def _distinct(unit: str) -> Callable[[int], str]:
    """Lines that differ in three letters, where the unit has a `*`."""

    def text(length: int) -> str:
        return "".join(unit.replace("*", _SUFFIXES[i % len(_SUFFIXES)]) for i in range(length // (len(unit) + 2)))

    return text


FAMILIES: Mapping[str, Callable[[int], str]] = MappingProxyType({
    "one word": _of("a"),
    "one long line": _of("The ferry left at noon. "),
    "empty lines": _of("\n"),
    "spaces before a letter": _of(" ", "x"),
    "runs of spaces": _of("a  b "),
    "runs of spaces, three lines": lambda length: (_of("a  b ")(length // 3) + "\n") * 3,
    "no-break spaces": _of("a\xa0b "),
    "tabs": _of("a\tb\t"),
    "bars": _of("|a"),
    "carriage returns": _of("a\r\n"),
    "line separators": _of("\u2028", "x"),
    "form feeds": _of("\x0c"),
    "entities": _of("&amp;"),
    "entities among words": _of("a &eacute; "),
    "entities within entities": _of("&#38;#38;"),
    "ampersands": _of("&"),
    "mojibake, one line": _of("donâ€™t "),
    "mojibake, many lines": _of("He didnâ€™t go there today.\n"),
    "mojibake of several codecs": _of("Ã©â€™\xa0ÐŸ"),
    "glued words": _of("theChinese warChinese "),
    "glued sentences": _of("The end of this road is here ended.The "),
    "glued and quoted": _of('here "was ended."The '),
    "broken quotation marks": _of('“a" '),
    "straight quotation marks": _of('"a '),
    "hashtags": _of("#tag "),
    "hashtag lines": _of("#tag #two\n"),
    "menu lines": _of("Menu\n"),
    "menu and other lines": _of("Share this article\nHello world\n"),
    "contents": lambda length: _distinct("Contents\nPart *\n")(length // 2) * 2,
    "copyright lines": _of("© 2021 The Post. All rights reserved.\n"),
    "bylines": _distinct("By Ann Porter*\n"),
    "contributors": _distinct("Ann Po* contributed to this report.\n"),
    "dates": _of("March 4, 2021\n"),
    "datelines": _of("PARIS (AP) — The ferry left at noon, and nobody spoke about it on the pier.\n\n"),
    "addresses": _distinct("https://example.org/a/2021/03/04/*\n"),
    "sources": _of("Source: https://www.example.org/x\n"),
    "photo credits": _of("(Photo by Ann Porter)\n"),
    "signatures": lambda length: PROSE + _of("— The Post\n")(length),
    "NUL": _of("a\x00"),
    "zero-width spaces": _of("a\u200b"),
    "combining marks": _of("e\u0301"),
    "one letter, many marks": _of("\u0301"),
    "jamo": _of("\u1100\u1161"),
    "bidi overrides": _of("\u202ea"),
    "terminal colours": _of("\x1b[31m"),
    "terminal titles": _of("\x1b]"),
    "C1 controls": _of("\x93a\x94"),
    "hard wraps": _of("The ferry left the harbour at noon and nobody on the pier was there\n"),
    "split words": _of("foun-\ndation "),
    "hyphens": _of("a-"),
    "long word, split": _of("abcdefghij", "-\n"),
    "spun phrases": _of("Chinese language President Joined together States conflict combat "),
    "spun and quoted": _of('"Chinese language President '),
    "Cyrillic lines": _of("Привет мир как дела\n"),
    "ideographs": _of("中文"),
    "emoji": _of("😀"),
    "joined emoji": _of("👩\u200d"),
    "ligatures": _of("ﬁ"),
    "open brackets": _of("f("),
    "calls": _of("f(a) "),
    "list items": _of("- item one\n"),
    "indented prose": _of("    The ferry left at noon on that day again.\n"),
    "prose": _of(PROSE + "\n"),
    "full stops": _of("."),
    "closing marks": _of(")", "x."),
    "digits": _of("1"),
    "JSON": _of('{"a":"b"},'),
    "own ledger": _of('{"kind":"change","seq":0,"before":"[-x-]{+y+}"}\n'),
})  # fmt: skip

HIDDEN = "".join(map(chr, (0x202E, 0x2066, 0x2069, 0x200B, 0x2060, 0xE0041, 0xFEFF, 0x061C)))
TERMINAL = "\x1b[2J\x1b]52;c;cm0gLXJmIH4=\x07\r\x08\x08\x7f\x9b31m\x9d0;title\x9c"
PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><script>alert(2)</script>",
    "'\"><svg onload=alert(3)>", "<!--", "-->", "]]>", "</title>", "javascript:alert(4)", "{{7*7}}", "${7*7}",
    "<a href='javascript:alert(5)'>x</a>", "\u2028</script>", "&lt;script&gt;", "<base href=//evil.example/>",
    "<script>window.PWN=1</script>", "<img src=//evil.example/x onerror=window.PWN=2>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>parent.PWN=3</script>'></iframe>",
    "<template><script>window.PWN=4</script></template>",
    "<svg><script>window.PWN=5</script><use href=//evil.example/x.svg#y></use></svg>",
    "<!--><script>window.PWN=6</script>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example><input autofocus onfocus=window.PWN=7></form>",
    "</textarea><b>", "</code></bdi></p><h1>",
    "<math><mtext><img src=x onerror=window.PWN=8></mtext></math>", "<details open ontoggle=window.PWN=9>",
)  # fmt: skip
FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1")
IDS = (
    "../../x", "/etc/x", "CON", "nul.txt", "a\x00b", "case", "CASE", "e\u0301", "\u00e9", "a\nb", "=1+1", "<b>", ".",
    "..", "\ud800", "i" * 512, TERMINAL, "~/x", "C:\\x", "a/../../b",
)  # fmt: skip


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))


def encodings(folder: Path) -> None:
    """H5: bytes that do not decode, several encodings in one file, marks, halves of characters."""
    prose = (PROSE + "She said “naïve” twice at the café, and “déjà vu” at the théâtre.\n").encode()
    _write(folder, {
        "invalid.txt": prose + b"caf\xc3 and caf\xff\xfe and \xe2\x80\n",
        "mixed.txt": PROSE.encode() + b"\x93quoted\x94 caf\xe9\n" + "café “quoted”\n".encode(),
        "utf16.txt": b"\xff\xfe" + PROSE.encode("utf-16-le"),
        "utf16-torn.txt": b"\xfe\xff" + PROSE.encode("utf-16-be") + b"\x00",
        "utf32.txt": PROSE.encode("utf-32"),
        "utf8-mark.txt": b"\xef\xbb\xbf" + PROSE.encode(),
        "torn.txt": prose + b"\xf0\x9f\x98",
        "cesu.txt": prose + b"\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\x80\n",
        "cp1252.txt": "“It’s caf\u00e9”, she said – twice.\n".encode("cp1252") * 20,
        "newlines.txt": b"One.\r\nTwo.\rThree.\n\r\nFour.\x85\xe2\x80\xa8Five.",
    })  # fmt: skip


def surrogates(folder: Path) -> None:
    """H6: halves of surrogate pairs, as JSON can say them."""
    rows = (
        r'{"id":"a","text":"one \ud800 two\n"}', r'{"id":"b\udfff","text":"\udfff\ud800\ud83d\ude00"}',
        r'{"id":"c","text":"plain","note":"\ud800"}',
    )  # fmt: skip
    _write(folder, {"lone.jsonl": "\n".join(rows) + "\n"})


def controls(folder: Path) -> None:
    """H7, H9: controls, separators and terminal codes in text, in names and in ids."""
    every = "".join(map(chr, (*range(32), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029)))
    _write(folder, {
        "text.txt": PROSE + "\n".join(f"between {mark} marks" for mark in every if mark != "\n") + "\n",
        "terminal.txt": f"{PROSE}{TERMINAL}\n",
        "name\x1b[31m\x9b.txt": PROSE,
        "rows.jsonl": json.dumps({"id": f"id {TERMINAL}", "text": f"{PROSE}{every}"}, ensure_ascii=False) + "\n",
    })  # fmt: skip


def hidden(folder: Path) -> None:
    """H8: direction overrides, tags, zero-width characters, letters that look like others."""
    words = f"access{HIDDEN}Level = 'us\u0435r{HIDDEN}'"
    _write(folder, {"bidi.txt": f'{PROSE}\n{words} “broken" mark\n'})


def pages(folder: Path) -> None:
    """H10, H11: mark-up, scripts, templates and formulas in texts and ids."""
    rows = [
        {"id": f"{payload} {i}", "text": f"Menu\n\n{payload}\n\n{PROSE}\n{payload}"}
        for i, payload in enumerate(PAYLOADS)
    ]
    rows += [{"id": formula, "text": f"{formula}&amp;\n\n{PROSE}"} for formula in FORMULAS]
    _write(folder, {"pages.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})


def pages_in_edits(folder: Path) -> None:
    """H10: the same in what edits take out and put in, in reasons and in ids, with acting characters and huge cells."""
    rows, rules = [], [_EVIL]
    for i, payload in enumerate(PAYLOADS):
        text = f"{payload}{HIDDEN}{TERMINAL}\0"
        rows.append({"id": f"{text} {i}", "text": f"{PROSE}\nGone {text}\n\nHere is SWAP{i}, and {text} stays."})
        put = payload.translate(dict.fromkeys(map(ord, "{}[]$")))
        values = (json.dumps(value) for value in (f"swap-{i}", f"{payload} {i}.", f"SWAP{i}\\b", put))
        example = json.dumps(f"He [-SWAP{i}-]{{+{put}+}} left.")
        rules.append(_SWAP.format(*values, example))
    huge = f"{PROSE}\nGone {'x' * 200_000}\n\nGone {PAYLOADS[0] * 2_000}\n{'y' * 50_000}\n"
    rows.append({"id": "huge", "text": huge})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    _write(folder, {"in/rows.jsonl": lines, "rules/evil.toml": "".join(rules)})


_EVIL = """table = "evil"
about = "Whatever a rule may say."
stage = "boilerplate"
[[rule]]
id = "gone"
note = "N."
find = 'Gone .*'
unit = "line"
put = ""
examples = ["[-Gone x\\n-]He left at noon.", "Going, he left at noon."]
"""
_SWAP = """[[rule]]
id = {}
note = {}
find = {}
unit = "inline"
put = {}
examples = [{}, "He left SWAP at noon."]
"""


def ids(folder: Path) -> None:
    """H12: ids that would be paths, devices, or each other."""
    rows = [{"id": name, "text": f"{PROSE}Number {i}.\n"} for i, name in enumerate(IDS)]
    rows.append({"id": "j" * 513, "text": PROSE})
    _write(folder, {"ids.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})


def long(folder: Path, *, megabytes: int = 200) -> None:
    """H4: a line of 200 MB, a word of 10 MB, millions of empty lines; and something harmless."""
    _write(folder, {"harmless.txt": PROSE, "word.txt": b"a" * 10_000_000, "empty.txt": b"\n" * 10_000_000})
    with (folder / "line.txt").open("wb") as file:
        for _ in range(megabytes):
            file.write(b"The ferry left. " * 62_500)
    with (folder / "row.jsonl").open("wb") as file:
        file.write(b'{"id":"long","text":"')
        for _ in range(megabytes):
            file.write(b"The ferry left. " * 62_500)
        file.write(b'"}\n' + json.dumps({"id": "short", "text": PROSE}).encode() + b"\n")


def bombs(folder: Path, *, megabytes: int = 200) -> None:
    """H3: zeros and letters that unpack to a thousand times their size."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, byte in (("zeros.txt.gz", b"\0"), ("letters.txt.gz", b"a")):
        with gzip.GzipFile(folder / name, "wb", mtime=0) as file:
            for _ in range(megabytes):
                file.write(byte * 1_000_000)
    _write(folder, {"harmless.txt": PROSE})


def archives(folder: Path) -> None:
    """H13: members that would lie elsewhere, links, devices."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / "evil.tar", "w") as tar:
        for name, kind, target in (
            ("good.txt", tarfile.REGTYPE, ""), ("../evil.txt", tarfile.REGTYPE, ""), ("/evil.txt", tarfile.REGTYPE, ""),
            ("link.txt", tarfile.SYMTYPE, "/etc/passwd"), ("hard.txt", tarfile.LNKTYPE, "../../secret.txt"),
            ("device.txt", tarfile.CHRTYPE, ""), ("pipe.txt", tarfile.FIFOTYPE, ""),
        ):  # fmt: skip
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            data = PROSE.encode() if kind == tarfile.REGTYPE else b""
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    _write(folder, {"harmless.txt": PROSE})


def links(folder: Path) -> None:
    """H14: links to elsewhere, to themselves and to devices; a pipe nobody writes to."""
    _write(folder, {"harmless.txt": PROSE, "deep/harmless.txt": PROSE, "../secret.txt": "secret\n"})
    for name, target in (
        ("secret.txt", "../secret.txt"), ("self.txt", "self.txt"), ("zero.txt", "/dev/zero"), ("deep/up", ".."),
        ("root", "/"),
    ):  # fmt: skip
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.txt")


_GOOD = '[[rule]]\nid = "r"\nnote = "N."\nfind = "x"\nput = ""\nexamples = ["[-x\\n-]Text.", "Text."]\n'
TABLES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "unknown key": (_GOOD.replace("note", "note_"), "t.toml:3: rule 'r': unknown key 'note_'"),
    "twins": (_GOOD + _GOOD, "two rules are called 'r'"),
    "a megabyte of pattern": (_GOOD.replace('"x"', f'"{"x" * 2**20}"'), "t.toml:3: rule 'r': the pattern has 1048576"),
    "executable tag": ("rule: !!python/object/apply:os.system ['true']\n", "not readable as TOML"),
    "nested repeats": (_GOOD.replace('"x"', '"(a+)+b"'), "t.toml:3: rule 'r': a repeated group"),
    "alternatives that overlap": (_GOOD.replace('"x"', '"(a|aa)+b"'), "t.toml:3: rule 'r': "),
    "two wildcards": (_GOOD.replace('"x"', '".*.*="'), "t.toml:3: rule 'r': its work grows"),
    "blanks at the end": (_GOOD.replace('"x"', "'\\s+$'\nunit = \"inline\""), "t.toml:3: rule 'r': its work grows"),
    "nested bounds": (_GOOD.replace('"x"', '"(?:a{1,30}){1,30}b"'), "t.toml:3: rule 'r': a repeated group"),
    "a long look behind": (_GOOD.replace('"x"', '"(?<=a{65})b"'), "t.toml:3: rule 'r': a look-behind"),
    "back-reference": (_GOOD.replace('"x"', "'(a)\\1'"), "t.toml:3: rule 'r': back-references"),
    "broken pattern": (_GOOD.replace('"x"', '"("'), "t.toml:3: rule 'r': the pattern '(' does not compile"),
    "not a table": ("rule = 3\n", "t.toml: "),
    "no UTF-8": ("\ud800", "not readable as TOML"),
})  # fmt: skip
"""H1, H16: rule tables that must be refused, and with which words."""


def tables(folder: Path) -> None:
    """The refused tables, one folder each."""
    for name, (text, _) in TABLES.items():
        header = 'table = "t"\nabout = "Hostile."\n'
        _write(folder / name, {"t.toml": header + text})


def adversarial(folder: Path) -> None:
    """H2: a table that is well-formed, and a text that makes it name the same lines again and again."""
    rule = (
        'table = "t"\nabout = "Everything behind a mark."\nstage = "trailers"\n[[rule]]\nid = "behind"\nnote = "N."\n'
        'find = "end of page"\nunit = "rest"\nzone = "tail"\nput = ""\nexamples = ["[-end of page-]", "End."]\n'
    )
    _write(folder, {"rules/t.toml": rule, "in/marks.txt": PROSE + "end of page\n" * 900, "in/harmless.txt": PROSE})


KINDS: Mapping[str, Callable[[Path], None]] = MappingProxyType({
    kind.__name__: kind
    for kind in (
        encodings, surrogates, controls, hidden, pages, pages_in_edits, ids, long, bombs, archives, links, tables,
        adversarial,
    )
})  # fmt: skip

if __name__ == "__main__":
    for kind_name, make in KINDS.items():
        make(Path(sys.argv[1]) / kind_name)

"""How much cleanse takes on: what lies beyond is refused with a reason, the same on every machine, never a crash.

Nothing here is measured in seconds. The work on a document is counted: a pass is as many characters as the document
has, and every character that proposals and claims take out, put in or show as evidence counts once. Honest texts need
a few passes at most; a text made to have the same lines named again and again runs out of them.
The defaults are those of the fault model (docs/architecture.md, SECURITY.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from cleanse.errors import LimitError, ReadError, UsageError

_FREE = 1_000
"""Edits, and characters of a pass, that even the shortest document may have."""

_MEANINGS: Mapping[str, str] = MappingProxyType({
    "packed_bytes": "bytes of a compressed file that is one document",
    "document_bytes": "bytes of a document, unpacked",
    "document_chars": "code points of a document",
    "ratio": "how many times larger than its packed form a file may unpack",
    "line_chars": "code points of a line",
    "lines": "lines of a document",
    "edits": "proposals for a document; beyond the first thousand, also half as many as it has characters",
    "passes": "the work on a document, in passes over its text",
    "id_bytes": "bytes of a document's id in UTF-8",
    "pattern_chars": "code points of a rule's pattern, named parts put in; may only be lowered",
    "rules": "rules and lexicon rows of a run",
    "report_edits": "changes that the report tells one by one; of more it tells the kinds",
})  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """The largest of everything, as `_MEANINGS` says; a `cleanse.toml` may set each under `[limits]`."""

    packed_bytes: int = 16 * 2**20
    document_bytes: int = 64 * 2**20
    document_chars: int = 20_000_000
    ratio: int = 100
    line_chars: int = 2_000_000
    lines: int = 1_000_000
    edits: int = 200_000
    passes: int = 50
    id_bytes: int = 512
    pattern_chars: int = 2_000
    rules: int = 200_000
    report_edits: int = 2_000
    """10,000 rows load in 3.4 s in a browser, measured."""

    def __post_init__(self) -> None:
        """Raises UsageError for values that make no sense."""
        for name, value in vars(self).items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise UsageError(f"`{name}` must be a whole number above 0")
        if self.pattern_chars > Limits.pattern_chars:
            raise UsageError(f"`pattern_chars` may not be above {Limits.pattern_chars:,}")

    def check(self, ident: str, text: str) -> None:
        """Raise LimitError for a document that is too much in itself."""
        size = len(ident.encode("utf-8", "surrogatepass"))
        if size > self.id_bytes:
            raise LimitError("long-id", beyond("id_bytes", f"an id of {size} bytes, more than {self.id_bytes:,}"))
        if len(text) > self.document_chars:
            raise LimitError(
                "too-large", beyond("document_chars", f"more than {self.document_chars:,} characters; split it")
            )
        if text.count("\n") >= self.lines:
            raise LimitError("many-lines", beyond("lines", f"more than {self.lines:,} lines; split it"))
        if len(text) > self.line_chars and _longest_line(text) > self.line_chars:
            what = f"a line of more than {self.line_chars:,} characters; break it"
            raise LimitError("long-line", beyond("line_chars", what))

    def check_bytes(self, ident: str, size: int) -> None:
        """Raise ReadError for a document of so many bytes, if that is too much to be held."""
        if size > self.document_bytes:
            what = f"{ident}: larger than {self.document_bytes:,} bytes; split it"
            raise ReadError(beyond("document_bytes", what), "too-large")

    @property
    def held(self) -> int:
        """Bytes of a JSON line that is held: escapes may double a text and more."""
        return 2 * self.document_bytes

    def edits_of(self, chars: int) -> int:
        """How many proposals a document of so many characters may draw."""
        return min(self.edits, max(_FREE, 1 + chars // 2))

    def work_on(self, chars: int) -> int:
        """The work, in characters, that a document of so many characters may take."""
        return self.passes * max(_FREE, chars)

    def described(self) -> Iterator[tuple[str, int, str]]:
        """Name, value and meaning of each."""
        for item in fields(self):
            yield item.name, getattr(self, item.name), _MEANINGS[item.name]


class Meter:
    """Counts the work on one document."""

    def __init__(self, limits: Limits, chars: int) -> None:
        self._edits = limits.edits_of(chars)
        self._work = self._left = limits.work_on(chars)

    def edit(self, chars: int) -> None:
        """One more proposal, of so many characters. Raises LimitError when it is one too many, or costs too much."""
        self._edits -= 1
        if self._edits < 0:
            raise LimitError("many-edits", beyond("edits", "draws more proposals than text of its length can need"))
        self.spend(chars)

    def spend(self, chars: int) -> None:
        """So many characters more. Raises LimitError when the budget is used up."""
        self._left -= chars
        if self._left < 0:
            what = f"takes more than the {self._work:,} characters of work it may cost"
            raise LimitError("budget", beyond("passes", what))


def beyond(name: str, what: str) -> str:
    """What is too much, and how more is allowed."""
    return f"{what}; `{name}` under [limits] in a cleanse.toml allows more"


def _longest_line(text: str) -> int:
    longest = start = 0
    while (end := text.find("\n", start)) >= 0:
        longest = max(longest, end - start)
        start = end + 1
    return max(longest, len(text) - start)


DEFAULTS = Limits()
"""What holds where nobody has said otherwise."""

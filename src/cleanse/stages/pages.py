"""What a printed page carries into its text: page numbers, and the running heads beside them.

A number alone on its line may head a chapter, count down, or be a score. So three signs are asked for together: the
numbers rise by one, with text between them; the same line of some words stands beside at least two of them; and they
do not begin at one, as the numbers of chapters and questions do.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cleanse.edits import Edit
from cleanse.model import Proposal
from cleanse.view import Line, View

_NUMBER = re.compile(
    r"[-–—\[( ]{0,3}(?:(?:[Pp]age|[Pp]\.|[Ss]eite|[Pp]ágina) )?(\d{1,3})(?: (?:of|/|von|de|sur) \d{1,4})?[-–—\]) ]{0,3}"
)
"""A page's number; four digits are as likely a year."""
_HEAD_WORDS = range(3, 16)


def page_marks(view: View) -> Iterator[Proposal]:
    """The removal of page numbers that rise by one, and of the head that they share."""
    for run in _runs(view):
        heads = Counter(key for at in run for key in _heads(view, at))
        for at in run:
            beside = [line for key, line in _heads(view, at).items() if heads[key] > 1]
            if beside:
                yield _removal(
                    view, view.written[at], "page-number", "numbers that rise by one beside one running head"
                )
            for line in beside:
                yield _removal(view, line, "running-head", "the same line beside several page numbers")


def _runs(view: View) -> Iterator[Sequence[int]]:
    """The places of numbers, each one more than the last and with text between, that do not begin at one."""
    run: list[tuple[int, int]] = []
    for at, line in enumerate(view.written):
        number = _number(line)
        if number is None:
            continue
        if run and not (
            number == run[-1][1] + 1 and any(other.is_prose for other in view.written[run[-1][0] + 1 : at])
        ):
            yield from _told(run)
            run = []
        run.append((at, number))
    yield from _told(run)


def _told(run: Sequence[tuple[int, int]]) -> Iterator[Sequence[int]]:
    if len(run) > 1 and run[0][1] > 1:
        yield [at for at, _ in run]


def _number(line: Line) -> int | None:
    core = line.stripped
    match = _NUMBER.fullmatch(core) if len(core) <= 24 and not core.isalpha() else None
    return int(match[1]) if match else None


def _heads(view: View, at: int) -> dict[str, Line]:
    """The lines beside a number that may be running heads, by their words."""
    near = (*view.written[max(0, at - 1) : at], *view.written[at + 1 : at + 2])
    return {
        " ".join(line.stripped.split()): line for line in near if line.words in _HEAD_WORDS and not line.ends_sentence
    }


def _removal(view: View, line: Line, rule: str, reason: str) -> Proposal:
    return Proposal(Edit(line.start, view.text[line.start : line.stop], ""), f"structure/{rule}", reason)

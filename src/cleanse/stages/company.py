"""What else is known of the lines of a text while its furniture is sought.

Which of them a later stage takes out, which are the headline, and what is left when some are gone.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleanse.edits import Edit
from cleanse.language import is_english, is_foreign, script_of
from cleanse.lines import authored
from cleanse.model import Proposal
from cleanse.rules import RuleSet
from cleanse.stages.headline import Titles
from cleanse.view import Line, View

_BEGIN = 4_000
"""Code points by which the script and the language of a text are told."""


def covered(view: View, edit: Edit) -> range:
    """The indexes of the lines that an edit touches."""
    starts, first = view.starts, view.index_at(edit.start)
    if first + 1 == len(starts) or edit.end <= starts[first + 1]:  # as most do, and they are asked about often
        return range(first, first + 1)
    return range(first, view.index_at(edit.end - 1) + 1)


@dataclass(frozen=True)
class Keepsakes:
    """The rules of later stages that take lines out: they know their lines better."""

    provenance: RuleSet
    trailers: RuleSet

    @cached_property
    def rules(self) -> RuleSet:
        """All of them."""
        return (self.provenance + self.trailers).only(lambda rule: rule.put is not None)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The names of those whose lines are kept in the record."""
        claiming = (rule for rule in self.trailers.rules if rule.claims)
        return frozenset(rule.name for rule in (*self.provenance.rules, *claiming))


class Text:
    """A text, and which of its lines a later stage takes out."""

    def __init__(self, view: View, keepsakes: Keepsakes) -> None:
        self.view = view
        self._keepsakes = keepsakes

    @cached_property
    def moved(self) -> frozenset[int]:
        """The lines that rules of later stages propose to take out; most texts are never asked."""
        known = self._lines(self._takings)
        return frozenset(known | set(self._foreign_tail(known)))

    @cached_property
    def recorded(self) -> frozenset[int]:
        """Those of them that are kept in the record; the trailers among the others go only from the text's end."""
        keep = self._keepsakes.recorded
        return frozenset(self._lines(wish for wish in self._takings if wish.rule in keep))

    @cached_property
    def authored(self) -> frozenset[int]:
        """The lines that the layout shows to be the author's, whatever their words."""
        written = self.view.written
        return frozenset(written[at].index for at in authored([line.text for line in written]))

    @cached_property
    def _takings(self) -> Sequence[Proposal]:
        return [wish for wish in self._keepsakes.rules.wishes(self.view) if isinstance(wish, Proposal)]

    def _lines(self, proposals: Iterable[Proposal]) -> set[int]:
        return {index for proposal in proposals for index in covered(self.view, proposal.edit)}

    def _foreign_tail(self, known: Collection[int]) -> Iterator[int]:
        """The closing lines in another language, from the end up, with what rules know of between them."""
        begin = self.view.text[:_BEGIN]
        script, english = script_of(begin), is_english(begin)
        for line in reversed(self.view.written):
            if is_foreign(line.stripped, script, english=english):
                yield line.index
            elif line.index not in known:
                return


class Beside:
    """The company of the lines that the model judges, by their place among the written lines."""

    def __init__(self, text: Text, sure: frozenset[int]) -> None:
        self.sure = sure
        self._text = text

    @cached_property
    def moved(self) -> frozenset[int]:
        """Places of lines that a later stage takes out."""
        return frozenset(at for at, line in enumerate(self._text.view.written) if line.index in self._text.moved)

    def held(self, left: Sequence[int], going: Iterable[int]) -> frozenset[int]:
        """Of the places that are `going`, those of lines that may be the headline of what is left.

        Not of the whole text: what is a headline only while a menu stands above it would go in a second run.
        """
        written = self._text.view.written
        titles = Titles([written[at] for at in left], ())
        return frozenset(at for at in going if written[at] in titles)


class Rest:
    """A view without the lines `gone`."""

    def __init__(self, whole: View, gone: Collection[int]) -> None:
        self.whole = whole
        self.kept = tuple(line for line in whole.lines if line.index not in gone)

    @cached_property
    def view(self) -> View:
        """The lines that are left, as a text of their own."""
        return self.whole.ahead("\n".join([line.text for line in self.kept]))

    def lines(self, edit: Edit) -> Iterator[Line]:
        """The written lines of the whole text that an edit of the rest covers."""
        first, last = self.view.line_at(edit.start), self.view.line_at(max(edit.start, edit.end - 1))
        return (line for line in self.kept[first.index : last.index + 1] if line.stripped)

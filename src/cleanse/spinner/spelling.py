"""American or British: an original is written as the text at hand spells.

The thesaurus offers `defence` beside `defense`, and authors of rows had one of the two in mind. Which of them stood is
no question of evidence: a text spells in one way, and shows by its other words in which. Evidence is weighed for the
American word, which is the one that counted phrases know.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cleanse.errors import RuleError


@dataclass(frozen=True)
class Spellings:
    """The table at a path: a British word and its American spelling a line. It is read for the first spun text."""

    path: Path

    def __getstate__(self) -> dict[str, object]:
        """Without what was read: a worker reads for itself."""
        return {"path": self.path}

    @cached_property
    def _american(self) -> Mapping[str, str]:
        """By the British word."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(f"spinner/{self.path.name}: cannot be read: {error}") from error
        american = {}
        for number, line in enumerate(lines, 1):
            if not line.startswith("#"):
                british, tab, word = line.partition("\t")
                if not (british and tab and word) or "\t" in word:
                    raise RuleError(f"spinner/{self.path.name}:{number}: {line!r} is not two words with a tab between")
                american[british] = word
        return american

    @cached_property
    def _british(self) -> Mapping[str, str]:
        """By the American word."""
        return {american: british for british, american in self._american.items()}

    def american(self, original: str) -> str:
        """An original as Americans spell it."""
        return _spelt(original, self._american)

    def of(self, words: Collection[str]) -> Callable[[str], str]:
        """How a text of these lower-case words spells originals: American unless more of them are British."""
        british = len(self._american.keys() & words)
        own = self._british if british > len(self._british.keys() & words) else self._american
        return lambda original: _spelt(original, own)


def _spelt(original: str, own: Mapping[str, str]) -> str:
    """Words with capitals stay: `Ministry of Defence` is a name."""
    if " " not in original:
        return own.get(original, original)
    return " ".join(own.get(word, word) for word in original.split(" "))

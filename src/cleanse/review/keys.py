"""The keys of a review, said once: the page's buttons and its help, and those of the terminal, are made of these."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One key, and what it means."""

    key: str
    """As the browser names it; a space is a space."""
    button: str
    """What the button says while an edit is shown; empty where there is none then."""
    kept: str
    """The same while a kept line is shown."""
    meaning: str
    also: str = ""
    """A second key for it, while a kept line is shown."""

    @property
    def name(self) -> str:
        """As it is printed."""
        return "space" if self.key == " " else self.key


KEYS = (
    Key("a", "accept", "right", "the change is right, and a mere proposal is to be applied; the kept line is right"),
    Key("x", "reject", "should be gone", "this must not happen here, whatever rule asks; the line should be gone", "d"),
    Key("e", "should be …", "should be …", "wrong: type what it should have been", "w"),
    Key(" ", "skip", "skip", "cannot tell; counts as wrong in the bound"),
    Key("u", "undo", "undo", "take the last word back, and the one before it …"),
    Key("n", "note", "note", "a note for the next decision"),
    Key("j", "later", "later", "on without a word; it comes again at the end"),
    Key("k", "back", "back", "back to the undecided one before"),
    Key("J", "next of all", "next of all", "on to the next one, decided or not"),
    Key("K", "last of all", "last of all", "back to the one before, decided or not; a new word replaces the old one"),
    Key("A", "accept this kind", "", "accept all undecided edits of this kind, after a look at five of them"),
    Key("X", "reject this kind", "", "reject them all, after the same look"),
    Key("c", "context", "context", "the whole document around it, and back"),
    Key("R", "rule", "", "what the rule says, and what reviewers said of it"),
    Key("g", "guards", "", "what stands beside rejected uses of the rule and not beside accepted ones"),
    Key("/", "filter", "", "only edits of some rules, such as spelling/*"),
    Key("t", "what was kept", "what was changed", "from what was changed to what was kept, and back"),
    Key("?", "keys", "keys", "this list"),
    Key("q", "finish", "finish", "finish"),
)

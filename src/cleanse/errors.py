"""What can go wrong, as one tree.

CleanseError
├── EditError      edits overlap, or do not fit the text       (a bug in a stage: becomes a fault of the document)
├── RuleError      file, row, rule: unreadable, or contradicting its own examples   (before any text is touched)
├── ReadError      a document that cannot be taken in          (that document is quarantined, the run goes on)
├── LimitError     a document beyond the limits                (that document is quarantined, the run goes on)
├── RecordError    a record breaks its schema or its evidence   (that document is quarantined, the run goes on)
├── LedgerError    replay, revert or verify found a mismatch
├── OutputError    the output folder is refused or no longer whole
├── ResourceError  memory or disk gave out; what is done stays done, the run can be resumed
└── UsageError     options or configuration that make no sense (nothing is written)
"""


class CleanseError(Exception):
    """Base of every error cleanse raises on purpose."""


class EditError(CleanseError):
    """Edits overlap, or do not fit the text they are applied to."""


class RuleError(CleanseError):
    """A rule table is unreadable, or a rule contradicts its own examples."""


class ReadError(CleanseError):
    """A document cannot be read; `reason` is one word for the quarantine row."""

    def __init__(self, message: str, reason: str = "unreadable") -> None:
        super().__init__(message)
        self.reason = reason


class LimitError(CleanseError):
    """A document is more than the limits allow; `reason` is one word for the quarantine row."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type["LimitError"], tuple[str, str]]:
        """Two arguments make it, the message alone would not."""
        return LimitError, (self.reason, str(self))


class RecordError(CleanseError):
    """A document's record is not as its schema says, or its evidence does not stand in the raw text."""


class LedgerError(CleanseError):
    """A ledger does not reproduce the text it claims to."""


class OutputError(CleanseError):
    """The output folder cannot be used, or what it holds is not what was written."""


class UsageError(CleanseError):
    """The request makes no sense as given; nothing has been written."""


class ResourceError(CleanseError):
    """Memory or disk gave out; the run can be resumed."""

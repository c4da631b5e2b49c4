"""A stage that some documents kill; importable wherever workers run, as an installed stage would be."""

import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cleanse.model import Draft, Wish

DEADLY = "This line kills its worker, always."
FATAL_ONCE = "This line kills its worker, once."
ENDLESS = "This line never ends."


@dataclass(frozen=True)
class Poison:
    """Dies of one line, sleeps over another, and wishes for nothing."""

    flag: str = ""
    """A file that says that `FATAL_ONCE` has killed a worker already."""
    name: str = "poison"

    def propose(self, draft: Draft) -> Iterable[Wish]:
        if DEADLY in draft.text:
            os._exit(9)
        if FATAL_ONCE in draft.text and not Path(self.flag).exists():
            Path(self.flag).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if ENDLESS in draft.text:
            time.sleep(600)
        return ()

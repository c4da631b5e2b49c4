"""How often Python looks for garbage."""

import gc

_NEW_OBJECTS = 50_000
"""Between two looks; the default is 700. Tables stay, and looking through them took a seventh of a short run."""


def look_seldom() -> None:
    """For a process of our own: what loads at its start stays."""
    gc.set_threshold(_NEW_OBJECTS)

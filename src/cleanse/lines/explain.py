"""Why a line was judged so, in words: the features that weighed most, turned into phrases."""

from collections.abc import Sequence

from cleanse.lines.model import Weights

GENERIC = frozenset({"any line", "no furniture, short", "sentences 1"})
"""Features that hold for almost every line and explain nothing."""

MOST = 4
"""Reasons given per line."""


def in_words(feature: str) -> str:
    """One feature as a phrase a reader understands without the table."""
    if feature.startswith("words "):
        count = feature.removeprefix("words ")
        return f"{count} word" if count == "1" else f"{count} words"
    if feature.startswith("ends "):
        return {"stop": "ends a sentence", "none": "no sentence end", "dots": "breaks off in dots"}.get(
            feature[5:], f"ends with a {feature[5:]}"
        )
    if feature.endswith(" phrase in a long line"):
        return f"{feature.removesuffix(' phrase in a long line')} phrase"
    if feature.endswith(" line") and feature not in ("any line", "first line", "last line"):
        return f"{feature.removesuffix(' line')} words only"
    return feature


def plain_reasons(features: Sequence[str]) -> tuple[str, ...]:
    """What is said of a line that is text beyond doubt: its length and its end."""
    return tuple(in_words(name) for name in features[:2])


def reasons(weights: Weights, features: Sequence[str], keep: bool, state: int) -> tuple[str, ...]:
    """The features that spoke loudest for the verdict: against keeping (in the most probable state), or for it."""
    column = {0: 0, 2: 1, 3: 2}.get(state, 1)
    scored = []
    for name in features:
        row = weights.states.get(name)
        if row is None or name in GENERIC or name.startswith("text: "):
            continue
        against = row[column] - weights.own.get(name, 0.0)
        scored.append((against if not keep else -against, name))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    words: list[str] = []
    for weight, name in scored:
        phrase = in_words(name)
        if weight > 0.1 and phrase not in words:
            words.append(phrase)
        if len(words) == MOST:
            break
    return tuple(words)

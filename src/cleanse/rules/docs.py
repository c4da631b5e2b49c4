"""The tables as a Markdown page, made from the rules themselves so that it cannot be out of date."""

from collections.abc import Iterator
from types import MappingProxyType

from cleanse.rules.loader import RuleBook
from cleanse.rules.schema import Announces, Rule, Unit
from cleanse.view import Zone
from cleanse.visible import visible

_ACTION = MappingProxyType({None: "is read, and stays", "": "is removed"})


def markdown(book: RuleBook) -> str:
    """One section per table, one entry per rule."""
    return "".join(f"{line}\n" for line in _lines(book))


def _lines(book: RuleBook) -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "Made by `cleanse rules docs`. In examples, `[-text-]` goes and `{+text+}` comes;"
    yield "an example without marks must stay as it is."
    for table in book.tables.values():
        yield ""
        yield f"## {table.name}"
        yield ""
        yield f"{table.about} Stage: `{table.stage}`; {len(table.rules)} rules."
        for rule in table.rules:
            yield from _entry(rule)


def _entry(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"### {rule.name}"
    yield ""
    yield f"{rule.note} {_action(rule)}"
    yield ""
    for example in rule.examples:
        yield f"- {_code(visible(example))}"


def _action(rule: Rule) -> str:
    what = {
        Unit.LINE: "The line",
        Unit.BLOCK: "The lines",
        Unit.INLINE: "The match",
        Unit.REST: "All that follows",
    }
    done = _ACTION.get(rule.put, "is replaced by " + _code(rule.put or ""))
    where = "" if rule.zone is Zone.ANY else f" in the {rule.zone.value} of the text"
    moved = f", and held by {', '.join(f'`{field}`' for field in sorted(rule.claims))}" if rule.claims else ""
    along = "" if rule.announces is Announces.NOTHING else "; titles of other articles below it go with it"
    return f"{what[rule.unit]}{where} {done}{moved}{along} ({rule.apply.label})."


def _code(text: str) -> str:
    """Text as Markdown code, whatever backticks it holds."""
    fence = "`"
    while fence in text:
        fence += "`"
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"

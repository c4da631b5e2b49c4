"""What a rule says, for people: its note, what it finds and where, what holds it back, and its examples."""

from collections.abc import Iterable, Iterator

from cleanse.rules.lexicon import Row
from cleanse.rules.loader import RuleBook
from cleanse.rules.schema import Announces, Rule


def told(book: RuleBook, name: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A heading and its facts: of a rule, or of each row of a lexicon that knows the form.

    Raises RuleError for a name that no table has.
    """
    table, _, form = name.partition("/")
    lexicon = book.tables[table].lexicon if table in book.tables else None
    rows = [(row, lexicon.examples(row)) for row in lexicon.rows if row.slug == form] if lexicon else []
    for row, examples in rows:
        others = f" (or {', '.join(row.others)})" if row.others else ""
        yield f"{row.spun} → {row.original}{others}: {row.sureness.value}, met {row.seen} times", _of_row(row, examples)
    if not rows:
        rule = book.rule(name)
        yield f"{rule.name}: {rule.note}", _of_rule(rule)


def _of_row(row: Row, examples: Iterable[str]) -> list[tuple[str, str]]:
    guards = (("before", row.before), ("after", row.after), ("near", row.near), ("unless", row.unless))
    facts = [(key, " | ".join(values)) for key, values in guards if values]
    return [*facts, *(("example", example) for example in examples)]


def _of_rule(rule: Rule) -> list[tuple[str, str]]:
    put = {None: "(claims only)", "": "(removes it)"}.get(rule.put, rule.put or "")
    facts = [
        ("find", rule.find), ("unit", rule.unit.value), ("zone", rule.zone.value), ("put", put),
        ("apply", rule.apply.label), ("before", rule.before), ("after", rule.after),
        *(("unless", pattern) for pattern in rule.unless),
        ("announces", "" if rule.announces is Announces.NOTHING else rule.announces.value),
        *(("claims", f"{field} = {template}") for field, template in rule.claims.items()),
        *(("example", example) for example in rule.examples),
    ]  # fmt: skip
    return [(key, value) for key, value in facts if value]

"""What a rule is: one row of a table, checked when it is read."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

import regex

from cleanse.errors import RuleError
from cleanse.kept import compiled
from cleanse.model import Applicability
from cleanse.rules.lexicon import APPLY, DOUBT, HABITS, LIMITS, Lexicon, parse_lexicon
from cleanse.view import Zone

LINE_CAP = 1_000
"""Line and rest rules look at no line longer than this, in code points: furniture is short, and it bounds the work."""
_LEXICON = frozenset("file family spun suspected doubtful habits extends apply replaces composed pattern".split())
"""What the header of a lexicon may say."""
_E = TypeVar("_E", bound=StrEnum)
_MACRO = regex.compile(r"<<([a-z_]+)>>")


class Unit(StrEnum):
    """How much of the text a rule's pattern must cover."""

    LINE = "line"
    """The whole line, white space at its ends aside."""
    BLOCK = "block"
    """One or more whole lines."""
    INLINE = "inline"
    """Any part of a line."""
    REST = "rest"
    """A whole line; what the rule puts replaces it and everything behind it."""


class Announces(StrEnum):
    """What stands below the line that a rule takes; the boilerplate stage takes it along."""

    NOTHING = "nothing"
    LIST = "list"
    """The titles of other articles."""
    TITLE = "title"
    """The same; but one title alone may belong to an aside of the author, and both stay."""


@dataclass(frozen=True)
class Rule:
    """One row of a rule table."""

    table: str
    id: str
    find: str
    note: str = ""
    zone: Zone = Zone.ANY
    unit: Unit = Unit.LINE
    put: str | None = None
    """Replacement with `{group}` fields; empty removes, None only claims."""
    apply: Applicability = Applicability.SAFE
    before: str = ""
    """Must match directly before the find (inline rules)."""
    after: str = ""
    """Must match directly after the find (inline rules)."""
    unless: tuple[str, ...] = ()
    """The rule stands down when one of these is found in the matched lines."""
    announces: Announces = Announces.NOTHING
    claims: Mapping[str, str] = field(default_factory=dict)
    """Provenance field to `{group}` template."""
    examples: tuple[str, ...] = ()
    priority: int = 0
    source: str = ""
    """`KEY=VALUE`: only for documents of one source, as `rules.sources` tells it; stages that learn ask for it."""

    @cached_property
    def name(self) -> str:
        """`table/id`, unique among all rules."""
        return f"{self.table}/{self.id}"

    @cached_property
    def pattern(self) -> "regex.Pattern[str]":
        """The compiled `find`; of a block it also demands that a line ends where it ends."""
        whole = rf"(?:{self.find})(?=[^\S\n]*(?:\n|\Z))"
        return compiled(whole if self.unit is Unit.BLOCK else self.find)

    @cached_property
    def before_pattern(self) -> "regex.Pattern[str] | None":
        """Matches text that ends where the find begins."""
        return compiled(f"(?:{self.before})\\Z") if self.before else None

    @cached_property
    def after_pattern(self) -> "regex.Pattern[str] | None":
        """Matches text that begins where the find ends."""
        return compiled(self.after) if self.after else None

    @cached_property
    def unless_patterns(self) -> "tuple[regex.Pattern[str], ...]":
        """The compiled `unless` list."""
        return tuple(compiled(pattern) for pattern in self.unless)


@dataclass(frozen=True)
class Table:
    """A file of rules for one stage."""

    name: str
    about: str
    stage: str
    rules: tuple[Rule, ...]
    file: str
    priority: int = 0
    patterns: Mapping[str, str] = field(default_factory=dict)
    """Named parts of patterns, used as `<<name>>`."""
    lexicon: Lexicon | None = None
    """A long table of literal forms that stands beside the file."""


_TABLE_KEYS = frozenset({"table", "about", "stage", "priority", "patterns", "lexicon", "rule"})
_RULE_KEYS = frozenset("id note find zone unit source put apply before after unless announces claims examples".split())


def read_table(
    data: Mapping[str, object], file: str, lines: list[int], beside: Callable[[str], bytes], *, check: bool = True
) -> Table:
    """Build a table from parsed TOML.

    `lines` are the line numbers of its `[[rule]]` headers, `beside` reads a file that stands beside it. `check`
    compiles every pattern, tests its safety and reads every lexicon row, which takes most of a second for the shipped
    tables; without it that happens when a row is first needed.

    Raises RuleError naming the file, the line and the rule for anything that is not as documented.
    """
    _refuse_unknown(data, _TABLE_KEYS, file)
    name = _text(data, "table", file)
    if not name:
        raise RuleError(f"{file}: `table` is missing: every table has a name")
    priority = data.get("priority", 0)
    if not isinstance(priority, int):
        raise RuleError(f"{file}: `priority` must be a whole number")
    patterns = _strings(data.get("patterns", {}), "patterns", file)
    rows = data.get("rule", [])
    if not isinstance(rows, list):
        raise RuleError(f"{file}: rules are written as [[rule]]")
    rules = []
    for row, line in zip(rows, lines, strict=True):
        rules.append(_read_rule(row, name, priority, patterns, f"{file}:{line}", check=check))
    return Table(
        name=name,
        about=_text(data, "about", file),
        stage=_text(data, "stage", file) or name,
        rules=tuple(rules),
        file=file,
        priority=priority,
        patterns=patterns,
        lexicon=_read_lexicon(data, name, file, beside, check=check),
    )


def _read_lexicon(
    data: Mapping[str, object], table: str, file: str, beside: Callable[[str], bytes], *, check: bool
) -> Lexicon | None:
    header = data.get("lexicon")
    if header is None:
        return None
    if not isinstance(header, dict):
        raise RuleError(f"{file}: [lexicon] must be a table")
    _refuse_unknown(header, _LEXICON, f"{file}: [lexicon]")
    name = _text(header, "file", f"{file}: [lexicon]")
    try:
        raw = beside(name)
    except OSError as error:
        raise RuleError(f"{file}: [lexicon]: {name}: {error.strerror}") from error
    limits = {key: header.get(key, {}) for key in ("spun", "suspected")}
    if "doubtful" in header:
        limits["doubtful"] = header["doubtful"]
    for key, values in limits.items():
        wanted = (*LIMITS, *DOUBT) if key == "doubtful" else LIMITS
        if not isinstance(values, dict) or set(values) != set(wanted):
            raise RuleError(f"{file}: [lexicon]: `{key}` must give {', '.join(wanted[:-1])} and {wanted[-1]}")
    habits = _read_habits(header.get("habits", {}), f"{file}: [lexicon.habits]")
    family, extends = (_text(header, key, f"{file}: [lexicon]") for key in ("family", "extends"))
    apply = APPLY | header.get("apply", {})
    if set(apply) != set(APPLY) or not all(isinstance(value, float) and 0 <= value <= 1 for value in apply.values()):
        raise RuleError(f"{file}: [lexicon]: `apply` may give probabilities for {' and '.join(APPLY)}")
    replaces = header.get("replaces", 0.0)
    if not isinstance(replaces, float) or not 0 <= replaces < 1:
        raise RuleError(f"{file}: [lexicon]: `replaces` must be a share such as 0.3, not {replaces!r}")
    composed, pattern = (_text(header, key, f"{file}: [lexicon]") for key in ("composed", "pattern"))
    if pattern and not all(slot in pattern for slot in ("{spun}", "{original}")):
        raise RuleError(f"{file}: [lexicon]: `pattern` must be an example in word diff with {{spun}} and {{original}}")
    lexicon = parse_lexicon(raw, table, family, name, limits, habits, extends, apply, replaces, check=check)
    return replace(lexicon, composed=composed, pattern=pattern)


def _read_habits(header: object, where: str) -> Mapping[str, str]:
    """Words by habit, from lists of words under the names of the habits."""
    lists = _strings(header, "habits", where)
    _refuse_unknown(lists, HABITS, where)
    habits: dict[str, str] = {}
    for habit, words in lists.items():
        for word in words.split():
            if word in habits:
                raise RuleError(f"{where}: {word!r} stands under {habits[word]!r} and under {habit!r}")
            habits[word] = habit
    return habits


def _read_rule(  # noqa: PLR0913 - a row and where it stands
    row: Mapping[str, object], table: str, priority: int, patterns: Mapping[str, str], where: str, *, check: bool
) -> Rule:
    where = f"{where}: rule {row.get('id', '(without id)')!r}"
    _refuse_unknown(row, _RULE_KEYS, where)
    if not regex.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", _text(row, "id", where)):
        raise RuleError(f"{where}: `id` must be lower-case words joined by hyphens")
    if not _text(row, "find", where):
        raise RuleError(f"{where}: `find` is missing")
    put = row.get("put")
    if put is not None and not isinstance(put, str):
        raise RuleError(f'{where}: `put` must be text; "" removes, leave it out to claim only')
    rule = Rule(
        table=table,
        id=_text(row, "id", where),
        find=_expand(_text(row, "find", where), patterns, where),
        note=_text(row, "note", where),
        zone=_choice(row, "zone", Zone, "any", where),
        unit=_choice(row, "unit", Unit, "line", where),
        put=put,
        apply=_applicability(row, where),
        before=_expand(_text(row, "before", where), patterns, where),
        after=_expand(_text(row, "after", where), patterns, where),
        unless=tuple(_expand(p, patterns, where) for p in _list(row, "unless", where)),
        announces=_choice(row, "announces", Announces, "nothing", where),
        claims=_strings(row.get("claims", {}), "claims", where),
        examples=_list(row, "examples", where),
        priority=priority,
        source=_text(row, "source", where),
    )
    if check:
        _check(rule, where)
    return rule


def _check(rule: Rule, where: str) -> None:
    _check_patterns(rule, where)
    if rule.put is None and not rule.claims:
        raise RuleError(f"{where}: it neither puts nor claims anything")
    if (rule.before or rule.after) and rule.unit is not Unit.INLINE:
        raise RuleError(f"{where}: `before` and `after` belong to inline rules")
    if rule.announces is not Announces.NOTHING and (rule.put != "" or rule.unit is not Unit.LINE):
        raise RuleError(f"{where}: only a rule that removes a line announces what stands below it")
    if rule.unit is Unit.REST and rule.zone is not Zone.TAIL:
        raise RuleError(f"{where}: a rest rule must be bound to the tail")
    groups = set(rule.pattern.groupindex)
    for template in (rule.put or "", *rule.claims.values()):
        if unknown := set(regex.findall(r"\{(\w+)\}", template)) - groups:
            raise RuleError(f"{where}: no group named {sorted(unknown)} in `find`")


def _check_patterns(rule: Rule, where: str) -> None:
    from cleanse.rules.safety import complaint, runaway  # noqa: PLC0415 - the shipped tables are not checked by a run

    for pattern in (rule.find, rule.before, rule.after, *rule.unless):
        if why := complaint(pattern):
            raise RuleError(f"{where}: {why}")
        try:
            regex.compile(pattern)
        except regex.error as error:
            raise RuleError(f"{where}: the pattern {pattern!r} does not compile: {error}") from error
    searched = [(rule.find, rule.unit is Unit.INLINE), *((pattern, True) for pattern in rule.unless)]
    for pattern, search in searched:  # `before` and `after` see a short window
        if why := runaway(pattern, search=search):
            raise RuleError(f"{where}: {why}")


def _expand(pattern: str, patterns: Mapping[str, str], where: str) -> str:
    """Put named patterns in place, in as many rounds as they refer to one another."""
    for _ in range(8):
        names = set(_MACRO.findall(pattern))
        if not names:
            return pattern
        if unknown := names - set(patterns):
            raise RuleError(f"{where}: no pattern named {sorted(unknown)}")
        pattern = _MACRO.sub(lambda m: f"(?:{patterns[m[1]]})", pattern)
    raise RuleError(f"{where}: the named patterns refer to themselves")


def _refuse_unknown(data: Mapping[str, object], known: AbstractSet[str], where: str) -> None:
    if unknown := sorted(set(data) - known):
        raise RuleError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _text(data: Mapping[str, object], key: str, where: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise RuleError(f"{where}: `{key}` must be text")
    return value


def _list(data: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RuleError(f"{where}: `{key}` must be a list of texts")
    return tuple(value)


def _strings(value: object, key: str, where: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise RuleError(f"{where}: `{key}` must be a table of texts")
    return dict(value)


def _choice(data: Mapping[str, object], key: str, kind: type[_E], default: str, where: str) -> _E:
    value = _text(data, key, where) or default
    try:
        return kind(value)
    except ValueError:
        raise RuleError(f"{where}: `{key}` is {value!r}; it must be one of {', '.join(kind)}") from None


def _applicability(data: Mapping[str, object], where: str) -> Applicability:
    value = _text(data, "apply", where) or "safe"
    try:
        return Applicability.parse(value)
    except KeyError:
        raise RuleError(f"{where}: `apply` is {value!r}; it must be safe, unsafe or display") from None

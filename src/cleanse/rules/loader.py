"""Where tables come from: the shipped ones, and a folder of the user's that adds or overrides by name."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from cleanse.errors import RuleError
from cleanse.limits import DEFAULTS, Limits, beyond
from cleanse.rules.lexicon import Lexicon
from cleanse.rules.ruleset import RuleSet, Triggers
from cleanse.rules.schema import Rule, Table, read_table


@dataclass(frozen=True)
class RuleBook:
    """All tables of a run, by name, and one digest over their files."""

    tables: Mapping[str, Table]
    digest: str
    lines: Path
    """The folder of the line model's tables."""
    spinner: Path
    """The folder of what the spinner's repair was taught."""
    digests: Mapping[str, str]
    """Of each table with its lexicon, in hexadecimal."""
    own: frozenset[str] = frozenset()
    """The names of the tables that are the user's."""

    @cached_property
    def triggers(self) -> Triggers:
        """What says where the rules may match."""
        return Triggers(tuple(self.rules))

    @property
    def rules(self) -> Iterator[Rule]:
        """Every rule, in order of table and file."""
        for table in self.tables.values():
            yield from table.rules

    def for_stage(self, stage: str) -> tuple[Rule, ...]:
        """The rules of the tables that belong to a stage."""
        return tuple(r for table in self.tables.values() if table.stage == stage for r in table.rules)

    def ruleset(self, stage: str) -> RuleSet:
        """The rules of a stage, ready to be asked."""
        return RuleSet(self.for_stage(stage), self.triggers)

    def lexicons(self, stage: str) -> Mapping[str, Lexicon]:
        """The lexicons of the tables that belong to a stage, by name."""
        return {t.lexicon.name: t.lexicon for t in self.tables.values() if t.stage == stage and t.lexicon}

    def rule(self, name: str) -> Rule:
        """The rule called `table/id`. Raises RuleError with near names when there is none."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        part = name.rpartition("/")[2]
        near = [r.name for r in self.rules if part and (part in r.id or r.id in part)][:5]
        hint = f"; did you mean {', '.join(near)}?" if near else "; `cleanse rules list` shows them all"
        raise RuleError(f"no rule is called {name!r}{hint}")


def shipped_folder() -> Path:
    """The folder of the shipped tables: package data in a wheel, `rules/` in a checkout."""
    packed = Path(str(files("cleanse"))) / "tables"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[3] / "rules"


def load_rules(extra: Path | None = None, limits: Limits = DEFAULTS, *, check_shipped: bool = False) -> RuleBook:
    """The shipped tables, with those of `extra` added or put in place of their namesakes.

    A user's tables are checked whole, before any text is touched. The shipped ones are part of the package, as its
    code is: the tests and `cleanse rules test` check their patterns and rows (`check_shipped`), a run does not.
    Raises RuleError for the first table that is not well formed, and for more than the limits allow.
    """
    tables: dict[str, Table] = {}
    digests: dict[str, str] = {}
    theirs: list[str] = []
    for folder in (shipped_folder(), extra):
        if folder is None:
            continue
        if not folder.is_dir():
            raise RuleError(f"{folder}: no such folder of rule tables")
        paths = sorted(folder.glob("*.toml"))
        if not (paths or (folder / "lines").is_dir() or (folder / "spinner").is_dir()):
            raise RuleError(f"{folder}: no rule tables in it; they are files named *.toml, directly in the folder")
        for path in paths:
            raw = path.read_bytes()
            own = folder == extra
            table = parse_table(raw, str(path) if own else path.name, folder, check=own or check_shipped)
            tables[table.name] = table
            theirs += [table.name] if own else []
            digests[table.name] = _digest(path, *((folder / table.lexicon.file,) if table.lexicon else ()))
    _refuse_twins(tables)
    _refuse_many(tables, limits)
    ordered = {name: tables[name] for name in sorted(tables)}
    total = hashlib.sha256()
    for name in ordered:
        total.update(bytes.fromhex(digests[name]))
    lines, spinner = (_folder(extra, name) for name in ("lines", "spinner"))
    for path in (*sorted(lines.iterdir()), *sorted(spinner.iterdir())):
        if path.suffix != ".gz":  # its digest stands for it, beside it, and is checked when it is read
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return RuleBook(ordered, total.hexdigest(), lines, spinner, digests, frozenset(theirs))


def _digest(*files: Path) -> str:
    """SHA-256 over some files, one behind the other."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _folder(extra: Path | None, name: str) -> Path:
    """The folder of a model: the user's, if there is one, else the shipped one."""
    return extra / name if extra and (extra / name).is_dir() else shipped_folder() / name


def parse_table(raw: bytes, file: str, folder: Path, *, check: bool = True) -> Table:
    """Read one TOML table and the lexicon beside it. Raises RuleError with file and line."""
    try:
        text = raw.decode("utf-8")
        data = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{file}: not readable as TOML: {error}") from error
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == "[[rule]]"]
    rows = data.get("rule", [])
    if not isinstance(rows, list) or len(lines) != len(rows):
        raise RuleError(f"{file}: write each rule under its own line `[[rule]]`")
    return read_table(data, file, lines, lambda name: (folder / Path(name).name).read_bytes(), check=check)


def _refuse_many(tables: Mapping[str, Table], limits: Limits) -> None:
    count = 0
    for table in tables.values():
        count += len(table.rules) + (len(table.lexicon.rows) if table.lexicon else 0)
        if count > limits.rules:
            what = f"{table.file}: with it there are {count:,} rules and rows, more than {limits.rules:,}"
            raise RuleError(beyond("rules", what))
        for rule in table.rules:
            for pattern in (rule.find, rule.before, rule.after, *rule.unless):
                if len(pattern) > limits.pattern_chars:
                    what = f"a pattern of {len(pattern):,} characters, more than {limits.pattern_chars:,}"
                    raise RuleError(beyond("pattern_chars", f"{table.file}: rule {rule.id!r}: {what}"))


def _refuse_twins(tables: Mapping[str, Table]) -> None:
    for table in tables.values():
        seen: set[str] = set()
        for rule in table.rules:
            if rule.id in seen:
                raise RuleError(f"{table.file}: two rules are called {rule.id!r}")
            seen.add(rule.id)

"""A finished run, opened for looking at any edit at once: a row per edit of substance and per kept line, no text.

One walk over the ledgers notes where each document lies; an edit is then one query and one document away. The
database has no name: SQLite keeps it in memory while it is small, and else in a temporary file of its own that is
gone with the connection. Nothing is written into the run.
"""

import fnmatch
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from cleanse.errors import UsageError
from cleanse.io.parquet import numbers, read_records, read_shard
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record, Verdict
from cleanse.ledger_io import load
from cleanse.report.kinds import kind_name
from cleanse.signoff.kept import lines_gone, passages
from cleanse.signoff.sampling import counts, rank

_TABLES = """
pragma journal_mode = off;
create table documents (number integer primary key, file integer, place integer);
create table edits (id text primary key, document integer, seq integer, rule text, stage text, verdict text,
  applicability text, kind integer, rank integer, counts integer) without rowid;
create table kept (id text primary key, document integer, first integer, last integer, rank integer) without rowid;
create table decided (id text primary key, word text) without rowid;
"""
# What is most likely wrong comes first: rules in turn, and of each rule first what was held back, every kind once
# before any comes twice. What is open has an index of its own, and what is counted is kept counted: with a million
# edits, looking for them took 20 ms and counting them 25 ms (measured at 300,000).
_QUEUES = """
create index by_kind on edits (kind, rank);
create index by_rule on edits (rule, rank);
create table queue (name text, place integer, id text, open integer default 1, primary key (name, place, id))
  without rowid;
insert into queue (name, place, id) select 'sample', rank, id from edits where counts order by rank, id;
insert into queue (name, place, id) select 'kept', rank, id from kept order by rank, id;
insert into queue (name, place, id)
  select 'hunt', row_number() over (order by turn, verdict = 'applied', rule), id from (
  select id, rule, verdict, row_number() over (partition by rule order by verdict = 'applied', again, rank) as turn
  from (select id, rule, verdict, rank, row_number() over (partition by kind order by rank) as again from edits
    where verdict in ('applied', 'withheld')));
create index by_id on queue (id);
create index by_place on queue (name, place, id) where open;
create table kinds as select kind, count(*) as open from edits group by kind;
create unique index kinds_by_name on kinds (kind);
"""
_SIGNED = 1 << 63
"""SQLite's integers have a sign; ranks and kinds are of 64 bits without one."""
QUEUES = ("sample", "hunt", "kept")
"""*sample*: what a sign-off is about, in the order of the draw; only it bounds the share of wrong edits. *hunt*: what
is most likely wrong; it finds bad rules and bounds nothing. *kept*: lines that were kept, in the order of theirs."""
_KEPT_OPEN = 8
"""Documents held in memory: a reviewer goes back and forth among few."""


@dataclass
class Catalogue:
    """The edits of a run by id, by kind and in the order of a queue."""

    run: Run
    _rows: sqlite3.Connection
    lines_gone: int = 0
    """How many lines the run took out as a whole."""
    _left: Counter[str] = field(default_factory=Counter)
    """Of each queue, how many items nothing was said about."""
    _sizes: Counter[str] = field(default_factory=Counter)
    _uses: Counter[str] = field(default_factory=Counter)
    """Edits by rule."""
    _words: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By rule, how often each word was said."""
    _open: dict[int, Cleaned] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run, documents: Iterable[tuple[int, int, Cleaned]]) -> "Catalogue":
        """Read the `located` documents of a run once. Raises OutputError or LedgerError."""
        catalogue = cls(run, sqlite3.connect("", check_same_thread=False, isolation_level=None))
        rows, seed = catalogue._rows, run.seed
        rows.executescript(_TABLES)
        rows.execute("begin")
        for number, (file, place, cleaned) in enumerate(documents):
            rows.execute("insert into documents values (?, ?, ?)", (number, file, place))
            rows.executemany(
                # An edit that was proposed twice counts as applied if one of the proposals was.
                "insert into edits values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set "
                "document = excluded.document, seq = excluded.seq, rule = excluded.rule, stage = excluded.stage, "
                "verdict = excluded.verdict, applicability = excluded.applicability, kind = excluded.kind, "
                "counts = excluded.counts where excluded.verdict = 'applied' and verdict != 'applied'",
                (_row(number, seq, record, seed) for seq, record in enumerate(cleaned.ledger.records) if _told(record)),
            )
            rows.executemany(
                "insert or ignore into kept values (?, ?, ?, ?, ?)",
                (
                    (line.id, number, line.start, line.end, rank(seed, line.id) - _SIGNED)
                    for line in passages(cleaned.ledger, cleaned.text)
                ),
            )
            catalogue.lines_gone += lines_gone(cleaned.ledger)
        rows.execute("commit")
        rows.executescript(_QUEUES)
        catalogue._left.update(dict(rows.execute("select name, count(*) from queue group by name")))
        catalogue._sizes.update(catalogue._left)
        catalogue._uses.update(dict(rows.execute("select rule, count(*) from edits group by rule")))
        return catalogue

    def close(self) -> None:
        """Let go of the rows."""
        self._rows.close()

    def note(self, words: Iterable[tuple[str, str]]) -> None:
        """Keep what was said of edits and kept lines, by id; an empty word forgets it. Others' ids are passed over."""
        for name, word in words:
            before = self.word(name)
            queues = [queue for (queue,) in self._rows.execute("select name from queue where id = ?", (name,))]
            edit = self._rows.execute("select rule, kind from edits where id = ?", (name,)).fetchone()
            if before == word or not (queues or edit):
                continue
            if word:
                self._rows.execute("insert or replace into decided values (?, ?)", (name, word))
            else:
                self._rows.execute("delete from decided where id = ?", (name,))
            closed = bool(word) - bool(before)
            if edit:
                self._words[edit[0]].update([word] if word else [])
                self._words[edit[0]].subtract([before] if before else [])
                self._rows.execute("update kinds set open = open - ? where kind = ?", (closed, edit[1]))
            if closed:
                self._rows.execute("update queue set open = ? where id = ?", (not word, name))
                self._left.subtract(dict.fromkeys(queues, closed))

    def word(self, name: str) -> str:
        """What was said of an edit or a kept line; empty when nothing was."""
        found = self._rows.execute("select word from decided where id = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def ids(self, queue: str, size: int, after: str = "", *, back: bool = False, decided: bool = False) -> list[str]:
        """The next ids of a queue behind `after`, about which nothing was said; with `decided`, the others, too.

        From the start when `after` is not of the queue; with `back`, those before it, the nearest first.
        """
        found = self._rows.execute("select place from queue where name = ? and id = ?", (queue, after)).fetchone()
        if back and not found:
            return []
        beyond, order = ("<", "desc") if back else (">", "asc")
        return self._names(
            f"select id from queue where name = ? and (place, id) {beyond} (?, ?) {'' if decided else 'and open'} "  # noqa: S608 - none of it is input
            f"order by place {order}, id {order} limit ?",
            (queue, found[0] if found else -_SIGNED, after if found else "", size),
        )

    def ids_of_rules(
        self, rules: str, size: int, after: str = "", *, back: bool = False, decided: bool = False
    ) -> list[str]:
        """The same of all edits of rules like `spelling/*`, in the order of the draw.

        One look at each rule: sorting all their edits would take as long as there are many.
        """
        found = self._rows.execute("select rank from edits where id = ?", (after,)).fetchone()
        if back and not found:
            return []
        beyond, order = ("<", "desc") if back else (">", "asc")
        still = "" if decided else "and not exists (select 1 from decided where decided.id = edits.id)"
        place = (found[0] if found else -_SIGNED, after if found else "", size)
        rows = [
            row
            for rule in fnmatch.filter(self._uses, rules)
            for row in self._rows.execute(
                f"select rank, id from edits where rule = ? and (rank, id) {beyond} (?, ?) {still} "  # noqa: S608 - the same
                f"order by rank {order}, id {order} limit ?",
                (rule, *place),
            )
        ]
        return [name for _, name in sorted(rows, reverse=back)[:size]]

    def size(self, queue: str) -> int:
        """How many items a queue has; of the sample, and of the kept lines, the population of a sign-off."""
        return self._sizes[queue]

    def left(self, queue: str) -> int:
        """How many of a queue nothing was said about."""
        return self._left[queue]

    def left_of_rules(self, rules: str) -> int:
        """How many edits of rules like this nothing was said about."""
        return sum(self._uses[rule] - self._words[rule].total() for rule in fnmatch.filter(self._uses, rules))

    def same_kind(self, name: str, size: int = 0) -> list[str]:
        """The undecided edits with the same rule, verdict, before and after: all, by document; or a few, by lot."""
        return self._names(
            "select id from edits where kind = (select kind from edits where id = ?) "  # noqa: S608 - none of it is input
            "and not exists (select 1 from decided where decided.id = edits.id) "
            f"order by {'rank' if size else 'document'}, id limit ?",
            (name, size or -1),
        )

    def count_kind(self, name: str) -> int:
        """How many edits `same_kind` has."""
        query = "select open from kinds where kind = (select kind from edits where id = ?)"
        found = self._rows.execute(query, (name,)).fetchone()
        return int(found[0]) if found else 0

    def told_of(self, rule: str) -> tuple[int, dict[str, int]]:
        """How many edits a rule has, and how many of them were decided, by word."""
        words = self._words.get(rule, Counter())
        return self._uses[rule], {word: count for word, count in sorted(words.items()) if count}

    def decided_by(self, rule: str, size: int) -> list[str]:
        """Edits of a rule about which something was said."""
        query = "select id from decided join edits using (id) where rule = ? order by rank limit ?"
        return self._names(query, (rule, size))

    def edit(self, name: str) -> tuple[Cleaned, Record]:
        """An edit and its document. Raises UsageError when the run has no such edit."""
        found = self._rows.execute("select document, seq from edits where id = ?", (name,)).fetchone()
        if not found:
            raise UsageError(f"{self.run.folder} holds no edit {name!r} to decide about")
        cleaned = self._document(found[0])
        return cleaned, cleaned.ledger.records[found[1]]

    def kept(self, name: str) -> tuple[Cleaned, tuple[int, int]] | None:
        """A kept line: its document, and where it stands in the clean text; nothing when no kept line has this id."""
        found = self._rows.execute("select document, first, last from kept where id = ?", (name,)).fetchone()
        return (self._document(found[0]), (found[1], found[2])) if found else None

    def _document(self, number: int) -> Cleaned:
        if number not in self._open:
            query = "select file, place from documents where number = ?"
            self._open[number] = at(self.run, *self._rows.execute(query, (number,)).fetchone())
            if len(self._open) > _KEPT_OPEN:
                del self._open[next(iter(self._open))]
        return self._open[number]

    def _names(self, query: str, values: tuple[object, ...]) -> list[str]:
        return [name for (name,) in self._rows.execute(query, values)]


def located(run: Run, documents: Iterable[Cleaned]) -> Iterator[tuple[int, int, Cleaned]]:
    """The documents of a run, all and in its order, with the two numbers by which `at` finds each again."""
    places = _in_shards(run) if run.is_parquet else _in_files(run)
    for (file, place), cleaned in zip(places, documents, strict=False):
        yield file, place, cleaned


def _in_shards(run: Run) -> Iterator[tuple[int, int]]:
    """Number of the shard, number in the shard."""
    for shard in numbers(run.manifest["files"]):
        yield from ((shard, index) for index, _ in enumerate(read_records(run.folder, shard)))


def _in_files(run: Run) -> Iterator[tuple[int, int]]:
    """Where the ledger begins, where the record begins."""
    return zip(_starts(run, "ledger.jsonl", b'{"kind":"end"'), _starts(run, "documents.jsonl", b""), strict=False)


def at(run: Run, file: int, place: int) -> Cleaned:
    """The document that `located` gave with these numbers."""
    if run.is_parquet:
        record, ledger, status = next(islice(read_shard(run.folder, file), place, None))
        return Cleaned(record, ledger, status)
    with (run.folder / "ledger.jsonl").open("rb") as ledgers, (run.folder / "documents.jsonl").open("rb") as records:
        ledgers.seek(file)
        records.seek(place)
        ledger, status = next(load(line.decode("utf-8") for line in ledgers))
        return Cleaned(json.loads(records.readline()), ledger, status)


def _starts(run: Run, name: str, last: bytes) -> Iterator[int]:
    """Where in a file each document begins; its last line begins with `last`."""
    start = here = 0
    with (run.folder / name).open("rb") as lines:
        for line in lines:
            here += len(line)
            if line.startswith(last):
                yield start
                start = here


def _told(record: Record) -> bool:
    return record.proposal.kind != "layout" and record.verdict is not Verdict.SHADOWED


def _row(document: int, seq: int, record: Record, seed: str) -> tuple[object, ...]:
    proposal, verdict = record.proposal, record.verdict.value
    kind = kind_name(proposal.rule, verdict, proposal.edit.before, proposal.edit.after) - _SIGNED
    return (
        record.id, document, seq, proposal.rule, record.stage, verdict, proposal.applicability.name.lower(), kind,
        rank(seed, record.id) - _SIGNED, counts(record),
    )  # fmt: skip

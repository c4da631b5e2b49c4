"""A finished run, opened for looking at any edit at once: one row per edit of substance, the texts stay in the run.

One walk over the ledgers notes where each document lies; an edit is then one query and one document away. The
database has no name: SQLite keeps it in memory while it is small, and else in a temporary file of its own that is
gone with the connection. Nothing is written into the run.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from cleanse.errors import UsageError
from cleanse.io.parquet import numbers, read_records, read_shard
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record, Verdict
from cleanse.ledger_io import load
from cleanse.report.kinds import kind_name
from cleanse.signoff.sampling import counts, rank

_TABLES = """
create table documents (number integer primary key, file integer, place integer);
create table edits (id text primary key, document integer, seq integer, rule text, stage text, verdict text,
  applicability text, kind integer, rank integer, counts integer) without rowid;
create table decided (id text primary key, word text) without rowid;
"""
# What is most likely wrong comes first: rules in turn, and of each rule first what was held back, every kind once
# before any comes twice.
_QUEUES = """
create index by_kind on edits (kind, rank);
create index by_rule on edits (rule);
create table queue as select 'sample' as name, id, rank as place from edits where counts;
insert into queue select 'hunt', id, row_number() over (order by turn, verdict = 'applied', rule) from (
  select id, rule, verdict, row_number() over (partition by rule order by verdict = 'applied', again, rank) as turn
  from (select id, rule, verdict, rank, row_number() over (partition by kind order by rank) as again from edits
    where verdict in ('applied', 'withheld')));
create unique index by_place on queue (name, place, id);
create index by_id on queue (id);
"""
_SIGNED = 1 << 63
"""SQLite's integers have a sign; ranks and kinds are of 64 bits without one."""
QUEUES = ("sample", "hunt")
"""*sample*: what a sign-off is about, in the order of the draw; only it bounds the share of wrong edits. *hunt*: what
is most likely wrong; it finds bad rules and bounds nothing."""
_KEPT_OPEN = 8
"""Documents held in memory: a reviewer goes back and forth among few."""


@dataclass
class Catalogue:
    """The edits of a run by id, by kind and in the order of a queue."""

    run: Run
    _rows: sqlite3.Connection
    _open: dict[int, Cleaned] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run, documents: Iterable[tuple[int, int, Cleaned]]) -> "Catalogue":
        """Read the `located` documents of a run once. Raises OutputError or LedgerError."""
        catalogue = cls(run, sqlite3.connect("", check_same_thread=False))
        rows, seed = catalogue._rows, run.seed
        rows.executescript(_TABLES)
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
        rows.executescript(_QUEUES)
        return catalogue

    def close(self) -> None:
        """Let go of the rows."""
        self._rows.close()

    def note(self, words: Iterable[tuple[str, str]]) -> None:
        """Keep what was said of edits, by id; an empty word forgets it."""
        for name, word in words:
            if word:
                self._rows.execute("insert or replace into decided values (?, ?)", (name, word))
            else:
                self._rows.execute("delete from decided where id = ?", (name,))

    def word(self, name: str) -> str:
        """What was said of an edit; empty when nothing was."""
        found = self._rows.execute("select word from decided where id = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def undecided(self, queue: str, after: str, size: int) -> list[str]:
        """The next ids of a queue behind `after` about which nothing was said; from the start when it is empty."""
        found = self._rows.execute("select place from queue where name = ? and id = ?", (queue, after)).fetchone()
        return self._names(
            "select id from queue where name = ? and (place, id) > (?, ?) and id not in (select id from decided) "
            "order by place, id limit ?",
            (queue, found[0] if found else -_SIGNED, after if found else "", size),
        )

    def sample(self, size: int) -> list[str]:
        """The first ids of the draw."""
        return self._names("select id from queue where name = 'sample' order by place, id limit ?", (size,))

    @property
    def population(self) -> int:
        """How many edits a sign-off is about."""
        return int(self._rows.execute("select count(*) from queue where name = 'sample'").fetchone()[0])

    def left(self, queue: str) -> int:
        """How many of a queue nothing was said about."""
        query = "select count(*) from queue where name = ? and id not in (select id from decided)"
        return int(self._rows.execute(query, (queue,)).fetchone()[0])

    def same_kind(self, name: str) -> list[str]:
        """The undecided edits with the same rule, verdict, before and after, evenly shuffled."""
        return self._names(
            "select id from edits where kind = (select kind from edits where id = ?) "
            "and id not in (select id from decided) order by rank, id",
            (name,),
        )

    def told_of(self, rule: str) -> tuple[int, dict[str, int]]:
        """How many edits a rule has, and how many of them were decided, by word."""
        total = self._rows.execute("select count(*) from edits where rule = ?", (rule,)).fetchone()[0]
        words = self._rows.execute(
            "select word, count(*) from edits join decided using (id) where rule = ? group by word order by word",
            (rule,),
        )
        return int(total), dict(words)

    def edit(self, name: str) -> tuple[Cleaned, Record]:
        """An edit and its document. Raises UsageError when the run has no such edit."""
        found = self._rows.execute("select document, seq from edits where id = ?", (name,)).fetchone()
        if not found:
            raise UsageError(f"{self.run.folder} holds no edit {name!r} to decide about")
        cleaned = self._document(found[0])
        return cleaned, cleaned.ledger.records[found[1]]

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

"""Questions to the ledgers of a Parquet run, answered column by column: seconds for millions of changes.

The same words and clauses as `cleanse.query` has for one record. Words are dictionaries of few values, so a pattern
is tried once for each value; what a rule measured (`evidence.NAME`) is read last, of the rows that are left.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cleanse.columns import arrow
from cleanse.io.parquet import DOCUMENTS, LEDGER, numbers, shard_name
from cleanse.io.store import Run
from cleanse.query import EVIDENCE, Clause, Query

_PLAIN: Mapping[str, str] = MappingProxyType({
    "id": "id", "doc": "document", "rule": "rule", "stage": "stage", "class": "class", "verdict": "verdict",
    "applicability": "applicability", "before": "before", "after": "after", "start": "raw_start", "end": "raw_end",
})  # fmt: skip
_MADE_OF: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "table": ("rule",), "moved": ("moved",), "chars": ("before",), "reason": ("reason", "note"),
    "effect": ("verdict", "moved", "class", "before", "after"), "status": ("document",),
})  # fmt: skip


def counted(run: Run, query: Query, by: str, chosen: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Counts by a word, the most frequent first: edits, documents, kinds of edit, an example.

    `chosen`: ids of edits, where only those count.
    """
    pa = arrow()
    parts, kinds = [], []
    for changes in _changes(run, query, [by, "doc", "rule", "before", "after"], chosen):
        table = changes.table(by, "doc", "rule", "before", "after").combine_chunks()
        table = table.rename_columns(["key", "doc", "rule", "before", "after"])
        edits = table.group_by("key", use_threads=False).aggregate([
            ("doc", "count_distinct"), ("key", "count"), ("before", "first"), ("after", "first")
        ])  # fmt: skip
        parts.append(edits)
        kinds.append(table.group_by(["key", "rule", "before", "after"]).aggregate([]))
    if not parts:
        return []
    whole = pa.concat_tables(parts).group_by("key", use_threads=False).aggregate([
        ("doc_count_distinct", "sum"), ("key_count", "sum"), ("before_first", "first"), ("after_first", "first")
    ])  # fmt: skip
    distinct = pa.concat_tables(kinds).group_by(["key", "rule", "before", "after"]).aggregate([])
    several = dict(zip(*distinct.group_by("key").aggregate([("rule", "count")]).to_pydict().values(), strict=True))
    rows = [
        {
            "key": row["key"],
            "edits": row["key_count_sum"],
            "documents": row["doc_count_distinct_sum"],
            "kinds": several[row["key"]],
            "before": row["before_first_first"],
            "after": row["after_first_first"],
        }
        for row in whole.to_pylist()
    ]
    return sorted(rows, key=lambda row: (-row["edits"], row["key"]))


def listed(
    run: Run, query: Query, words: Iterable[str], chosen: Collection[str] | None = None
) -> Iterator[dict[str, Any]]:
    """The changes that meet the query and are `chosen`, with these words of each."""
    wanted = list(words)
    for changes in _changes(run, query, wanted, chosen):
        yield from changes.table(*wanted).to_pylist()


def ids(run: Run, query: Query) -> Iterator[str]:
    """The ids of the changes that meet the query."""
    for changes in _changes(run, query, ["id"], None):
        yield from changes.column("id").to_pylist()


def _changes(run: Run, query: Query, wanted: Iterable[str], chosen: Collection[str] | None) -> Iterator["_Changes"]:
    """For each shard the changes that meet the query, in the order of the run."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    columns = {"kind", *([] if chosen is None else ["id"])}
    for word in (*wanted, *(clause.key for clause in query.clauses)):
        columns |= {"evidence"} if word.startswith(EVIDENCE) else set(_MADE_OF.get(word, (_PLAIN.get(word, word),)))
    for number in numbers(run.manifest["files"]):
        table = pq.read_table(
            run.folder / shard_name(LEDGER, number), columns=sorted(columns), filters=[("kind", "=", "change")]
        )
        changes = _Changes(table, run.folder, number)
        for clause in sorted(query.clauses, key=lambda clause: clause.key.startswith(EVIDENCE)):
            changes = changes.meeting(clause)
        if chosen is not None:
            changes = changes.chosen(chosen)
        if changes.rows.num_rows:
            yield changes


@dataclass(frozen=True)
class _Changes:
    """Changes of one shard, as columns."""

    rows: Any
    folder: Path
    number: int

    def table(self, *words: str) -> Any:
        """Columns of these words."""
        return arrow().table([self.column(word) for word in words], names=list(words))

    def meeting(self, clause: Clause) -> "_Changes":
        """Those that meet a clause."""
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        pa = arrow()
        if clause.key.startswith(EVIDENCE):
            name = clause.key.removeprefix(EVIDENCE)
            values = (json.loads(text).get(name) if text else None for text in self.rows["evidence"].to_pylist())
            mask = pa.array([clause.meets(value) for value in values], pa.bool_())
        else:
            column = self.column(clause.key).combine_chunks().dictionary_encode()
            holds = pa.array([clause.meets(value) for value in column.dictionary.to_pylist()], pa.bool_())
            mask = pc.take(holds, column.indices)
        return _Changes(self.rows.filter(mask), self.folder, self.number)

    def chosen(self, ids: Collection[str]) -> "_Changes":
        """Those whose edits are named."""
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        pa = arrow()
        mask = pc.is_in(self.rows["id"], value_set=pa.array(sorted(ids), pa.string()))
        return _Changes(self.rows.filter(mask), self.folder, self.number)

    def column(self, word: str) -> Any:
        """One word or number of every change."""
        if word in _PLAIN:
            return self.rows[_PLAIN[word]]
        makers: dict[str, Callable[[], Any]] = {
            "table": self._table, "moved": self._moved, "chars": self._chars, "reason": self._reason,
            "effect": self._effect, "status": self._status,
        }  # fmt: skip
        return makers[word]()

    def _table(self) -> Any:
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        return pc.replace_substring_regex(self.rows["rule"], "/.*", "")

    def _moved(self) -> Any:
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        return pc.fill_null(pc.binary_join(self.rows["moved"], ","), "")

    def _chars(self) -> Any:
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        return pc.utf8_length(self.rows["before"])

    def _reason(self) -> Any:
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        reason, note = (pc.fill_null(self.rows[name], "") for name in ("reason", "note"))
        both = pc.and_(pc.not_equal(reason, ""), pc.not_equal(note, ""))
        return pc.binary_join_element_wise(reason, note, pc.if_else(both, "; ", ""))

    def _effect(self) -> Any:
        """What `tally.effect` says of a record."""
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        rows = self.rows
        applied = pc.equal(rows["verdict"], "applied")
        cases = [
            (pc.and_(pc.invert(applied), pc.equal(rows["verdict"], "withheld")), "shown"),
            (pc.and_(applied, pc.not_equal(self._moved(), "")), "moved"),
            (pc.and_(applied, pc.equal(rows["class"], "layout")), "layout"),
            (pc.and_(applied, pc.or_(pc.not_equal(rows["after"], ""), _blank(rows["before"]))), "repaired"),
            (applied, "removed"),
        ]
        effect = rows["verdict"]
        for condition, word in reversed(cases):
            effect = pc.if_else(condition, word, effect)
        return effect

    def _status(self) -> Any:
        """The status of each change's document, from the shard of documents."""
        import pyarrow.compute as pc  # noqa: PLC0415 - optional
        import pyarrow.parquet as pq  # noqa: PLC0415 - optional

        path = self.folder / shard_name(DOCUMENTS, self.number)
        known = pq.read_table(path, columns=["source_id", "status"]).combine_chunks()
        return known["status"].take(pc.index_in(self.rows["document"], value_set=known["source_id"].combine_chunks()))


def _blank(column: Any) -> Any:
    """Whether a text is nothing but white space, as Python sees it."""
    import pyarrow.compute as pc  # noqa: PLC0415 - optional

    return pc.equal(pc.utf8_trim_whitespace(column), "")

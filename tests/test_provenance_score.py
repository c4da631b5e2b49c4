"""Precision and recall on a set that was written before the rules were, and no date where none is stated."""

from functools import cache
from pathlib import Path

import pytest

from cleanse.errors import UsageError
from cleanse.pipeline import Pipeline
from cleanse.scoring import FIELDS, MOVED, Score, read_cases, score, table
from cleanse.settings import Settings
from helpers import BODY, clean

LINES = Path(__file__).parent / "provenance" / "lines.jsonl"
STAGES = ("decode", "residue", "encoding", "structure", "provenance", "trailers", "typography")
"""The stages that read provenance and what prepares the text for them."""
PRECISION, RECALL = 0.98, 0.90
STANDFIRST_RECALL = 0.85
"""A standfirst is only read below a headline that is sure."""


@cache
def measured() -> Score:
    lines = LINES.read_text(encoding="utf-8").splitlines()
    return score(read_cases(lines, LINES.name), Pipeline.default(Settings(stages=STAGES)))


def test_the_set_is_large_enough() -> None:
    assert measured().kinds["documents with provenance"] >= 150
    assert measured().kinds["look-alikes"] >= 80


@pytest.mark.parametrize("name", [*FIELDS, MOVED])
def test_every_field_keeps_the_bars(name: str) -> None:
    count = measured().counts[name]
    wrong = "\n".join(error for error in measured().errors if f": {name}: " in error)
    assert count.precision is not None, "the set has no case of it"
    assert count.precision >= PRECISION, wrong
    assert count.recall is not None
    assert count.recall >= (STANDFIRST_RECALL if name == "subtitle" else RECALL), wrong


def test_the_table_has_a_row_for_each_field() -> None:
    rows = [line.split()[0] for line in list(table(measured()))[1:]]
    assert rows[:-1] == list(FIELDS)


def labelled(text: str, want: str = "{}", kind: str = "lookalike", gone: str = "[]") -> str:
    return f'{{"text": "{text}", "want": {want}, "kind": "{kind}", "gone": {gone}}}'


def counted(line: str) -> Score:
    return score(read_cases([line], "x"), Pipeline.default(Settings(stages=STAGES)))


def test_values_that_are_not_there_are_counted_as_missed() -> None:
    body = BODY.replace("\n", "\\n")
    count = counted(labelled(body, '{"authors": ["Ann Porter"]}', "news", '["The three harbour"]'))
    assert count.counts["authors"].missed == 1
    assert count.counts[MOVED].missed == 1


def test_values_that_are_not_wanted_are_counted_as_wrong() -> None:
    body = BODY.replace("\n", "\\n")
    count = counted(labelled(f"A boat painted twice\\n\\nBy Ann Porter\\n\\n{body}"))
    assert count.counts["authors"].wrong == 1
    assert count.counts[MOVED].wrong == 1


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"text": 1, "want": {}, "kind": ""', labelled("a", '{"colour": "red"}')]
)
def test_what_is_no_labelled_document_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="x:1"):
        list(read_cases([line], "x"))


DATED_PROSE = [
    "On March 4, 2021, the ferry stopped for good, and on 5 March 2021 nobody asked why it had.",
    "The law of 12/10/1998 was changed on 3 May 2004, again on 2019-11-02, and at last in 2020.",
    "By early May 16, 2024 it was over, said the harbour master, who had begun on June 3, 2022.",
    "He was born on Sept. 13, 1922, at 7:42 am, and died on Monday, Sept. 13, 1999.",
    "The updated plan of March 4, 2021, was published on March 9, 2021, in the council’s paper.",
    "“Posted on June 1, 2015,” read the stamp, and below it, in pencil: “By Jo, June 2, 2015.”",
    "Copyright in the map runs until 2031, and the first edition appeared on 1 January 1961.",
    "The minutes of Thursday, March 4, 2021, say that the vote of 25/12/2020 was void.",
]


@pytest.mark.parametrize("line", DATED_PROSE)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_no_date_is_invented_where_prose_mentions_days(line: str, place: str) -> None:
    text = {
        "first": f"A boat painted twice\n\n{line}\n\n{BODY}",
        "middle": f"A boat painted twice\n\n{BODY}\n{line}\n\n{BODY}",
        "last": f"A boat painted twice\n\n{BODY}\n{line}\n",
    }[place]
    found = clean(text).provenance
    assert (found.date_published, found.date_modified, found.date_page) == (None, None, None)
    assert line in clean(text).text

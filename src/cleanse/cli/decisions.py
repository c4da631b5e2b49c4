"""`cleanse review export | import | merge`: decisions in and out, and those of several reviewers brought together."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cleanse.cli.common import LOOK, decisions_option, guarded, marked, say, say_json
from cleanse.decisions.book import agreement, disagreements, merged
from cleanse.decisions.decision import KEPT, Decision, dump
from cleanse.errors import OutputError, UsageError
from cleanse.goldens import accepted, golden_files
from cleanse.io.decisions import Stored, append_decisions, read_decisions, write_new
from cleanse.io.store import Run
from cleanse.io.writing import write_named
from cleanse.model import Document
from cleanse.visible import visible, visible_json

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object per conflict.")


@click.command("export")
@click.argument("folder", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
@decisions_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A new file. [default: stdout]")
@click.option("--by", help="Only what this reviewer said.")
@click.option("--history", is_flag=True, help="Every line, not only the last word on each place.")
@click.option(
    "--to-golden",
    "golden",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Instead: write the documents of OUT whose changes are all accepted as golden files.",
)
@guarded
def export_decisions(
    folder: Path | None, decisions_file: Path, output: Path | None, by: str | None, history: bool, golden: Path | None
) -> None:
    """Print what was decided as JSON lines, oldest first.

    \b
    cleanse review export --by ann > ann.jsonl
    cleanse review export out/ --to-golden golden/

    A golden is a document's clean text, its ledger and its provenance: three files that a later run must give
    again. Only documents are written in which every applied change of substance was accepted.
    """
    stored = _read(decisions_file)
    if golden:
        _write_goldens(folder, stored, golden)
        return
    if folder:
        raise UsageError(f"the decisions are all in {decisions_file}; {folder} is for --to-golden")
    book = merged([stored.book])
    chosen = [d for d in (book.history if history else book.current.values()) if by is None or d.by == by]
    if not chosen:
        raise UsageError(f"{decisions_file} holds no decision{f' by {by!r}' if by else ''}")
    if output:
        write_new(output, map(dump, chosen))
        say(f"{output}: {len(chosen)} decisions", err=True)
        return
    for decision in chosen:
        say(visible_json(dump(decision)))


def _write_goldens(folder: Path | None, stored: Stored, golden: Path) -> None:
    if folder is None:
        raise UsageError("--to-golden needs the run: cleanse review export OUT --to-golden DIR")
    if golden.resolve().is_relative_to(folder.resolve()):
        raise OutputError(
            f"{golden} lies in {folder}, which would no longer be what the run wrote; choose another place"
        )
    written = same = still_open = 0
    for cleaned in Run.open(folder).documents():
        origin = cleaned.ledger.origin
        reading = stored.book.on(Document(origin.document, cleaned.raw, encoding=origin.encoding))
        if not accepted(reading, cleaned.ledger):
            still_open += 1
            continue
        for name, text in golden_files(cleaned.ledger, cleaned.status, cleaned.text, cleaned.record):
            path = golden / name
            if not path.resolve().is_relative_to(golden.resolve()):
                raise OutputError(f"{name!r} would lie outside {golden}; the ledger was tampered with")
            if path.is_file() and path.read_bytes() == text.encode():
                same += 1
                continue
            write_named(path, text.encode())
            written += 1
    say(
        f"{golden}: {written} files written, {same} as they were; {still_open} documents are not accepted yet", err=True
    )
    if not written + same:
        sys.exit(LOOK)


@click.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@decisions_option
@_JSON
@guarded
def import_decisions(files: tuple[Path, ...], decisions_file: Path, as_json: bool) -> None:
    """Append the decisions of FILE to the decisions file.

    Lines that are there already are left out, and nothing else: unknown fields are kept, and so are both words
    where reviewers disagree; the newest counts. Exits with 1 as long as there are such conflicts, and lists them.
    """
    mine = _read(decisions_file, missing_ok=True)
    theirs = [_read(path) for path in files]
    known = {dump(decision) for decision in mine.book.history}
    lines = {dump(decision): decision for decision in merged(s.book for s in theirs).history}
    fresh = [decision for line, decision in lines.items() if line not in known]
    append_decisions(decisions_file, fresh)
    say(f"{decisions_file}: {len(fresh)} decisions added, {len(lines) - len(fresh)} were there", err=True)
    _conflicts([str(decisions_file), *map(str, files)], [mine, *theirs], as_json=as_json)


@click.command("merge")
@click.argument("files", metavar="FILE FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A file that is not there."
)
@_JSON
@guarded
def merge_decisions(files: tuple[Path, ...], output: Path, as_json: bool) -> None:
    """Bring the decisions of several reviewers together in one new file, oldest first.

    Every line is kept, once. Where reviewers disagree both words are kept, the newest counts, and each conflict is
    listed, with the agreement of each two reviewers; the next run with these decisions reports it again until one of
    them withdraws. Exits with 1 then.
    """
    if len(files) < 2:
        raise UsageError("give two files or more; `cleanse review import` adds one to your own")
    stored = [_read(path) for path in files]
    book = merged(s.book for s in stored)
    write_new(output, map(dump, book.history))
    say(f"{output}: {len(book.history)} lines on {len(book.current)} places", err=True)
    for (rule, *pair), (both, alike, kappa) in agreement(*(s.book for s in stored)).items():
        one, two = (name or str(files[number]) for name, number in pair)
        who = visible(f"{one} and {two}")
        say(f"  {visible(rule)}: {alike} of {both} decided alike by {who}, kappa {kappa:.2f}", err=True)
    _conflicts(list(map(str, files)), stored, as_json=as_json)


def _read(path: Path, *, missing_ok: bool = False) -> Stored:
    """The decisions of a file; a line that is torn is skipped, and said."""
    stored = read_decisions(path, missing_ok=missing_ok)
    for number in stored.torn:
        say(f"cleanse: {visible(str(path))}:{number}: torn, not read", err=True)
    return stored


def _conflicts(names: Sequence[str], stored: Sequence[Stored], *, as_json: bool) -> None:
    """List the places on which reviewers disagree, whichever files hold their words; exit with 1 if any."""
    found = disagreements(*(s.book for s in stored))
    for said in found:
        _say_conflict(names, said, as_json=as_json)
    if found:
        say(f"{len(found)} conflicts: both words are kept, the newest counts; withdraw one to settle it", err=True)
        sys.exit(LOOK)


def _say_conflict(names: Sequence[str], said: Sequence[tuple[int, Decision]], *, as_json: bool) -> None:
    _, first = said[0]
    place = first.anchor
    if as_json:
        words: list[dict[str, object]] = [
            {"file": names[number], "by": d.by, "at": d.at, "decision": d.word.value, "edit": d.edit, "note": d.note}
            for number, d in said
        ]
        say_json({
            "id": first.edit_id, "doc": place.document, "raw": [place.start, place.end], "rule": first.rule,
            "before": first.before, "after": first.after, "words": words,
        })  # fmt: skip
        return
    told = "; ".join(f"{visible(d.by or names[number])}: {d.word.value}" for number, d in said)
    what = visible(first.before) if first.scope == KEPT else marked(first.before, first.after)
    where = f"{visible(place.document)} {place.start}-{place.end}"
    say(f"{first.edit_id}  {where}  {what}  {told}")

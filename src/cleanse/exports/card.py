"""A Hugging Face data set card: README.md with its YAML head, made from counts alone."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from cleanse.exports.summary import Summary, summarize
from cleanse.io.store import Run


def write(run: Run, sink: BinaryIO) -> None:
    """The card."""
    sink.write("".join(f"{line}\n" for line in card(run.manifest, summarize(run))).encode("utf-8"))


def card(manifest: Mapping[str, Any], summary: Summary) -> Iterator[str]:
    """Its lines. A licence is named only where all documents state the same one."""
    yield "---"
    yield f"pretty_name: {_yaml(manifest['collection'])}"
    if summary.license:
        yield f"license: {_yaml(summary.license.lower())}"
    else:
        yield "license: other"
        yield "license_name: per-document"
        yield f"license_details: {_yaml('; '.join(name or 'none stated' for name in summary.licenses))}"
    yield "language:" if summary.languages else "language: []"
    yield from (f"- {_yaml(language)}" for language in summary.languages)
    yield f"size_categories:\n- {_yaml(summary.size_category)}"
    yield "source_datasets:\n- original"
    yield "task_categories:\n- text-generation"
    yield "configs:\n- config_name: default\n  data_files: documents.jsonl"
    yield "---"
    yield ""
    yield f"# {manifest['collection']}"
    yield ""
    yield (
        f"{summary.documents} texts, {summary.characters:,} characters, cleaned by {manifest['tool']}. "
        "Every record says where in the raw text each of its values was read, and `ledger.jsonl` holds every change "
        "that was made, so that each can be checked and undone."
    )
    yield ""
    yield "## What is known"
    yield ""
    yield "| field | documents |"
    yield "|---|---:|"
    yield from (f"| `{name}` | {count} |" for name, count in summary.known.items())
    yield ""
    yield "## How it was made"
    yield ""
    yield f"- run `{manifest['run_id']}`, rule tables `sha256:{manifest['rules']}`"
    yield f"- input documents `sha256:{manifest['inputs']}`, output files `sha256:{manifest['root']}`"
    yield from (f"- {what}: {count}" for what, count in _counts(manifest))


def _counts(manifest: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    edits = manifest["counts"].get("edits", {})
    for what in ("removed", "repaired", "moved"):
        yield f"passages {what}", int(edits.get(what, 0))


def _yaml(text: str) -> str:
    """A text as YAML: JSON strings are YAML, whatever they hold."""
    return json.dumps(text, ensure_ascii=False)

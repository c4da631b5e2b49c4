"""Croissant 1.1: the corpus as a data set that machine-learning tools can load, with its processing described.

Made from the manifest and the records; no clock is asked, so `datePublished` is left to whoever publishes.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from cleanse.exports.summary import Summary, summarize
from cleanse.io.store import Run
from cleanse.records import arrow_fields, schema

_CONTEXT: tuple[tuple[str, Any], ...] = (
    ("@language", "en"), ("@vocab", "https://schema.org/"), ("citeAs", "cr:citeAs"), ("column", "cr:column"),
    ("conformsTo", "dct:conformsTo"), ("cr", "http://mlcommons.org/croissant/"),
    ("rai", "http://mlcommons.org/croissant/RAI/"), ("data", {"@id": "cr:data", "@type": "@json"}),
    ("dataType", {"@id": "cr:dataType", "@type": "@vocab"}), ("dct", "http://purl.org/dc/terms/"),
    ("equivalentProperty", "cr:equivalentProperty"),
    ("examples", {"@id": "cr:examples", "@type": "@json"}), ("extract", "cr:extract"), ("field", "cr:field"),
    ("fileProperty", "cr:fileProperty"), ("fileObject", "cr:fileObject"), ("fileSet", "cr:fileSet"),
    ("format", "cr:format"), ("includes", "cr:includes"), ("isLiveDataset", "cr:isLiveDataset"),
    ("jsonPath", "cr:jsonPath"), ("key", "cr:key"), ("md5", "cr:md5"), ("parentField", "cr:parentField"),
    ("path", "cr:path"), ("recordSet", "cr:recordSet"), ("references", "cr:references"), ("regex", "cr:regex"),
    ("repeated", "cr:repeated"), ("replace", "cr:replace"),
    ("samplingRate", "cr:samplingRate"), ("sc", "https://schema.org/"),
    ("separator", "cr:separator"), ("source", "cr:source"), ("subField", "cr:subField"), ("transform", "cr:transform"),
)  # fmt: skip
_TYPES: tuple[tuple[str, str], ...] = (
    ("string", "sc:Text"),
    ("int64", "sc:Integer"),
    ("float64", "sc:Float"),
    ("bool", "sc:Boolean"),
)
_RECORDS = "documents.jsonl"


def write(run: Run, sink: BinaryIO) -> None:
    """The metadata as one JSON-LD document."""
    text = json.dumps(metadata(run.manifest, summarize(run)), ensure_ascii=False, indent=1)
    sink.write((text + "\n").encode("utf-8"))


def metadata(manifest: Mapping[str, Any], summary: Summary) -> dict[str, Any]:
    """The data set that an output folder is."""
    found = {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": manifest["collection"],
        "description": (
            f"{summary.documents} cleaned texts of the collection {manifest['collection']}, each with its provenance "
            "record, evidence spans and a ledger of every change."
        ),
        "version": "1.0.0",
        "license": summary.license_url,
        "inLanguage": list(summary.languages),
        "url": f"urn:sha256:{manifest['root']}",
        "creator": {"@type": "sc:Organization", "name": summary.creator} if summary.creator else None,
        "rai:dataPreprocessingProtocol": (
            f"{manifest['tool']}; rule tables sha256:{manifest['rules']}; run {manifest['run_id']}; every change is in "
            "ledger.jsonl and can be undone."
        ),
        "rai:dataManipulationProtocol": (
            f"{json.dumps(manifest['options'], sort_keys=True)}; input documents sha256:{manifest['inputs']}"
        ),
        "distribution": [_file(name, manifest["files"][name]) for name in (_RECORDS, "ledger.jsonl")],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "documents",
                "name": "documents",
                "description": schema()["description"],
                "key": {"@id": "documents/id"},
                "field": list(_fields()),
            }
        ],
    }
    return {key: value for key, value in found.items() if value}


def _file(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{facts['bytes']} B",
        "encodingFormat": "application/jsonlines",
        "sha256": facts["sha256"],
    }


def _fields() -> Iterator[dict[str, Any]]:
    """One field for each column that holds a single value or a list of texts; the rest is in the JSON Schema."""
    described = schema()["properties"]
    types = dict(_TYPES)
    for name, kind in arrow_fields().items():
        inner = kind["list"] if isinstance(kind, dict) and "list" in kind else kind
        if not isinstance(inner, str) or inner == "json":
            continue
        field: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"documents/{name}",
            "name": name,
            "description": described[name]["description"],
            "dataType": types[inner],
            "source": {"fileObject": {"@id": _RECORDS}, "extract": {"column": name}},
        }
        yield field | ({"repeated": True} if inner is not kind else {})

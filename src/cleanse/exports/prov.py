"""PROV-JSON for a run: raw and clean texts are entities named by their digests, the run is an activity.

No wall-clock time is in it: an activity without times is valid PROV, and equal runs give equal bytes.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from cleanse.io.store import Run


def write(run: Run, sink: BinaryIO) -> None:
    """The whole run as one PROV-JSON document."""
    document = bundle(run.manifest, (cleaned.record for cleaned in run.documents()))
    sink.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def bundle(manifest: Mapping[str, Any], records: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Entities, activity, agent and how they hang together."""
    activity, agent, rules = f"run:{manifest['run_id']}", "cleanse:tool", f"sha256:{manifest['rules']}"
    entities: dict[str, Any] = {rules: {"prov:type": "cleanse:RuleTables"}}
    derived: dict[str, Any] = {}
    used: dict[str, Any] = {"_:used-rules": {"prov:activity": activity, "prov:entity": rules}}
    generated: dict[str, Any] = {}
    for record in records:
        # One clean text may come from several raw ones, so an entity of a run is named by both digests.
        raw, clean = f"sha256:{record['raw_sha256']}", f"clean:{record['raw_sha256'][:16]}-{record['text_sha256']}"
        number = len(generated) + 1
        if raw in entities:
            continue
        entities[raw] = {"prov:type": "cleanse:RawDocument", "prov:label": record["source_id"]}
        entities[clean] = {
            "prov:type": "cleanse:CleanText",
            "prov:label": record["source_id"],
            "cleanse:sha256": record["text_sha256"],
        }
        derived[f"_:derived-{number}"] = {
            "prov:generatedEntity": clean,
            "prov:usedEntity": raw,
            "prov:activity": activity,
        }
        used[f"_:used-{number}"] = {"prov:activity": activity, "prov:entity": raw}
        generated[f"_:generated-{number}"] = {"prov:entity": clean, "prov:activity": activity}
    return {
        "prefix": {
            "sha256": "urn:sha256:",
            "clean": "urn:cleanse:text:",
            "run": "urn:cleanse:run:",
            "cleanse": "urn:cleanse:",
        },
        "entity": entities,
        "activity": {activity: {"prov:label": f"cleaning of {manifest['collection']}"}},
        "agent": {agent: {"prov:type": "prov:SoftwareAgent", "prov:label": manifest["tool"]}},
        "wasAssociatedWith": {"_:by": {"prov:activity": activity, "prov:agent": agent}},
        "used": used,
        "wasGeneratedBy": generated,
        "wasDerivedFrom": derived,
    }

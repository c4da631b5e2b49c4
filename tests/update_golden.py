"""Write the goldens anew from what cleanse does now. Read the diff: a golden is what a person accepted."""

from cleanse.goldens import ledger_text, provenance_text
from test_golden import GOLDEN, SEEDS, outcome

for path in SEEDS:
    result = outcome(path.name)
    (GOLDEN / path.name).write_text(result.text, encoding="utf-8", newline="\n")
    stem = path.name.removesuffix(".txt")
    (GOLDEN / f"{stem}.ledger.jsonl").write_text(
        ledger_text(result.ledger, result.status.value), encoding="utf-8", newline="\n"
    )
    (GOLDEN / f"{stem}.provenance.json").write_text(
        provenance_text(result.provenance.as_dict()), encoding="utf-8", newline="\n"
    )

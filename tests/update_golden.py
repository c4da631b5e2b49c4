"""Write the goldens anew from what cleanse does now. Read the diff: a golden is what a person accepted."""

from test_golden import GOLDEN, SEEDS, ledger_text, outcome, provenance_text

for path in SEEDS:
    result = outcome(path.name)
    (GOLDEN / path.name).write_text(result.text, encoding="utf-8", newline="\n")
    stem = path.name.removesuffix(".txt")
    (GOLDEN / f"{stem}.ledger.jsonl").write_text(ledger_text(result), encoding="utf-8", newline="\n")
    (GOLDEN / f"{stem}.provenance.json").write_text(provenance_text(result), encoding="utf-8", newline="\n")

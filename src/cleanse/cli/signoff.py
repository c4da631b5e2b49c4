"""`cleanse signoff`: sign a run off by a sample that nobody could choose, and check what somebody signed."""

import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from cleanse.cli.common import LOOK, DefaultGroup, decisions_option, guarded, marked, out_argument, say, say_json
from cleanse.cli.standing import standings
from cleanse.decisions.decision import Word
from cleanse.errors import OutputError, UsageError
from cleanse.io.decisions import write_new
from cleanse.io.store import Run
from cleanse.signoff.certificate import EDITS, KEPT, METHODS, SUBJECTS, VERSION, Plan, Standing
from cleanse.visible import visible

_SHOWN = 10


@click.group(cls=DefaultGroup, default="sign", subcommand_metavar="OUT [OPTIONS] | verify FILE OUT")
def signoff() -> None:
    """Sign a run off: "at most 1 % of its edits are wrong", from a sample of them.

    \b
    cleanse signoff out/                       what is still to be judged; signs when nothing is
    cleanse signoff out/ --of kept             the same for what was kept: was anything missed?
    cleanse signoff verify reviews/signoff.json out/

    The sample is drawn by the digest of the run's manifest: change one byte of the run, and another one is drawn.
    With the defaults it has 299 edits, of which none may be wrong, whether the run made a thousand edits or a billion.
    `cleanse signoff OUT --help` shows the options.
    """


@signoff.command()
@out_argument
@decisions_option
@click.option(
    "--of",
    type=click.Choice(list(SUBJECTS)),
    default=EDITS.name,
    show_default=True,
    help="edits: whether what was done is right. kept: whether what was left should have gone, or is wrong.",
)
@click.option(
    "--tolerance",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.01,
    show_default=True,
    help="The claim: at most this share of them is wrong.",
)
@click.option(
    "--alpha",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="The risk of signing when more is wrong.",
)
@click.option(
    "--plan",
    "method",
    type=click.Choice(METHODS),
    default="fixed",
    show_default=True,
    help="fixed: a set number of edits. anytime: look in the order given, stop when you like.",
)
@click.option(
    "--allow", type=click.IntRange(0), default=0, show_default=True, help="Of a fixed plan, how many may be wrong."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The certificate. [default: signoff.json, or signoff-kept.json, beside the decisions]",
)
@click.option("--json", "as_json", is_flag=True, help="Print where it stands as JSON, with all open ids.")
@guarded
def sign(
    folder: Path,
    decisions_file: Path,
    of: str,
    tolerance: float,
    alpha: float,
    method: str,
    allow: int,
    output: Path | None,
    as_json: bool,
) -> None:
    """Say what of the sample is still to be judged; when nothing is, and the claim holds, write the certificate.

    Judge what it names with `cleanse review OUT`. What was skipped counts as wrong; what was accepted together
    with others of its kind was not looked at, and does not count. Choose plan, tolerance and --allow before you
    look: whoever tries several after looking, signs what is worse than the claim. Exits with 1 while not signed.
    """
    if method == "anytime" and allow:
        raise UsageError(
            "--allow is for the fixed plan; the anytime plan bears any defect that enough good edits outweigh"
        )
    output = output or decisions_file.parent / ("signoff.json" if of == EDITS.name else f"signoff-{of}.json")
    if output.resolve().is_relative_to(folder.resolve()):
        raise OutputError(
            f"{output} lies in {folder}, which would no longer be what the run wrote; choose another place"
        )
    found = _standings(folder, decisions_file, Plan(method, tolerance, alpha, allow))
    standing = found[of]
    if not standing.population:
        raise UsageError(f"{folder}: this run has no {standing.of.noun}; there is nothing to sign")
    if as_json:
        say_json({**standing.certificate(), "open": [item.id for item in standing.open]})
    else:
        _tell(standing, folder)
        for other in found.values():
            if other is not standing and other.population:
                _tell_other(other, folder)
    if not standing.signed:
        sys.exit(LOOK)
    _write(output, standing)


def _standings(folder: Path, decisions_file: Path, plan: Plan) -> Mapping[str, Standing]:
    run = Run.open(folder)
    run.verify_files()
    return standings(run, decisions_file, plan)


def _tell(standing: Standing, folder: Path) -> None:
    plan, size = standing.plan, min(standing.plan.size, standing.population)
    asks = f"asks for {size:,} of them, {plan.allowed} may be wrong" if plan.method == "fixed" else "may stop any time"
    say(f"{folder}: {standing.population:,} {standing.of.noun}; the {plan.method} plan {asks}")
    counted = {name: standing.count(*words) for name, words in standing.of.words.items()}
    told = ", ".join(f"{number:,} {name}" for name, number in {**counted, "skipped": standing.count(Word.SKIP)}.items())
    say(f"judged {len(standing.counted):,}: {told}")
    if standing.signed:
        lenient = f" ({standing.lenient:.3%} if what was skipped is right)" if standing.count(Word.SKIP) else ""
        if standing.whole:
            say(f"signed: all were judged, {standing.defects or 'none'} of them wrong")
        else:
            say(f"signed: at most {standing.bound:.3%} is wrong{lenient}, at a risk of {plan.alpha:.3g}")
        if standing.of is KEPT:
            say(f"recall: {standing.gone:,} lines went; at least {_down(standing.recall)} of those that should have")
        return
    if standing.hopeless:
        say(
            f"cannot be signed: {standing.defects} wrong or skipped where {plan.allowed} may be. Mend the rules, or "
            "let the next run follow the decisions; it draws a new sample"
        )
        return
    say(f"not signed yet: {len(standing.open):,} still to be judged")
    for item in standing.open[:_SHOWN]:
        what = (
            visible(_short(item.before))
            if standing.of is KEPT
            else f"{visible(item.rule)}  {marked(_short(item.before), _short(item.place[3]))}"
        )
        say(f"  {item.id}  {visible(item.document)}  {what}")
    if len(standing.open) > _SHOWN:
        say(f"  … and {len(standing.open) - _SHOWN:,} more; `cleanse review {folder}` shows them in this order")


def _tell_other(other: Standing, folder: Path) -> None:
    """Where the claim stands that was not asked about: neither says anything of the other."""
    noun, judged = other.of.noun, len(other.counted)
    if not judged:
        say(f"{noun}: none of {other.population:,} judged, nothing known; `cleanse review {folder}` shows them")
        return
    recall = f"; at least {_down(other.recall)} of the lines that should have gone went" if other.of is KEPT else ""
    say(f"{noun}: {judged:,} of {other.population:,} judged: at most {other.bound:.3%} {other.of.fault}{recall}")


def _down(share: float) -> str:
    """A share of which at least so much can be claimed: never rounded up."""
    return f"{math.floor(share * 1_000) / 10:.1f}%"


def _short(text: str, width: int = 60) -> str:
    return text if len(text) <= width else f"{text[: width - 20]}…{text[-19:]}"


def _write(path: Path, standing: Standing) -> None:
    certificate = standing.certificate()
    text = json.dumps(certificate, ensure_ascii=False, indent=1)
    if path.is_file() and path.read_text(encoding="utf-8") == f"{text}\n":
        say(f"{path}: as it was", err=True)
        return
    write_new(path, [text])
    say(f"{path}: written; `cleanse signoff verify` recomputes it", err=True)


@signoff.command("verify")
@click.argument("certificate", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@out_argument
@decisions_option
@guarded
def verify_signoff(certificate: Path, folder: Path, decisions_file: Path) -> None:
    """Recompute a certificate from the run and the decisions: sample, counts, bound, digests.

    Exits with 3 and names what differs when anything does: another run, a changed file, a decision that says
    something else by now. Decisions on other edits may have been added since.
    """
    said = _read(certificate)
    of = said.get("of")
    if of not in SUBJECTS:
        raise UsageError(f"{certificate}: it is about {_shown(of)}, not about {' or '.join(SUBJECTS)}")
    found = _standings(folder, decisions_file, _plan(said, certificate))[str(of)].certificate()
    wrong = sorted(key for key in {*said, *found} if said.get(key) != found.get(key))
    if wrong:
        told = "; ".join(f"{key} is {_shown(found.get(key))}, not {_shown(said.get(key))}" for key in wrong)
        raise OutputError(f"{certificate} does not hold for {folder}: {told}")
    if not found["signed"]:
        raise OutputError(f"{certificate}: nothing was signed: {found['claim']} is not supported")
    say(f"{certificate}: {found['claim']}: holds for {folder}")


def _read(path: Path) -> dict[str, object]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as a certificate: {error}") from error
    if not isinstance(said, dict) or said.get("v") != VERSION:
        raise UsageError(f"{path}: no certificate of version {VERSION}")
    return said


def _plan(said: dict[str, object], path: Path) -> Plan:
    plan = said.get("plan")
    try:
        made = Plan(**plan) if isinstance(plan, dict) else None
    except TypeError:
        made = None
    numbers = (made.tolerance, made.alpha) if made else ()
    if not made or made.method not in METHODS or not all(isinstance(n, float) and 0 < n < 1 for n in numbers):
        raise UsageError(f"{path}: its plan makes no sense: {plan!r}")
    return made


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return visible(text if len(text) <= 60 else f"{text[:57]}…")

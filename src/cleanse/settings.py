"""What a user may choose, with the defaults; from keywords, the command line, or a `cleanse.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cleanse.errors import UsageError
from cleanse.guards import Guards, are_texts, is_share
from cleanse.limits import Limits
from cleanse.model import Applicability, Scalar
from cleanse.provenance.candidates import COLUMNS
from cleanse.provenance.resolver import Context
from cleanse.registry import DEFAULT_STAGES, OPTIONS

PROFILES: Mapping[str, Guards] = MappingProxyType(
    {
        "conservative": Guards(),
        "balanced": Guards(document_share=0.97, stage_share=0.95, longest=10_000),
        "thorough": Guards(document_share=0.99, stage_share=0.98, longest=20_000),
    }
)
"""How much may go under each profile. The default would rather leave noise than take a sentence."""
OF_PROFILE = Guards()
"""What stands for the guards of whichever profile is chosen: this very object, not one equal to it."""
_KINDS = MappingProxyType({"guards": Guards, "limits": Limits, "options": Mapping, "columns": Mapping})
_DATE_ORDERS = ("collection", "dmy", "mdy", "none")


@dataclass(frozen=True)
class Settings:
    """One run's choices. Raises UsageError for those that make no sense."""

    profile: str = "conservative"
    stages: tuple[str, ...] = DEFAULT_STAGES
    threshold: Applicability = Applicability.UNSAFE
    """`unsafe` applies repairs of wording too; `safe` only what never alters it."""
    demote: float = 0.0
    """With decisions: rules with a rejection whose precision cannot be claimed to reach this only propose; 0: none."""
    rules: Path | None = None
    """A folder of rule tables that add to the shipped ones or replace them by name."""
    guards: Guards = OF_PROFILE
    """By default those of the profile; `with_profile` changes both, `dataclasses.replace` what it is told to."""
    limits: Limits = field(default_factory=Limits)
    options: Mapping[str, Mapping[str, Scalar]] = field(default_factory=dict)
    """Per stage, what its factory is given."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Provenance field to the column of the input record that holds it."""
    date_order: str = "collection"
    """How 03/04/2022 is read: `dmy`, `mdy`, `none` (not at all), or as other dates of the `collection` say."""

    def __post_init__(self) -> None:
        """Take words for what they stand for, and refuse what stands for nothing."""
        for name, kind in _KINDS.items():
            if not isinstance(value := getattr(self, name), kind):
                raise UsageError(f"`{name}` must be of the type {kind.__name__}, not {value!r}")
        _refuse_profile(self.profile)
        if not is_share(self.demote):
            raise UsageError(f"`demote` must be a share from 0 to 1, not {self.demote!r}")
        if self.date_order not in _DATE_ORDERS:
            raise UsageError(f"`date_order` is {self.date_order!r}; it must be one of {', '.join(_DATE_ORDERS)}")
        if not (self.stages and are_texts(self.stages)):
            raise UsageError(f"`stages` must be a list of names, at least one of `cleanse stages`, not {self.stages!r}")
        _refuse_unknown(self.columns, {name for name, _ in COLUMNS}, "`columns`")
        for stage, values in self.options.items():
            _refuse_options(stage, values)
        object.__setattr__(self, "stages", tuple(self.stages))
        object.__setattr__(self, "threshold", parse_threshold(self.threshold))
        if self.guards is OF_PROFILE:
            object.__setattr__(self, "guards", PROFILES[self.profile])
        if self.rules is not None:
            object.__setattr__(self, "rules", Path(self.rules))

    @property
    def context(self) -> Context:
        """What the provenance record may draw on beside the text."""
        return Context(dict(self.columns), self.date_order if self.date_order in ("dmy", "mdy") else None)

    def stage_options(self) -> dict[str, Mapping[str, Scalar]]:
        """Options for every stage, the profile among them."""
        return {name: {"profile": self.profile, **self.options.get(name, {})} for name in self.stages}

    def with_profile(self, profile: str) -> "Settings":
        """The same choices under another profile, its guards included. Raises UsageError for an unknown one."""
        chosen = replace(self, profile=profile, guards=OF_PROFILE)
        return replace(chosen, guards=replace(chosen.guards, protect=self.guards.protect))

    def as_dict(self) -> dict[str, object]:
        """What a manifest records: everything that can change a result, no path of this machine."""
        guards = {item.name: getattr(self.guards, item.name) for item in fields(self.guards)}
        return {
            "profile": self.profile,
            "stages": list(self.stages),
            "threshold": self.threshold.label,
            **({"demote": self.demote} if self.demote else {}),
            "guards": {name: list(v) if isinstance(v, tuple) else v for name, v in guards.items()},
            "limits": asdict(self.limits),
            "options": {name: dict(values) for name, values in sorted(self.options.items())},
            "provenance": {"columns": dict(sorted(self.columns.items())), "date_order": self.date_order},
        }


def read_settings(path: Path | str, profile: str | None = None) -> Settings:
    """Settings from a TOML file with `[run]`, `[guards]`, `[limits]`, `[provenance]` and `[stages.NAME]`.

    A `profile` takes the place of the file's; what the file says under `[guards]` holds over the guards of either.
    Raises UsageError with the key.
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as settings: {error}") from error
    _refuse_unknown(data, {"run", "guards", "limits", "provenance", "stages"}, str(path))
    run = _section(data, "run", str(path))
    where = f"{path}: [run]"
    _refuse_unknown(run, {"profile", "stages", "threshold", "rules"}, where)
    stages = _words(run.get("stages", list(DEFAULT_STAGES)), "stages", where)
    rules = _word(run, "rules", "", where)
    per_stage = _section(data, "stages", str(path))
    options = {name: _section(per_stage, name, f"{path}: [stages]") for name in per_stage}
    if strangers := sorted(set(options) - set(stages)):
        raise UsageError(f"{path}: [stages.{strangers[0]}] is for a stage that does not run")
    threshold = _word(run, "threshold", "unsafe", where)
    provenance = _provenance(_section(data, "provenance", str(path)), f"{path}: [provenance]")
    limits = _limits(_section(data, "limits", str(path)), f"{path}: [limits]")
    guards = _section(data, "guards", str(path))
    _refuse_unknown(guards, {item.name for item in fields(Guards)}, f"{path}: [guards]")
    with _standing_in(str(path)):
        settings = Settings(
            profile=profile or _word(run, "profile", "conservative", where),
            stages=stages,
            threshold=parse_threshold(threshold),
            rules=path.parent / rules if rules else None,
            limits=limits,
            options=options,
            **provenance,
        )
    with _standing_in(f"{path}: [guards]"):
        return replace(settings, guards=replace(settings.guards, **guards))


def _provenance(values: Mapping[str, Any], where: str) -> dict[str, Any]:
    _refuse_unknown(values, {"columns", "date_order"}, where)
    columns = _section(values, "columns", where)
    order = _word(values, "date_order", "collection", where)
    return {"columns": {name: _word(columns, name, "", where) for name in columns}, "date_order": order}


def _limits(values: Mapping[str, Any], where: str) -> Limits:
    _refuse_unknown(values, {item.name for item in fields(Limits)}, where)
    with _standing_in(where):
        return Limits(**values)


@contextmanager
def _standing_in(where: str) -> Iterator[None]:
    """Let errors of values say where these stand."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error


def _section(data: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise UsageError(f"{where}: [{name}] must be a table")
    return section


def _word(data: Mapping[str, Any], key: str, otherwise: str, where: str) -> str:
    value = data.get(key, otherwise)
    if not isinstance(value, str):
        raise UsageError(f"{where}: `{key}` must be text")
    return value


def _words(value: object, key: str, where: str) -> tuple[str, ...]:
    if not are_texts(value):
        raise UsageError(f"{where}: `{key}` must be a list of texts")
    return tuple(value)


def parse_threshold(word: str | Applicability) -> Applicability:
    """`safe`, `unsafe` or `display`. Raises UsageError for anything else."""
    if isinstance(word, Applicability):
        return word
    try:
        return Applicability.parse(word)
    except (AttributeError, KeyError):
        raise UsageError(f"threshold {word!r} is none of safe, unsafe, display") from None


def _refuse_options(stage: str, values: object) -> None:
    """Refuse what a stage of ours does not take; what others take, they know themselves."""
    if not isinstance(values, Mapping):
        raise UsageError(f"[stages.{stage}] must be a table of options, not {values!r}")
    if stage in OPTIONS:
        _refuse_unknown(values, OPTIONS[stage], f"[stages.{stage}]")
        if "profile" in values:
            _refuse_profile(values["profile"], f"[stages.{stage}]: ")


def _refuse_profile(name: object, where: str = "") -> None:
    if name not in tuple(PROFILES):  # a list, which TOML may hold, has no hash
        raise UsageError(f"{where}no profile is called {name!r}; there are {', '.join(PROFILES)}")


def _refuse_unknown(data: Mapping[str, object], known: AbstractSet[str], where: str) -> None:
    if unknown := sorted(set(data) - known):
        has = f"known are {', '.join(sorted(known))}" if known else "it takes none"
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; {has}")

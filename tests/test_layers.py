"""The house stands: imports point down, modules are small, nothing is shared that can change."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleanse

SOURCE = Path(cleanse.__file__).parent
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))

# A folder's layer holds for all its modules; the longest match counts.
LAYERS = {
    "errors": 0, "limits": 0, "edits": 0, "decoding": 0, "view": 0, "visible": 0, "words": 0, "detecting": 0,
    "scanning": 0, "lookup": 0, "kept": 0, "garbage": 0,
    "wdiff": 1, "model": 1, "language": 1, "guards": 1,
    "provenance": 2, "rules": 2, "registry": 2, "spinner": 2, "stages": 2, "settings": 2, "ledger": 2, "overlaps": 2,
    "decisions": 2, "signoff": 2, "lines": 2,
    "pipeline": 3,
    "ledger_io": 4, "report": 4, "rendering": 4, "tally": 4, "records": 4, "schemas": 4, "scoring": 4,
    "query": 4, "sarif": 4, "goldens": 4, "feedback": 4, "learning": 4, "columns": 4,
    "io": 5, "engines": 5, "corpus": 5, "exports": 5, "running": 5,
    "cli": 6, "review": 6, "__main__": 6,
}  # fmt: skip
# Tiny modules that are one concept each: a type or two, one function, one command.
TINY = {
    "errors.py", "garbage.py", "visible.py", "words.py", "lookup.py", "provenance/reading.py", "provenance/survey.py",
    "stages/structure.py", "stages/typography.py", "signoff/sampling.py",
    "lines/report.py", "__main__.py", "cli/stages.py", "cli/limits.py", "engines/work.py", "engines/summary.py",
    "exports/parquet.py", "io/passages.py", "io/content.py", "io/html.py",
    "rules/sources.py", "stages/learned.py", "engines/frames.py",
}  # fmt: skip
# Besides io: rule tables and settings are read where their meaning is known.
MAY_READ = (
    "io/",
    "rules/loader.py",
    "rules/formatting.py",
    "rules/docs.py",
    "lines/model.py",
    "spinner/model.py",
    "spinner/packed.py",
    "spinner/worth.py",
    "spinner/spelling.py",
    "spinner/told.py",
    "settings.py",
    "records.py",
    "detecting.py",
    "kept.py",
)


def tree(module: str) -> ast.Module:
    return ast.parse((SOURCE / module).read_text(encoding="utf-8"), module)


def layer(module: str) -> int | None:
    parts = module.removesuffix(".py").split("/")
    return LAYERS.get(parts[0])


def imports(module: str) -> Iterator[str]:
    """Modules of cleanse that a module imports, as paths; imports inside functions count too."""
    for node in ast.walk(tree(module)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            path = name.removeprefix("cleanse.").replace(".", "/")
            for found in (f"{path}.py", f"{path}/__init__.py"):
                if name.startswith("cleanse.") and found in MODULES:
                    yield found


def calls(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


CORE = [module for module in MODULES if module != "__init__.py"]


@pytest.mark.parametrize("module", CORE)
def test_every_module_has_a_layer(module: str) -> None:
    assert layer(module) is not None


@pytest.mark.parametrize("module", CORE)
def test_imports_only_point_down(module: str) -> None:
    own = layer(module)
    assert own is not None
    upwards = [found for found in imports(module) if (layer(found) or 0) > own]
    assert upwards == []


@pytest.mark.parametrize("module", CORE)
def test_imports_do_not_run_in_circles(module: str) -> None:
    seen: set[str] = set()
    waiting = list(imports(module))
    while waiting:
        found = waiting.pop()
        if found not in seen and not found.endswith("__init__.py"):
            seen.add(found)
            waiting += imports(found)
    assert module not in seen


@pytest.mark.parametrize("module", [m for m in CORE if m.startswith(("stages/", "rules/", "provenance/", "lines/"))])
def test_stages_and_rules_never_see_the_ledger_or_the_pipeline(module: str) -> None:
    assert not {"ledger.py", "ledger_io.py", "pipeline.py"} & set(imports(module))


@pytest.mark.parametrize("module", [m for m in CORE if not m.startswith("stages/")])
def test_nothing_imports_a_stage_by_name(module: str) -> None:
    assert [found for found in imports(module) if found.startswith("stages/")] == []


@pytest.mark.parametrize("module", [m for m in CORE if not m.startswith("cli/") and m != "__main__.py"])
def test_only_the_command_line_prints_exits_or_reads_the_environment(module: str) -> None:
    forbidden = {"print", "input", "exit", "sys.exit", "os.getenv", "os._exit", "os.environ.get", "click.echo"}
    assert set(calls(module)) & forbidden == set()
    assert "environ" not in {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("module", [m for m in CORE if not m.startswith((*MAY_READ, "cli/"))])
def test_only_a_few_modules_open_files(module: str) -> None:
    openers = {"open", "io.open", "os.open", "gzip.open"}
    methods = (".read_text", ".read_bytes", ".write_text", ".write_bytes", ".mkdir", ".unlink")
    assert [call for call in calls(module) if call in openers or call.endswith(methods)] == []


@pytest.mark.parametrize("module", MODULES)
def test_no_module_holds_state_that_can_change(module: str) -> None:
    mutable = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    found = []
    for node in tree(module).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, mutable):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [name for name in map(ast.unparse, targets) if name != "__all__"]
    assert found == []
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree(module)))


@pytest.mark.parametrize("module", [m for m in MODULES if not m.endswith("__init__.py")])
def test_modules_are_neither_tiny_nor_long(module: str) -> None:
    length = len((SOURCE / module).read_text(encoding="utf-8").splitlines())
    assert length <= 350
    assert length >= 40 or module in TINY


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_why_it_exists(module: str) -> None:
    assert ast.get_docstring(tree(module)) or (SOURCE / module).stat().st_size == 0


@pytest.mark.parametrize("module", ["edits.py", "errors.py", "wdiff.py"])
def test_the_algebra_knows_nothing_of_documents(module: str) -> None:
    assert set(imports(module)) <= {"edits.py", "errors.py"}

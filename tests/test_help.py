"""The list of commands, and what a start loads."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import cleanse
from cleanse.cli import main

CONTEXT = click.Context(main)


def test_every_command_is_listed_with_the_first_sentence_of_its_help() -> None:
    listed = " ".join(CliRunner().invoke(main, ["--help"]).output.partition("Commands:")[2].split())
    for name in main.list_commands(CONTEXT):
        command = main.get_command(CONTEXT, name)
        assert command is not None
        first, _, _ = " ".join((command.help or "").split("\n\n")[0].split()).partition(". ")
        assert f"{name} {first.removesuffix('.')}." in listed, name


def test_a_command_that_was_added_is_listed_too() -> None:
    group = type(main)("main", commands={"more": click.Command("more", help="Do more.")})
    assert "more        Do more.\n" in CliRunner().invoke(group, ["--help"]).output


def test_the_list_of_commands_loads_none_of_them() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from cleanse.cli import main;"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        "print(*sorted(name for name in sys.modules if name.startswith('cleanse')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["cleanse", "cleanse.cli", "cleanse.garbage"]


def test_what_the_package_exports_is_there() -> None:
    assert {name for name in cleanse.__all__ if getattr(cleanse, name) is not None} <= set(dir(cleanse))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        cleanse.nothing  # noqa: B018 - the question is the test

"""Rule tables: knowledge about dirt as data that people can read, test and replace."""

from cleanse.rules.loader import RuleBook, load_rules
from cleanse.rules.ruleset import RuleSet
from cleanse.rules.schema import Rule, Table, Unit

__all__ = ["Rule", "RuleBook", "RuleSet", "Table", "Unit", "load_rules"]

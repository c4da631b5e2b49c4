"""The two-pass line model: tells main text from site furniture, line by line, and says why."""

from cleanse.lines.authored import authored
from cleanse.lines.judge import HELD, Company, LineVerdict, doubted, judge
from cleanse.lines.model import Model, load_model
from cleanse.lines.profiles import NAMES as PROFILES

__all__ = ["HELD", "PROFILES", "Company", "LineVerdict", "Model", "authored", "doubted", "judge", "load_model"]

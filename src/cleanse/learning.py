"""What a run learns from all its documents before it cleans the first: the order of numeric dates, and what stages ask.

Parts of the input are surveyed one by one, anywhere; their results are JSON values. The learner is informed of all
of them at once, and asks for another round as long as a stage is curious.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cleanse.model import Survey, Surveyor
from cleanse.pipeline import Pipeline
from cleanse.provenance.survey import agreed, orders
from cleanse.settings import Settings

Result = Mapping[str, Any]
"""What one part of the input said, as JSON: `dates`, and a value for each curious stage by its number."""


@dataclass(frozen=True)
class Learner:
    """Settings and a pipeline, knowing what was learned so far."""

    settings: Settings
    pipeline: Pipeline

    @classmethod
    def of(cls, settings: Settings) -> "Learner":
        """Knowing nothing yet. Raises UsageError or RuleError."""
        return cls(settings, Pipeline.default(settings))

    @property
    def curious(self) -> bool:
        """Whether another round over all documents is wanted."""
        return self.asks_for_dates or bool(self._curious)

    @property
    def asks_for_dates(self) -> bool:
        """Whether the collection shall say in which order it writes numeric dates."""
        return self.settings.date_order == "collection"

    @property
    def digest(self) -> str:
        """SHA-256 of what was learned: results that depend on it carry it."""
        known = {str(i): stage.known for i, stage in enumerate(self.pipeline.stages) if isinstance(stage, Surveyor)}
        learned = {"date_order": self.settings.date_order, "stages": known}
        return hashlib.sha256(json.dumps(learned, sort_keys=True).encode()).hexdigest()

    @property
    def _curious(self) -> dict[int, Surveyor]:
        return {i: s for i, s in enumerate(self.pipeline.stages) if isinstance(s, Surveyor) and s.curious}

    def survey(self) -> "PartSurvey":
        """Begin the survey of one part."""
        return PartSurvey(self.asks_for_dates, {str(i): stage.survey() for i, stage in self._curious.items()})

    def informed(self, results: Callable[[], Iterable[Result]]) -> "Learner":
        """With what all parts said; `results` gives them anew at each call."""
        settings, stages = self.settings, list(self.pipeline.stages)
        if self.asks_for_dates:
            settings = replace(settings, date_order=agreed(part["dates"] for part in results()) or "none")
        for index, stage in self._curious.items():
            stages[index] = stage.informed(part["stages"][str(index)] for part in results())
        return Learner(settings, replace(self.pipeline, stages=tuple(stages), context=settings.context))


class PartSurvey:
    """Shows each text of a part to whoever is curious."""

    def __init__(self, dates: bool, surveys: Mapping[str, Survey]) -> None:  # noqa: FBT001 - internal
        self._dates = dates
        self._orders: frozenset[str] = frozenset()
        self._surveys = surveys

    def see(self, text: str) -> None:
        """Take in one decoded text."""
        if self._dates:
            self._orders |= orders(text)
        for survey in self._surveys.values():
            survey.see(text)

    def result(self) -> Result:
        """What the part said."""
        return {"dates": sorted(self._orders), "stages": {name: s.result() for name, s in self._surveys.items()}}


def learned(settings: Settings, texts: Callable[[], Iterable[str]]) -> Learner:
    """All rounds over texts at hand; `texts` gives them anew at each call."""
    learner = Learner.of(settings)
    while learner.curious:
        survey = learner.survey()
        for text in texts():
            survey.see(text)
        result = survey.result()
        learner = learner.informed(lambda result=result: [result])  # type: ignore[misc]
    return learner

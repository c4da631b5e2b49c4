"""What is measured against what. Each contender is made once and then called with a list of texts."""

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from types import MappingProxyType
from typing import Any

Work = Callable[[list[str]], object]


def ftfy_alone() -> Work:
    """Repairs characters, with its own settings; keeps no record."""
    import ftfy

    return lambda texts: [ftfy.fix_text(text) for text in texts]


def naive_chain() -> Work:
    """A first script: ftfy, thirty regexes, langdetect, pyspellchecker's unknown words; reports nothing."""
    import ftfy
    from langdetect import DetectorFactory, detect
    from langdetect.lang_detect_exception import LangDetectException
    from spellchecker import SpellChecker

    DetectorFactory.seed = 0
    speller = SpellChecker()
    heads = (
        "share this", "read more", "sign up", "log in", "advertisement", "related articles", "all rights reserved",
        "follow us", "subscribe", "privacy policy", "terms of use", "cookie policy", "comments are closed", "published",
        "updated on", "photo by", "image credit", "source:", "contact us", "skip to content", "back to top", "print",
        "newsletter", "click here", "copyright", "menu", "search", "home", "about us", "tags:",
    )  # fmt: skip
    patterns = [re.compile(rf"^\s*{head}.*$", re.IGNORECASE | re.MULTILINE) for head in heads]
    word = re.compile(r"[a-z]+")

    def work(texts: list[str]) -> None:
        for text in texts:
            clean = ftfy.fix_text(text)
            for pattern in patterns:
                clean = pattern.sub("", clean)
            with suppress(LangDetectException):
                detect(clean)
            speller.unknown(word.findall(clean.lower()))

    return work


def datatrove() -> Work:
    """Local executor with ftfy and the filters Gopher (two), C4, FineWeb: drops documents, keeps no record of edits."""
    import logging
    import tempfile

    import spacy  # noqa: F401 - its filters ask for it when the first text comes, not here
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        FineWebQualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
    )
    from datatrove.pipeline.formatters import FTFYFormatter
    from loguru import logger

    logger.remove()
    logging.disable(logging.INFO)

    def work(texts: list[str]) -> None:
        documents = [Document(text, str(number)) for number, text in enumerate(texts)]
        filters = [GopherRepetitionFilter(), GopherQualityFilter(), C4QualityFilter(), FineWebQualityFilter()]
        with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            LocalPipelineExecutor([documents, FTFYFormatter(), *filters], logging_dir=folder, tasks=1).run()

    return work


def cleanse() -> Work:
    """All default stages; record and ledger written as JSON, and the ledger verified both ways, for every document."""
    from cleanse import Pipeline

    return cleaning(Pipeline.default())


def cleaning(pipeline: Any) -> Work:
    """What a run does with each document, files aside."""
    from cleanse import Document, Status
    from cleanse.rendering import RunInfo, render

    info = RunInfo("bench", pipeline.rules_digest, "bench", "")

    def work(texts: list[str]) -> int:
        written = 0
        for number, text in enumerate(texts):
            document = Document(str(number), text.encode("utf-8"))
            outcome = pipeline.run(document)
            if outcome.status is Status.QUARANTINED:
                continue
            outcome.ledger.prove(document.raw, outcome.text)
            rendered = render(outcome, info, len(document.raw))
            written += len(rendered.line(1)) + len(rendered.ledger)
        return written

    return work


def cleanse_without_extras() -> Work:
    """The same without the extra `speed`: the standard library scans."""
    hidden = sys.modules.get("ahocorasick_rs")
    sys.modules["ahocorasick_rs"] = None  # type: ignore[assignment]
    try:
        work = cleanse()
        work(["Home\n\nShare this article\n"])
    finally:
        del sys.modules["ahocorasick_rs"]
        if hidden is not None:
            sys.modules["ahocorasick_rs"] = hidden
    return work


def encoding_stage() -> Work:
    """Mojibake, controls, ligatures and composition as located edits: this stage of ours alone."""
    from cleanse.model import Document, Draft
    from cleanse.stages.encoding import EncodingStage

    stage = EncodingStage()
    return lambda texts: [list(stage.propose(Draft(Document("x", b""), text))) for text in texts]


def ftfy_same_settings() -> Work:
    """Fixes the encoding of every line with the settings that the encoding stage has."""
    import ftfy

    from cleanse.stages.mojibake import CONFIG

    def work(texts: list[str]) -> list[Any]:
        return [ftfy.fix_encoding_and_explain(line, CONFIG) for text in texts for line in text.split("\n")]

    return work


CONTENDERS: Mapping[str, Callable[[], Work]] = MappingProxyType({
    "ftfy.fix_text": ftfy_alone,
    "cleanse [speed]": cleanse,
    "cleanse": cleanse_without_extras,
    "naive chain": naive_chain,
    "datatrove": datatrove,
    "encoding stage": encoding_stage,
    "ftfy, same settings": ftfy_same_settings,
})  # fmt: skip

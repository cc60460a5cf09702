"""What a pipeline says of itself, read without loading it: spaCy takes 47 MB of each process that imports it."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from nlp.errors import LanguageNotSupported, PipelineNotInstalled
from nlp.model import Language, Pipeline

BUNDLED: Final = "bundled"
OR: Final = "or choose 'bundled'"
MODELS: Final = Path(__file__).parent / "models"


def describe_pipeline(language: Language, *, choice: str) -> Pipeline:
    """Return what a pipeline says of itself, without loading it.

    Raises PipelineNotInstalled where it is missing, LanguageNotSupported where it speaks another language.
    """
    is_bundled = choice == BUNDLED
    try:
        meta = json.loads(((bundled(language) if is_bundled else _installed(choice)) / "meta.json").read_bytes())
        spoken, name, version = meta["lang"], meta["name"], meta["version"]
    except (OSError, ValueError, KeyError) as error:
        install = f"put one there, {OR}" if Path(choice).name != choice else f"python -m spacy download {choice}, {OR}"
        raise PipelineNotInstalled(f"no spaCy pipeline {choice!r}: {install}") from error
    if spoken != language:
        raise LanguageNotSupported(f"the pipeline {choice!r} is made for {spoken!r}, not for {language!r}")
    licence = meta.get("license") or "not stated"
    if is_bundled:
        return Pipeline("bundled", name, version, licence)
    return Pipeline("external", f"{language}_{name}", version, licence)


def bundled(language: Language) -> Path:
    """Return where the pipeline that comes with the program lies."""
    return MODELS / f"quisait_{language}_tiny"


def _installed(choice: str) -> Path:
    """Return where a package or a path has its description."""
    try:
        distribution(choice)
    except PackageNotFoundError:
        return Path(choice)
    package = find_spec(choice)
    return Path(package.origin).parent if package and package.origin else Path(choice)

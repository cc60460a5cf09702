"""No text can make a pattern slow: nothing that repeats without a bound holds, or stands in, another repetition."""

import importlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pytest

from tests.architecture.source import modules

parser: Final[Any] = importlib.import_module("re._parser")
constants: Final[Any] = importlib.import_module("re._constants")

REPEATS: Final = (constants.MAX_REPEAT, constants.MIN_REPEAT)  # those that give back; possessive ones never do


def patterns(value: object) -> Iterator[re.Pattern[str]]:
    """Every pattern in a value, however deep in tuples, lists and mappings."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from patterns(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from patterns(part)


def repeats(parsed: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Every repetition that gives back, with what it repeats."""
    for code, argument in parsed:
        if code in REPEATS:
            yield argument[1], argument[2]
        yield from inside(argument)


def inside(argument: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(argument, parser.SubPattern):
        yield from repeats(argument)
    elif isinstance(argument, list | tuple):
        for part in argument:
            yield from inside(part)


def is_bounded(pattern: str, flags: int = 0) -> bool:
    """Whether no repetition without a bound holds another one, nor two others without a bound stand side by side."""
    parsed = parser.parse(pattern, flags)
    endless = [body for most, body in repeats(parsed) if most is constants.MAXREPEAT]
    return not any(list(repeats(body)) for body in endless) and len(endless) <= 1


@pytest.mark.parametrize("pattern", [r"(a{1,9})+b", r"(?:a|b?)*c", r"(x+x+)+y", r"\s+\s+$", r"(?:(a){0,3}b)*"])
def test_patterns_that_a_text_can_make_slow_are_told(pattern: str) -> None:
    assert not is_bounded(pattern)


@pytest.mark.parametrize("pattern", [r"(?:a{1,9}+)++b", r"a{1,80}(?:b{1,9}){0,9}", r"[ab]+c", r"(?s:.*?)-->"])
def test_patterns_that_none_can_are_not(pattern: str) -> None:
    assert is_bounded(pattern)


def test_every_pattern_that_reads_texts_is_bounded() -> None:
    named = [(name, importlib.import_module(name)) for name, _, _ in modules("nlp")]
    found = {(name, pattern) for name, module in named for pattern in patterns(tuple(vars(module).values()))}
    assert len(found) > 50
    slow = [f"{name}: {pattern.pattern}" for name, pattern in found if not is_bounded(pattern.pattern, pattern.flags)]
    assert not slow, "\n".join(slow)

"""The tagger of last resort."""

from collections.abc import Collection

from nlp.extraction import NEITHER
from nlp.lexical import LexicalTagger
from nlp.model import Tokens


def tag(text: str, *, stop_words: Collection[str] = ()) -> Tokens:
    (tokens,) = LexicalTagger(stop_words, pipeline=NEITHER).tag([text])
    return tokens


def test_every_word_that_is_no_stop_word_is_a_noun() -> None:
    tokens = tag("The C++ load-balancer is down", stop_words={"the", "is"})
    assert tokens.words == ("The", "C++", "load", "-", "balancer", "is", "down")
    assert tokens.tags == ".NN-N.N"


def test_gaps_and_line_breaks_separate_phrases() -> None:
    assert tag("one\ntwo   three").tags == "N.N.N"


def test_tokens_say_where_they_stand() -> None:
    tokens = tag("ab, cd")
    assert (tokens.starts, tokens.ends) == ((0, 2, 4), (2, 3, 6))

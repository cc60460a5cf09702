"""The tagger of last resort."""

from nlp.lexical import LexicalTagger


def test_every_word_that_is_no_stop_word_is_a_noun() -> None:
    (tokens,) = LexicalTagger({"the", "is"}).tag(["The C++ load-balancer is down"])
    assert tokens.words == ("The", "C++", "load", "-", "balancer", "is", "down")
    assert tokens.tags == ".NN-N.N"


def test_gaps_and_line_breaks_separate_phrases() -> None:
    (tokens,) = LexicalTagger(()).tag(["one\ntwo   three"])
    assert tokens.tags == "N.N.N"


def test_tokens_say_where_they_stand() -> None:
    (tokens,) = LexicalTagger(()).tag(["ab, cd"])
    assert (tokens.starts, tokens.ends) == ((0, 2, 4), (2, 3, 6))

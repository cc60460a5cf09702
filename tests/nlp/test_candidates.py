"""Candidates: noun phrases from tags, told by hand so that no pipeline is needed."""

from nlp.candidates import find_candidates
from nlp.model import Language, Tokens


def tagged(text: str) -> Tokens:
    """Read "word/TAG word/TAG" as tokens one blank apart, but for hyphens."""
    pairs = [pair.rsplit("/", 1) for pair in text.split()]
    words = tuple(word for word, _ in pairs)
    starts, place = [], 0
    for word, after in zip(words, (*words[1:], ""), strict=True):
        starts.append(place)
        place += len(word) + ("-" not in (word, after))
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return Tokens(words, "".join(tag for _, tag in pairs), tuple(starts), tuple(ends), (1.0,) * len(words))


def phrases(text: str, *, language: Language | None) -> set[str]:
    tokens = tagged(text)
    plain = " ".join(tokens.words).replace(" - ", "-")
    return {plain[candidate.start : candidate.end] for candidate in find_candidates(tokens, language=language)}


def test_english_phrases_end_with_a_noun() -> None:
    found = phrases("relational/A database/N servers/N crash/.", language="en")
    assert found == {"relational database", "relational database servers", "database", "database servers", "servers"}


def test_french_phrases_begin_with_a_noun() -> None:
    found = phrases("la/. base/N de/. données/N relationnelle/A", language="fr")
    assert found == {"base", "base de données", "base de données relationnelle", "données", "données relationnelle"}


def test_a_french_article_may_follow_the_link() -> None:
    assert "analyse de la valeur" in phrases("analyse/N de/. la/. valeur/N", language="fr")


def test_vague_adjectives_are_dropped() -> None:
    assert phrases("new/A good/A servers/N", language="en") == {"servers"}


def test_a_hyphenated_word_is_not_cut() -> None:
    assert phrases("real/A -/- time/A system/N", language="en") == {"real-time system", "system"}


def test_a_word_said_twice_in_a_row_is_no_phrase() -> None:
    assert phrases("mot/N mot/N", language="fr") == {"mot"}


def test_more_than_five_words_are_no_phrase() -> None:
    found = phrases("aa/N bb/N cc/N dd/N ee/N ff/N", language="en")
    assert max(len(phrase.split()) for phrase in found) == 4


def test_numbers_letters_and_other_alphabets_are_no_topics() -> None:
    assert phrases("2024/N ./. x/N ./. مرحبا/N ./. --/N", language="en") == set()


def test_the_number_of_one_thing_is_no_topic_and_a_model_is() -> None:
    assert phrases("SW-N3-02/N ./. S7-1500/N", language="en") == {"S7-1500"}


def test_an_unknown_language_is_read_with_the_english_patterns() -> None:
    assert phrases("Kubernetes/N ingress/N", language=None) == {"Kubernetes", "ingress", "Kubernetes ingress"}


def test_the_position_is_that_of_the_first_token() -> None:
    (candidate,) = find_candidates(tagged("in/. the/. cluster/N"), language="en")
    assert (candidate.position, candidate.words) == (2, ("cluster",))


def test_a_french_phrase_may_go_on_over_several_links() -> None:
    found = phrases("durée/N de/. vie/N des/. batteries/N au/. plomb/N", language="fr")
    assert {"durée de vie", "durée de vie des batteries", "batteries au plomb"} <= found


def test_an_english_phrase_may_go_on_behind_of() -> None:
    assert "bill of materials" in phrases("the/. bill/N of/. materials/N", language="en")


def test_an_adjective_may_stand_for_a_noun_at_the_edge_only() -> None:
    assert phrases("freight/N forwarder/A", language="en") == {"freight", "freight forwarder", "forwarder"}
    assert phrases("relational/A base/N", language="en") == {"relational base", "base"}


def test_a_participle_describes_and_a_number_ends_a_phrase() -> None:
    assert "calibrated leak" in phrases("calibrated/V leak/N", language="en")
    assert "ISO 9001" in phrases("ISO/P 9001/D", language="en")
    assert "9001" not in phrases("ISO/P 9001/D", language="en")


def test_the_shape_tells_bare_links_from_those_with_an_article() -> None:
    shapes = {
        candidate.shape
        for text in ("arbre/N de/. transmission/N", "arbre/N du/. moteur/N", "valeur/N de/. la/. mesure/N")
        for candidate in find_candidates(tagged(text), language="fr")
        if len(candidate.words) > 1
    }
    assert shapes == {"NdN", "NeN", "NelN"}

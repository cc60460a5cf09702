"""Words for search: what counts as one, and how they are hashed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import words
from nlp.model import Language, Text
from nlp.words import name_words, post_words, read_question


def hashes(words: str, *, language: Language) -> set[int]:
    return set(post_words(Text(words, language=language)).terms)


def wanted(question: str) -> set[int]:
    return {term for word in read_question(question).words for term in word.stems}


def stems(question: str) -> tuple[tuple[int, ...], ...]:
    return tuple(word.stems for word in read_question(question).words)


def counted(text: Text) -> dict[int, tuple[int, int]]:
    words = post_words(text)
    return dict(zip(words.terms, zip(words.counts, words.first, strict=True), strict=True))


def term(word: str, *, language: Language = "fr") -> int:
    (found,) = hashes(word, language=language)
    return found


def test_hashes_are_the_same_in_every_process() -> None:
    assert term("docker") == 3920713992650853505


def test_terms_ascend_and_lengths_agree() -> None:
    words = post_words(Text("Le serveur, les serveurs et la base", title="Base"))
    assert list(words.terms) == sorted(words.terms)
    assert len(words.terms) == len(words.counts) == len(words.first) == 2
    assert words.length == sum(words.counts) == 4


def test_words_are_counted_in_all_and_in_the_title() -> None:
    counts = counted(Text("docker docker serveur", title="Docker", language="fr"))
    assert counts == {term("docker"): (3, 1), term("serveur"): (1, 0)}


def test_without_a_title_the_first_line_counts() -> None:
    counts = counted(Text("> cité\nserveur\ndocker serveur", language="fr"))
    assert counts == {term("serveur"): (2, 1), term("docker"): (1, 0)}


def test_inflections_and_missing_accents_meet() -> None:
    assert hashes("données répliquées", language="fr") == hashes("donnee repliquee", language="fr")


def test_decomposed_accents_meet_composed_ones() -> None:
    assert hashes("re\u0301seau", language="fr") == hashes("réseau", language="fr")


def test_stop_words_and_single_letters_are_left_out() -> None:
    assert hashes("le la d'un qu'il x y", language="fr") == set()


@pytest.mark.parametrize("name", ["C++", "C#", ".NET", "Node.js", "ASP.NET"])
def test_technical_names_stay_whole(name: str) -> None:
    assert len(hashes(name, language="en")) == 1
    assert hashes(name, language="en") == hashes(name, language="fr") == wanted(name)


def test_words_with_digits_are_not_stemmed() -> None:
    assert hashes("k8s oauth2", language="fr") == hashes("K8S OAUTH2", language="en")


def test_inline_code_is_counted_and_fenced_code_is_not() -> None:
    text = Text("call `rte_eth`\n```\nsecret\n```", format="markdown", language="en")
    assert set(post_words(text).terms) == hashes("call rte eth", language="en") | set()


def test_a_text_without_a_language_is_detected_else_english() -> None:
    assert post_words(Text("les containers sont dans le cluster")).terms == tuple(
        sorted(hashes("containers cluster", language="fr"))
    )
    assert set(post_words(Text("containers")).terms) == hashes("containers", language="en")


def test_a_question_s_word_stands_for_both_its_stems() -> None:
    ((*both,),) = stems("containers")
    assert set(both) == hashes("containers", language="fr") | hashes("containers", language="en")
    assert len(both) == 2


def test_the_stem_of_a_word_in_one_language_is_no_word_of_the_other() -> None:
    asked = wanted("docker")
    assert hashes("docks", language="fr") == hashes("docker", language="fr") <= asked
    assert hashes("docker", language="en") <= asked
    assert not hashes("docks", language="en") & asked


def test_a_word_tells_as_much_without_its_accents() -> None:
    with_them, without = (read_question(f"{word} ?").words[0] for word in ("sécurité", "securite"))
    assert with_them.rarity == without.rarity < read_question("glyphosate ?").words[0].rarity


def test_a_question_keeps_the_order_and_the_repetitions() -> None:
    first, second, third = stems("docker kubernetes docker")
    assert first == third != second


def test_the_stop_words_of_the_question_s_language_are_left_out() -> None:
    assert len(read_question("Qui sait où sont les sauvegardes de la base ?").words) == 2


def test_an_empty_question_has_no_words() -> None:
    assert read_question("?! 😀").words == ()


def test_a_name_has_the_words_that_tell_something_in_its_language() -> None:
    assert name_words("Réseaux de neurones", "fr") == {"reseaux", "neurones"}
    assert name_words("Re\u0301seau", "fr") == {"reseau"}
    assert name_words("Car of the year", "en") == {"car", "year"}  # "car" is no stop word there


def test_more_words_than_are_remembered_are_still_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "KNOWN", 2)
    text = Text("cuivre fibre rouille cuivre", language="fr")
    assert sorted(post_words(text).counts) == [1, 1, 2]


def test_threads_share_the_stemmers_safely() -> None:
    questions = [f"containers{number} serveurs bases données running queries" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read_question, questions)) == list(map(read_question, questions))


def test_hostile_texts_have_words(hostile_text: str) -> None:
    words = post_words(Text(hostile_text))
    assert words.length == sum(words.counts)


@given(body=st.text(st.characters(), max_size=200), title=st.none() | st.text(max_size=30))
def test_any_text_has_words(body: str, title: str | None) -> None:
    words = post_words(Text(body, title=title))
    assert all(0 <= first <= count for first, count in zip(words.first, words.counts, strict=True))
    assert all(-(2**63) <= found < 2**63 for found in words.terms)


def test_words_that_only_ask_who_knows_are_left_out() -> None:
    assert stems("Qui connaît la fibre ?") == stems("fibre")
    assert stems("Who knows about fibre?") == stems("fibre")


def test_greeting_and_asking_alone_ask_for_nothing() -> None:
    assert read_question("Bonjour, qui sait ?").words == ()


def test_a_noun_of_asking_counts_where_nothing_else_is_asked() -> None:
    assert [word.text for word in read_question("Bonjour, qui a une expertise ?").words] == ["expertise"]
    assert [word.text for word in read_question("Une expertise en fibre ?").words] == ["fibre"]

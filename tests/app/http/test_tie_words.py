"""What the check of Granovetter's hypothesis says."""

from app.http.tie_words import SAMPLE, VERDICTS, meaning
from app.services.granovetter_check import NetworkCheck
from graph.measures.correlation import Interval
from graph.measures.tie_strength import TieSetting


def test_every_verdict_is_said_in_both_languages() -> None:
    for text in (*VERDICTS.values(), SAMPLE):
        assert text.fr and text.en and text.fr != text.en


def test_numbers_are_written_as_the_language_does() -> None:
    check = NetworkCheck("reversed", -0.312, Interval(-0.4, -0.2), 5000, 2000, TieSetting())
    assert "(rho −0,31, de −0,40 à −0,20)" in meaning(check, "fr")
    assert "(rho −0.31, from −0.40 to −0.20)" in meaning(check, "en")
    assert "2000" in meaning(check, "fr") and "5000" in meaning(check, "en")

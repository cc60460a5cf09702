"""Why somebody should meet somebody, in French and in English."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.http.network_words import name_of
from app.http.wording import Text
from app.services.recommendations import Proposal
from graph.model import Language, Topic

MOST_NAMED: Final = 2  # topics of a kind
WORTH_NAMING: Final = 1 / 3  # of the weight of the heaviest

WORDS: Final = {
    "and": Text("{one} et {other}", "{one} and {other}"),
    "same": Text("écrit, comme vous, sur {topics}", "writes about {topics}, as you do"),
    "asked": Text(
        "écrit sur {topics}, qui vous fait poser des questions", "writes about {topics}, which you ask about"
    ),
    "no_contact": Text("évolue dans d'autres cercles que vous", "moves in other circles than you do"),
    "contact": Text("connaît {via}", "knows {via}"),
    "contact_2": Text(
        "connaît {via} et une autre personne que vous connaissez", "knows {via} and one more person you know"
    ),
    "contacts": Text("connaît {via} et {n} autres personnes que vous connaissez", "knows {via} and {n} more you know"),
    "weak": Text("n'a guère échangé avec vous jusqu'ici", "has hardly been in touch with you so far"),
    "dormant": Text("n'échange plus avec vous", "is no longer in touch with you"),
    "new": Text(
        "apporte {topics}, dont personne n'écrit autour de vous",
        "brings {topics}, which nobody around you writes about",
    ),
    "no_topics": Text(
        "Vous n'avez encore rien écrit ici : posez une première question, et des personnes vous seront proposées.",
        "You have not written anything here yet: ask a first question, and people will be proposed.",
    ),
    "nobody": Text(
        "Personne de plus n'écrit sur ce qui vous occupe, d'après ce que vous pouvez lire.",
        "Nobody else writes about what occupies you, by what you may read.",
    ),
}


def why(proposal: Proposal, language: Language) -> str:
    """Why to meet somebody, in one sentence."""
    name, clauses = name_of(proposal.person, language), list(_clauses(proposal, language))
    *first, last = clauses
    parted = ", ".join([f"{name} {first[0]}", *first[1:]])
    return f"{_word('and', language, one=parted, other=last)}."


def nobody(reason: str, language: Language) -> str:
    """Why nobody is proposed."""
    return _word(reason, language)


def _clauses(proposal: Proposal, language: Language) -> Iterator[str]:
    """What they have in common, over whom they are near, and what would be new: two clauses or three."""
    best = proposal.shared[0]
    heavy = [shared for shared in proposal.shared if shared.weight >= best.weight * WORTH_NAMING]
    alike = [shared.topic for shared in heavy if shared.is_asked == best.is_asked]
    yield _word("asked" if best.is_asked else "same", language, topics=_named(alike, language))
    if proposal.state:
        yield _word(proposal.state, language)
    elif not proposal.via:
        yield _word("no_contact", language)
    else:
        code = {1: "contact", 2: "contact_2"}.get(proposal.contacts, "contacts")
        yield _word(code, language, via=name_of(proposal.via[0], language), n=proposal.contacts - 1)
    if proposal.new:
        yield _word("new", language, topics=_named(proposal.new, language))


def _named(topics: Sequence[Topic], language: Language) -> str:
    """The first of them by their names, in that language where they have one."""
    names = [_label(topic, language) for topic in topics[:MOST_NAMED]]
    return names[0] if len(names) == 1 else _word("and", language, one=names[0], other=names[1])


def _label(topic: Topic, language: Language) -> str:
    return topic.pref_label.get(language) or next(iter(topic.pref_label.values()))


def _word(code: str, language: Language, **filled: object) -> str:
    return WORDS[code].say(language).format(**filled)

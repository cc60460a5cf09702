"""What the service says to people, in French and in English."""

from typing import Final, Literal, NamedTuple

from graph.model import Language

ProblemSlug = Literal[
    "malformed-request",
    "invalid-cursor",
    "unauthenticated",
    "forbidden",
    "personal",
    "members-only",
    "not-theirs",
    "not-found",
    "cannot-introduce",
    "method-not-allowed",
    "conflict",
    "stale",
    "too-large",
    "unsupported-media-type",
    "invalid-request",
    "internal-error",
    "unavailable",
    "not-ready",
]


class Text(NamedTuple):
    """One sentence in both languages."""

    fr: str
    en: str

    def say(self, language: Language) -> str:
        """The sentence in that language."""
        return self.fr if language == "fr" else self.en


class ProblemKind(NamedTuple):
    """A type of problem: its status, its title, and what to do about it."""

    status: int
    title: Text
    detail: Text


def weights(header: str | None) -> list[tuple[str, float]]:
    """What a header such as Accept names, in lower case, and how much each is liked, from 0 to 1."""
    choices = (choice.partition(";q=") for choice in (header or "").lower().replace(" ", "").split(","))
    return [(name, float(given) if given.replace(".", "", 1).isdecimal() else 1.0) for name, _, given in choices]


def negotiate(accept_language: str | None) -> Language:
    """The language preferred by an Accept-Language header; English where it names neither of ours."""
    best: tuple[float, Language] = (0.0, "en")
    for tag, weight in weights(accept_language):
        language = tag.partition("-")[0]
        if language in ("fr", "en") and weight > best[0]:
            best = (weight, "fr" if language == "fr" else "en")
    return best[1]


PROBLEMS: Final[dict[ProblemSlug, ProblemKind]] = {
    "malformed-request": ProblemKind(
        400,
        Text("Requête illisible", "The request cannot be read"),
        Text(
            "Son adresse n'est pas en UTF-8 valide, ou son corps n'est pas du JSON, ou un nom y figure deux fois.",
            "Its address is not valid UTF-8, or its body is not JSON, or a name stands in it twice.",
        ),
    ),
    "invalid-cursor": ProblemKind(
        400,
        Text("Curseur invalide", "The cursor is not valid"),
        Text(
            "Le curseur a expiré, ou vient d'une autre recherche : recommencez à la première page.",
            "The cursor has expired or belongs to other filters: begin again at the first page.",
        ),
    ),
    "unauthenticated": ProblemKind(
        401,
        Text("Clé absente ou invalide", "The key is missing or not valid"),
        Text(
            "Envoyez une clé valide : « Authorization: Bearer qst_… ».",
            "Send a valid key: “Authorization: Bearer qst_…”.",
        ),
    ),
    "forbidden": ProblemKind(
        403,
        Text("Droit insuffisant", "The key does not allow this"),
        Text(
            "Ni la clé ni la personne pour qui elle demande n'a ce droit : « errors » dit ce qui manque.",
            "Neither the key nor the person it speaks for may do this: “errors” says what is missing.",
        ),
    ),
    "personal": ProblemKind(
        403,
        Text("Réservé à la personne elle-même", "For the person alone"),
        Text(
            "Les liens de quelqu'un ne sont montrés qu'à lui-même : demandez avec la clé de cette personne, ou en son "
            "nom par « Quisait-On-Behalf-Of » avec une clé qui a le droit act-as.",
            "Somebody's ties are shown to nobody else: ask with the key of that person, or for them by "
            "“Quisait-On-Behalf-Of” with a key that has the scope act-as.",
        ),
    ),
    "members-only": ProblemKind(
        403,
        Text("Réservé à ceux qui y participent", "For those who take part"),
        Text(
            "Qui est proche de qui dans une communauté n'est montré qu'à ses membres et à ceux qui y échangent.",
            "Who is close to whom in a community is shown to its members only, and to those who exchange in it.",
        ),
    ),
    "not-theirs": ProblemKind(
        403,
        Text("Réservé à une autre personne de cet échange", "For another person of this exchange"),
        Text(
            "Vous pouvez le lire ; le changer ainsi revient à une autre personne de cet échange.",
            "You may read it; to change it so is up to another person of this exchange.",
        ),
    ),
    "not-found": ProblemKind(
        404,
        Text("Introuvable", "Not found"),
        Text(
            "Il n'y a rien ici que vous puissiez voir.",
            "There is nothing here that you may see.",
        ),
    ),
    "cannot-introduce": ProblemKind(
        404,
        Text("Présentation impossible", "No introduction this way"),
        Text(
            "La personne nommée ne peut pas vous présenter maintenant : demandez un chemin par "
            "« GET /v1/people/{id}/introductions?to= ».",
            "The person named cannot introduce you now: ask for a way by “GET /v1/people/{id}/introductions?to=”.",
        ),
    ),
    "method-not-allowed": ProblemKind(
        405,
        Text("Méthode non admise", "The method is not allowed"),
        Text("L'en-tête Allow dit quelles méthodes le sont.", "The Allow header says which methods are."),
    ),
    "conflict": ProblemKind(
        409,
        Text("Contradiction", "Conflict"),
        Text(
            "La demande contredit ce qui est déjà enregistré.",
            "The request contradicts what is already there.",
        ),
    ),
    "stale": ProblemKind(
        412,
        Text("Version dépassée", "The version is out of date"),
        Text(
            "La ressource a changé depuis : relisez-la, puis recommencez avec son nouvel ETag.",
            "The resource has changed since: read it again, then retry with its new ETag.",
        ),
    ),
    "too-large": ProblemKind(
        413,
        Text("Corps trop volumineux", "The body is too large"),
        Text(
            "Au plus 5 Mio et 1 000 lignes par lot, 1 Mio par enregistrement.",
            "At most 5 MiB and 1,000 lines a batch, 1 MiB a record.",
        ),
    ),
    "unsupported-media-type": ProblemKind(
        415,
        Text("Type de contenu non admis", "The content type is not supported"),
        Text(
            "« errors » dit quels types admet cette adresse ; l'en-tête Content-Type les annonce.",
            "“errors” says which types this address takes; the header Content-Type announces them.",
        ),
    ),
    "invalid-request": ProblemKind(
        422,
        Text("Requête invalide", "The request is not valid"),
        Text("Les champs en cause sont nommés dans « errors ».", "The fields at fault are named in “errors”."),
    ),
    "internal-error": ProblemKind(
        500,
        Text("Erreur interne", "Internal error"),
        Text(
            "La demande a échoué ; « trace_id » la retrouve dans le journal.",
            "The request failed; “trace_id” finds it in the log.",
        ),
    ),
    "unavailable": ProblemKind(
        503,
        Text("Base indisponible", "The store is unavailable"),
        Text("La base ne répond pas ; réessayez plus tard.", "The store does not answer; try again later."),
    ),
    "not-ready": ProblemKind(
        503,
        Text("Pas encore prêt", "Not ready yet"),
        Text(
            "Le service lit encore ce qui était enregistré à son démarrage.",
            "The service is still reading what was there when it started.",
        ),
    ),
}

OTHER_ERROR: Final = Text("Cette valeur n'est pas admise.", "This value is not allowed.")
FIELD_ERRORS: Final[dict[str, Text]] = {
    "missing": Text("Ce champ est obligatoire.", "This field is required."),
    "extra_forbidden": Text("Ce champ n'existe pas.", "There is no such field."),
    "repeated": Text("Ce paramètre figure plus d'une fois.", "This parameter is given more than once."),
    "string_type": Text("Un texte est attendu.", "A string is expected."),
    "string_too_long": Text("Ce texte est trop long.", "This text is too long."),
    "string_too_short": Text("Ce texte est trop court.", "This text is too short."),
    "blank": Text("Il faut des mots, pas seulement des blancs.", "Words are expected, not only blanks."),
    "string_pattern_mismatch": Text("Ce texte n'a pas la forme attendue.", "This text has not the expected form."),
    "too_long": Text("Cette liste est trop longue.", "This list is too long."),
    "too_short": Text("Cette liste est trop courte.", "This list is too short."),
    "literal_error": Text("Cette valeur n'est pas l'une de celles admises.", "This is none of the allowed values."),
    "int_type": Text("Un entier est attendu.", "An integer is expected."),
    "int_parsing": Text("Un entier est attendu.", "An integer is expected."),
    "float_parsing": Text("Un nombre est attendu.", "A number is expected."),
    "bool_type": Text("true ou false est attendu.", "true or false is expected."),
    "bool_parsing": Text("true ou false est attendu.", "true or false is expected."),
    "list_type": Text("Une liste est attendue.", "A list is expected."),
    "greater_than_equal": Text("Ce nombre est trop petit.", "This number is too small."),
    "less_than_equal": Text("Ce nombre est trop grand.", "This number is too large."),
    "datetime_parsing": Text("Une date et une heure RFC 3339 sont attendues.", "An RFC 3339 time is expected."),
    "timezone_aware": Text("Le décalage horaire manque.", "The offset from UTC is missing."),
    "time_in_the_future": Text("Cette date est trop loin dans l'avenir.", "This time is too far in the future."),
    "unknown": Text("Il n'y a là rien que vous puissiez voir.", "There is nothing there that you may see."),
    "json_invalid": Text("Ce n'est pas du JSON valide.", "This is not valid JSON."),
    "dict_type": Text("Un objet est attendu.", "An object is expected."),
    "union_tag_invalid": Text("Il n'y a pas de tel genre d'enregistrement.", "There is no such kind of record."),
    "union_tag_not_found": Text("Le genre d'enregistrement manque.", "The kind of record is missing."),
    "datetime_type": Text("Une date et une heure RFC 3339 sont attendues.", "An RFC 3339 time is expected."),
    "date_parsing": Text("Une date est attendue : AAAA-MM-JJ.", "A date is expected: YYYY-MM-DD."),
    "date_type": Text("Une date est attendue : AAAA-MM-JJ.", "A date is expected: YYYY-MM-DD."),
    "put_by_public_id": Text(
        "Cette source est celle des PUT : envoyez l'enregistrement à son adresse.",
        "This source is that of PUTs: send the record to its own address.",
    ),
    "reserved_source": Text("Cette source est réservée au service.", "This source is the service's own."),
    "time_before_1970": Text("Cette date est antérieure à 1970.", "This time is before 1970."),
    "email_expected": Text(
        "email_verified dit qu'une adresse est vérifiée : donnez-la dans email, ou retirez email_verified.",
        "email_verified says that an address was checked: give it in email, or leave email_verified out.",
    ),
    "opened_from_outside": Text(
        "Cette communauté n'est pas montrée à qui fait cette demande : seul un membre peut l'ouvrir à d'autres "
        "(Quisait-On-Behalf-Of le nomme).",
        "This community is not shown to whoever asks for this: only a member can open it to others "
        "(Quisait-On-Behalf-Of names them).",
    ),
    "from_expected": Text("Il manque from : qui agit.", "from is missing: who acts."),
    "to_expected": Text("Il manque to : à qui cela va.", "to is missing: whom it reaches."),
    "two_people_expected": Text("from et to sont deux personnes différentes.", "from and to are two different people."),
    "meeting_expected": Text(
        "people : au moins deux personnes différentes d'une réunion, sans from ni to.",
        "people: two or more different ones of a meeting, without from and to.",
    ),
    "asked_oneself": Text(
        "asker et asked sont deux personnes différentes.", "asker and asked are two different people."
    ),
    "cannot_introduce": Text(
        "Cette personne ne peut pas vous présenter : choisissez la première étape d'un chemin d'introduction.",
        "This person cannot introduce you: choose the first step of an introduction path.",
    ),
    "to_or_topic": Text("Donnez soit to, soit topic.", "Give either to or topic."),
    "oneself": Text("C'est vous.", "That is you."),
    "nothing_asked": Text("Il faut un texte, des sujets ou un post.", "A text, topics or a post are expected."),
    "closed_at_expected": Text("outcome et closed_at vont ensemble.", "outcome and closed_at go together."),
    "redirected_to_expected": Text(
        "redirected nomme une autre personne, et rien d'autre n'en nomme.",
        "redirected names another person, and nothing else does.",
    ),
    "takes_part": Text(
        "Cette personne a posé la question, ou on la lui a posée : nommez-en une autre.",
        "This person asked the question, or was asked it: name another one.",
    ),
    "told_nobody": Text(
        "Personne n'apprend un refus, ni ce qui serait dit avec : un message n'accompagne que accepted.",
        "Nobody is told of a refusal, nor of what is said with it: a message goes with accepted only.",
    ),
    "expired": Text("Il est trop tard : la demande a expiré.", "It is too late: the request has expired."),
    "target_told": Text(
        "Il est trop tard pour refuser : la personne à qui vous présentez peut déjà le lire.",
        "It is too late to decline: whom you introduce them to can read it already.",
    ),
    "label_missing": Text("Il faut un nom en français ou en anglais.", "A label in French or in English is expected."),
    "too_many_labels": Text("Au plus 100 autres noms.", "At most 100 other labels."),
    "duplicate_key": Text("Un nom figure deux fois dans l'objet.", "A name stands twice in the object."),
    "line_too_long": Text("Cette ligne dépasse 1 Mio.", "This line is longer than 1 MiB."),
    "media_type": Text("Ce type de contenu n'est pas admis ici.", "This content type is not taken here."),
    "scope_missing": Text("Il manque un droit à la clé.", "The key lacks a scope."),
    "person_expected": Text(
        "Il faut être quelqu'un : nommez la personne par « Quisait-On-Behalf-Of », avec une clé qui a le droit act-as, "
        "ou prenez une clé faite pour elle.",
        "Somebody has to ask: name the person by “Quisait-On-Behalf-Of”, with a key that has the scope act-as, or use "
        "a key made for them.",
    ),
}
REMEDIES: Final[dict[str, Text]] = {  # where the bound or the values that pass are known
    "string_too_long": Text("Longueur maximale : {expected}.", "Maximum length: {expected}."),
    "string_too_short": Text("Longueur minimale : {expected}.", "Minimum length: {expected}."),
    "too_long": Text("Au plus {expected}.", "At most {expected}."),
    "too_short": Text("Au moins {expected}.", "At least {expected}."),
    "greater_than_equal": Text("Au moins {expected}.", "At least {expected}."),
    "less_than_equal": Text("Au plus {expected}.", "At most {expected}."),
    "string_pattern_mismatch": Text("Forme attendue : {expected}.", "Expected form: {expected}."),
    "literal_error": Text("Sont admises : {expected}.", "Allowed are: {expected}."),
    "union_tag_invalid": Text("Il y a : {expected}.", "There are: {expected}."),
    "media_type": Text("Sont admis : {expected}.", "Send: {expected}."),
    "scope_missing": Text("Il faut : {expected}.", "Needed: {expected}."),
}

STANDINGS: Final[dict[str, Text]] = {
    "named": Text(
        "Est dans la réponse ; messages visibles qui en parlent : {n}.",
        "Is in the answer; visible posts that speak of it: {n}.",
    ),
    "no_words": Text(
        "La question ne contient que des mots courants.",
        "The question holds common words only.",
    ),
    "nothing_written": Text(
        "0 message visible de cette personne contient ces mots.",
        "0 visible posts of this person hold these words.",
    ),
    "only_asked": Text(
        "N'a posé que des questions là-dessus : demander n'est pas savoir.",
        "Only asked about it: asking is not knowing.",
    ),
    "asker": Text("C'est cette personne qui demande.", "This is who asks."),
    "away": Text("Est en absence aujourd'hui.", "Is away today."),
    "too_little": Text(
        "L'essentiel de la question n'est écrit nulle part, et cette personne a peu écrit sur le reste.",
        "Most of the question was never written about, and this person wrote little on the rest.",
    ),
    "outvoted": Text(
        "{n} messages visibles contiennent de ces mots, mais d'autres y répondent bien mieux.",
        "{n} visible posts hold some of these words, but others fit far better.",
    ),
}

NO_EXPERTS: Final[dict[str, Text]] = {
    "no_words": Text(
        "La question ne contient que des mots courants : nommez ce que vous cherchez.",
        "The question holds common words only: name what you are looking for.",
    ),
    "nobody": Text(
        "Personne n'a encore rien écrit là-dessus que vous puissiez lire.",
        "Nobody has yet written anything on this that you may read.",
    ),
    "little": Text(
        "Seule une partie de ces mots se trouve dans ce que vous pouvez lire : essayez-en moins, ou d'autres.",
        "What you may read holds only a part of these words: try fewer of them, or others.",
    ),
    "only_asked": Text(
        "On a posé des questions là-dessus, mais vous ne pouvez lire aucune réponse.",
        "People have asked about this, but there is no answer that you may read.",
    ),
    "oneself": Text(
        "Seule la personne qui pose la question a écrit là-dessus.",
        "Only the person who asks has written on this.",
    ),
    "away": Text(
        "Ceux qui s'y connaissent sont en absence : demandez-leur à leur retour.",
        "Those who know this are away: ask them when they are back.",
    ),
    "asked": Text(
        "Tous ceux qui s'y connaissent sont déjà exclus de la recherche.",
        "Everybody who knows this is left out of the search already.",
    ),
    "near_only": Text(
        "Personne n'a écrit là-dessus que vous puissiez lire ; ces personnes connaissent quelque chose de voisin.",
        "Nobody has written on just this that you may read; these people know something near.",
    ),
}


def field_error(code: str, language: Language, *, expected: str = "") -> str:
    """What a field error's code means, and what would pass where that is known."""
    said = FIELD_ERRORS.get(code, OTHER_ERROR).say(language)
    remedy = REMEDIES.get(code) if expected else None
    return f"{said} {remedy.say(language).format(expected=expected)}" if remedy else said


def no_experts(code: str, language: Language) -> str:
    """Why nobody was found."""
    return NO_EXPERTS.get(code, NO_EXPERTS["nobody"]).say(language)


def standing(code: str, posts: int, language: Language) -> str:
    """Why somebody is named for a question, or is not."""
    return STANDINGS[code].say(language).format(n=posts)

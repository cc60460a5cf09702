// Every sentence of the page: French, then English.

export const WORDS = {
  // frame
  contract: ["L'API de ce service", "The API of this service"],
  tagline: ["Qui sait ?", "Who knows?"],
  skip: ["Aller au contenu", "Skip to content"],
  navigation: ["Pages", "Pages"],
  ask: ["Demander", "Ask"],
  map: ["Carte des savoirs", "Expertise map"],
  otherLanguage: ["English", "Français"],
  forgetKey: ["Oublier la clé", "Forget the key"],
  loading: ["Lecture de ce qui a été écrit…", "Reading what was written…"],
  notFoundTitle: ["Cette page n'existe pas", "There is no such page"],
  notFound: ["Revenez à la question.", "Go back to the question."],

  // key
  keyTitle: ["Qui sait ?", "Who knows?"],
  keyLead: [
    "La personne qui détient le savoir que personne n'a écrit : trouvez-la, voyez pourquoi, et par qui passer.",
    "The person who holds the knowledge that nobody wrote down: find them, see why, and who can introduce you.",
  ],
  keyLabel: ["Votre clé", "Your key"],
  keyHint: [
    "La personne qui administre ce service vous la donne. Cet onglet la garde, et l'oublie quand vous le fermez.",
    "Whoever runs this service gives it to you. It stays in this tab, and is forgotten when you close it.",
  ],
  keyEnter: ["Entrer", "Enter"],
  keyRefused: [
    "Cette clé n'est pas, ou plus, valable : est-elle entière ? Qui administre ce service peut en faire une autre.",
    "This key is not valid, or no longer: is it complete? Whoever runs this service can make another one.",
  ],

  // question
  askTitle: ["Que voulez-vous savoir ?", "What do you want to know?"],
  askLead: [
    "Posez la question comme à un collègue, en français ou en anglais. La réponse est un nom, avec ses preuves.",
    "Put it as you would to a colleague, in French or in English. The answer is a name, with the evidence.",
  ],
  askPlaceholder: ["Qui s'y connaît en… ?", "Who knows about…?"],
  askSend: ["Demander", "Ask"],
  askTooLong: [
    "La question a {length} caractères : {most} au plus. Raccourcissez-la.",
    "The question has {length} characters: {most} at most. Shorten it.",
  ],
  askTry: ["Par exemple", "For instance"],
  askExample: ["Qui s'y connaît en {topic} ?", "Who knows about {topic}?"],
  topicTitle: ["Qui s'y connaît : {topic}", "Who knows about {topic}"],
  found: ["{n} personne trouvée|{n} personnes trouvées", "{n} person found|{n} people found"],
  more: ["D'autres personnes", "More people"],
  nobodyTitle: ["Personne, pour l'instant.", "Nobody, for now."],
  nobodyHint: [
    "Essayez un mot plus large, ou celui qu'emploierait un spécialiste. Mieux vaut pas de nom qu'un mauvais.",
    "Try a wider word, or the one a specialist would use. No name is better than a wrong one.",
  ],
  nobodyMap: ["Voir de quoi on parle ici", "See what people here write about"],

  // expert
  lead_high: ["Demandez à {who}.", "Ask {who}."],
  lead_medium: ["{who} devrait savoir.", "{who} should know."],
  lead_low: ["{who} a peut-être une piste.", "{who} may have a lead."],
  lead_near: ["{who} connaît quelque chose de voisin.", "{who} knows something near."],
  confidence_high: ["Très probablement la bonne personne", "Very likely the right person"],
  confidence_medium: ["Probablement une bonne adresse", "Probably a good person to ask"],
  confidence_low: ["Une piste, à vérifier", "A lead, to be checked"],
  confidence_near: ["Voisin de la question : {words}", "Something near: {words}"],
  lastActive: ["En a parlé pour la dernière fois en {month}", "Last wrote about it in {month}"],
  away: ["Absence jusqu'au {day}", "Away until {day}"],
  handles: ["Compte : {accounts}|Comptes : {accounts}", "Account: {accounts}|Accounts: {accounts}"],
  unnamed: ["{id} ({source})", "{id} ({source})"],

  // why
  did_answer: ["a répondu à des questions là-dessus", "answered questions about it"],
  did_accepted: [
    "a répondu à des questions là-dessus (réponse acceptée)",
    "answered questions about it (answer accepted)",
  ],
  did_article: ["y a consacré un article", "wrote an article about it"],
  did_comment: ["en a discuté", "discussed it"],
  did_question: ["a posé des questions dessus", "asked about it"],
  did_thanked: ["a reçu des remerciements", "was thanked for it"],
  did_endorser: ["a soutenu ce qu'une autre personne en a écrit", "backed what somebody else wrote about it"],
  votes_best: [
    "Aucun message n'est plus proche de votre question que les siens.",
    "Nobody's posts come closer to your question.",
  ],
  votes_close: ["Ses messages sont proches de votre question.", "Their posts come close to your question."],
  votes_far: ["Ses messages ne font qu'effleurer votre question.", "Their posts only touch on your question."],
  talks_best: [
    "Personne n'a pris une plus grande part aux conversations sur le sujet.",
    "Nobody had a larger part in the conversations about it.",
  ],
  talks_many: [
    "Sa part aux conversations sur le sujet est grande.",
    "They had a large part in the conversations about it.",
  ],
  profile_other: [
    "Mais le sujet pèse peu dans l'ensemble de ses messages.",
    "But it is a small part of all that they write.",
  ],
  sumTitle: ["Le calcul", "The arithmetic"],
  sumVotes: ["Messages", "Posts"],
  sumConversations: ["Conversations", "Conversations"],
  sumProfile: ["Profil", "Profile"],
  sumScore: ["Score", "Score"],
  sumVotesHint: ["par rapport au mieux placé", "relative to the best"],
  sumConversationsHint: ["de même ; comptent pour {share}", "likewise; they count for {share}"],
  sumProfileHint: [
    "multiplie : à quel point tout ce qui est écrit porte là-dessus",
    "multiplies: how much of all that was written is about it",
  ],
  sumScoreHint: ["{total} sur {best}, le meilleur total", "{total} out of {best}, the best total"],

  // evidence
  evidence: ["Ce qui le montre", "What shows it"],
  evidenceMore: ["{n} autre message|{n} autres messages", "{n} more post|{n} more posts"],
  kind_question: ["Question", "Question"],
  kind_answer: ["Réponse", "Answer"],
  kind_comment: ["Message", "Message"],
  kind_article: ["Article", "Article"],
  accepted: ["Acceptée", "Accepted"],
  thanked: ["{n} remerciement|{n} remerciements", "Thanked once|Thanked {n} times"],
  endorsed: ["Soutien au message d'une autre personne", "Backed somebody else's post"],
  read: ["Lire sur place", "Read it in place"],

  // reach
  reach: ["Pour prendre contact", "How to reach them"],
  you: ["Vous", "You"],
  reach_direct: ["Vous avez déjà échangé : écrivez directement.", "You have been in touch before: write directly."],
  reach_introduction: [
    "{via} vous connaît et connaît {who} : demandez-lui de faire les présentations.",
    "{via} knows both you and {who}: ask for an introduction.",
  ],
  reach_path: ["De proche en proche : commencez par {via}.", "From one to the next: begin with {via}."],
  reach_none: [
    "Pas de connaissance commune : écrivez directement, en citant le message ci-dessus.",
    "You know nobody in common: write directly, and quote the post above.",
  ],
  introduceAsk: ["Demander à {via} de me présenter à {who}", "Ask {via} to introduce me to {who}"],
  reach_weak: [
    "Un des liens est ténu : dites bien pourquoi vous demandez.",
    "One of the links is thin: say clearly why you are asking.",
  ],

  // feedback
  asked: ["J'ai posé la question à {who}", "I asked {who}"],
  helpedTitle: ["Avez-vous eu l'aide de {who} ?", "Did {who} help?"],
  helped: ["Oui", "Yes"],
  redirected: ["On m'envoie vers…", "Sent me to…"],
  noAnswer: ["Pas de réponse", "No answer"],
  redirectedTitle: ["Vers qui vous envoie {who} ?", "Whom did {who} send you to?"],
  noted_helped: ["C'est noté, merci.", "Noted, thank you."],
  noted_redirected: ["C'est noté : demandez à {other}.", "Noted: ask {other}."],
  noted_no_answer: ["C'est noté : essayez la personne suivante.", "Noted: try the next person."],

  // asker
  askerChoose: ["Qui demande ?", "Who is asking?"],
  askerIs: ["Vous êtes {who}", "You are {who}"],
  askerNotice: [
    "Écrivez à son compte ; ou dites qui demande, et vous verrez qui peut vous présenter.",
    "Write to their account; or say who is asking, and see who can introduce you.",
  ],
  askerTitle: ["Qui demande ?", "Who is asking?"],
  askerLead: [
    "Les réponses seront ce que cette personne peut lire, et les chemins partiront d'elle.",
    "Answers will be what this person may read, and paths will begin with them.",
  ],
  askerName: ["Nom", "Name"],
  askerNobody: ["Personne en particulier", "Nobody in particular"],
  askerUnknown: ["Aucune personne de ce nom.", "Nobody of that name."],
  askerBecome: ["Demander en son nom", "Ask as this person"],
  close: ["Fermer", "Close"],

  // person
  often: ["Écrit surtout sur", "Writes mostly about"],
  also: ["A aussi mentionné", "Also mentioned"],
  mentioned: ["A mentionné", "Mentioned"],
  mentionsMore: ["et {n} autre sujet|et {n} autres sujets", "and {n} more topic|and {n} more topics"],
  writesNothing: ["Rien que vous puissiez lire.", "Nothing that you may read."],
  posts: ["{n} message|{n} messages", "{n} post|{n} posts"],
  lastIn: ["le dernier en {month}", "the last in {month}"],
  department: ["Service", "Department"],
  site: ["Site", "Site"],
  absent: ["Absence", "Away"],
  until: ["jusqu'au {day}", "until {day}"],
  languages: ["Langues", "Languages"],
  accounts: ["Comptes", "Accounts"],
  communities: ["Écrit dans", "Writes in"],

  // networks
  network: ["Votre réseau", "Your network"],
  networkLead: [
    "Les personnes avec qui vous échangez, d'après ce que vous pouvez lire. Personne d'autre ne le voit.",
    "The people you exchange with, by what you may read. Nobody else sees this.",
  ],
  meet: ["À rencontrer", "People you should meet"],
  meetLead: [
    "Ce que vous avez en commun, et ce qui serait nouveau pour vous. Personne d'autre ne le voit.",
    "What you have in common, and what would be new to you. Nobody else sees this.",
  ],
  networkWithin: ["Qui échange avec qui", "Who exchanges with whom"],
  networkWithinLead: [
    "D'après ce qui s'est passé dans cette communauté, et pour ceux qui y participent seulement.",
    "By what happened in this community, and for those who take part in it only.",
  ],
  networkOutside: [
    "Qui échange avec qui n'est montré qu'à ceux qui participent à cette communauté.",
    "Who exchanges with whom is shown only to those who take part in this community.",
  ],
  networkWords: ["En toutes lettres", "In words"],
  tieStrong: ["lien fort", "strong tie"],
  tieWeak: ["lien faible", "weak tie"],
  tieBridge: ["pont : aucune relation en commun", "bridge: nobody in common"],
  community_practice: ["Communauté de pratique", "Community of practice"],
  community_learning: ["Communauté d'apprentissage", "Learning community"],
  community_project: ["Projet", "Project"],
  community_interest: ["Loisirs", "Interests"],
  seen_public: ["ouverte à tout le monde", "open to everybody"],
  seen_members: ["pour ses membres", "for its members"],
  seen_secret: ["secrète", "secret"],
  archived: ["archivée", "archived"],

  // map
  mapLead: [
    "Combien de personnes s'y connaissent, et où. Un sujet mène aux personnes.",
    "How many people know about what, and where. A topic leads to its people.",
  ],
  map_rows: ["Par", "By"],
  map_columns: ["Détail", "Detail"],
  map_department: ["service", "department"],
  map_site: ["site", "site"],
  map_community: ["communauté", "community"],
  map_topic: ["sujets", "topics"],
  map_broader: ["domaines", "fields"],
  mapUnknown: ["(non renseigné)", "(not known)"],
  mapWithheld: ["masqué", "withheld"],
  quarter: ["T{quarter} {year}", "Q{quarter} {year}"],
  mapHatched: [
    "Masqué : moins de {fewest} personnes, ou ce qui les laisserait deviner",
    "Withheld: fewer than {fewest} people, or what would give them away",
  ],
  mapSilent: ["Rien qui puisse être montré : {names}.", "Nothing that can be shown: {names}."],
  mapFiles: ["Enregistrer", "Save"],
  mapEmpty: ["Aucune case ne peut être montrée.", "There is no cell that can be shown."],

  // problems
  problemNext: ["Que faire", "What to do"],
  problemRetry: ["Réessayer", "Try again"],
  problemTrace: ["Référence : {trace}", "Reference: {trace}"],
  problem_403: [
    "Demandez à la personne qui administre ce service une clé qui a ce droit.",
    "Ask whoever runs this service for a key that has this scope.",
  ],
  problem_404: ["Revenez à la question et cherchez autrement.", "Go back to the question and look another way."],
  problem_422: ["Reformulez la question.", "Put the question another way."],
  problem_500: [
    "Réessayez ; si cela dure, transmettez la référence ci-dessous.",
    "Try again; if it lasts, pass on the reference below.",
  ],
  problem_503: ["Attendez quelques secondes, puis réessayez.", "Wait some seconds, then try again."],
  problem_unreachable: ["Le service ne répond pas", "The service does not answer"],
  problem_0: ["Vérifiez la connexion, puis réessayez.", "Check the connection, then try again."],
};

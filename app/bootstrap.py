"""The composition root: builds what a process may use; the one file that names adapters and pipelines."""

import math
import os
import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from app.glossary import known_topics, names_of_people
from app.leases import new_holder
from app.processes import Pool, apart, keep_memory
from app.question_reader import QuestionReader
from app.refresher import Refresher
from app.security import Access
from app.sending import Sender
from app.services.arrivals import Arrivals
from app.services.brokerage import Brokerage
from app.services.community_names import CommunityNames
from app.services.directory import Directory
from app.services.exchange import Exchanges
from app.services.expert_search import ExpertSearch
from app.services.expertise_map import ExpertiseMaps
from app.services.expertise_profile import ExpertiseProfile
from app.services.granovetter_check import GranovetterCheck
from app.services.headcounts import Headcounts
from app.services.indexing import Indexer
from app.services.ingestion import Ingestion
from app.services.introduction_paths import IntroductionPaths
from app.services.introductions import Introducing, Introductions
from app.services.merge_suggestions import MergeSuggestions
from app.services.network_structure import NetworkStructure
from app.services.networks import Networks
from app.services.organisation import Organisations
from app.services.people_search import PeopleSearch
from app.services.questions import Questioning, Questions
from app.services.reach import Reaching
from app.services.readers import Readers
from app.services.recommendations import Recommendations
from app.services.social_ties import SocialTies
from app.services.tie_calibration import TieCalibration
from app.services.tie_history import TieHistory
from app.services.ties import Ties
from app.services.topic_merges import TopicMerges
from app.services.topic_names import TopicNames
from app.services.topics import Topics
from app.services.webhooks import Receivers
from app.settings import Settings
from app.worker import Worker
from graph.changes import PostRow
from graph.identity import Identity
from graph.measures.recommendation import RecommendationSetting
from graph.measures.setting import RankingSetting
from graph.measures.tie_strength import TieSetting
from graph.model import Language, Post
from graph.projection.feed import Projection
from graph.store import GraphStore
from nlp.excerpts import excerpt
from nlp.extraction import NEITHER, TopicExtractor, describe_pipelines, load_extractor, unread
from nlp.gazetteer import Alias, Gazetteer, seed_aliases, seed_labels
from nlp.likeness import Alike, find_alike
from nlp.model import Extraction, Pipeline, PostWords, Text
from nlp.words import post_words

WORDS_VERSION = "4"  # of how words are counted, names written and rows laid out: raise it and snapshots are made anew
LOOK_AGAIN_SECONDS = 30.0  # for topics and people that the host has named meanwhile
MANY_POSTS = 500  # from that many on, words are counted by several processes
PATIENCE_SECONDS = 30.0  # with a few posts: the longest takes half a second, and the machine may be busy


@dataclass(frozen=True, slots=True)
class Services:
    """What one process may use."""

    settings: Settings
    store: GraphStore
    identity: Identity
    access: Access
    ingestion: Ingestion
    arrivals: Arrivals
    directory: Directory
    people_search: PeopleSearch
    topics: Topics
    topic_merges: TopicMerges
    merge_suggestions: MergeSuggestions
    readers: Readers
    expertise_profile: ExpertiseProfile
    expert_search: ExpertSearch
    expertise_maps: ExpertiseMaps
    questions: Questions
    questioning: Questioning
    exchanges: Exchanges
    introduction_paths: IntroductionPaths
    introductions: Introductions
    introducing: Introducing
    ties: Ties
    tie_history: TieHistory
    brokerage: Brokerage
    granovetter_check: GranovetterCheck
    tie_calibration: TieCalibration
    networks: Networks
    network_structure: NetworkStructure
    recommendations: Recommendations
    receivers: Receivers
    projection: Projection
    refresher: Refresher


@contextmanager
def running(settings: Settings, *, reading: bool = True) -> Iterator[Services]:
    """The services of this process, for as long as the block lasts; with `reading` the projection follows the store."""
    keep_memory()
    store, secret = open_store(settings)
    counter = WordCounter()
    services = _assemble(settings, store, Identity(secret), counter)
    try:
        if reading:
            services.refresher.start()
        yield services
    finally:
        services.refresher.stop()
        counter.close()
        store.close()


def open_store(settings: Settings) -> tuple[GraphStore, bytes]:
    """The store that the settings name, ready for use, and the instance's secret."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = _store_at(settings)
    store.prepare()
    given = settings.secret_file.read_bytes().strip() if settings.secret_file else secrets.token_bytes(32)
    return store, store.keep("secret", given)


def build_extractor(settings: Settings, *, gazetteer: Gazetteer | None = None) -> TopicExtractor:
    """The pipelines that the settings name, with the topics known from the start unless others are given."""
    return load_extractor(fr=settings.nlp_fr, en=settings.nlp_en, gazetteer=gazetteer or Gazetteer(seed_aliases()))


def check_pipelines(settings: Settings) -> None:
    """Load what does not come with the program and let it read two plain sentences.

    Raises PipelineNotInstalled and LanguageNotSupported with what to do about it."""
    if any(pipeline.tier == "external" for pipeline in _pipelines(settings).values()):
        apart(_try_pipelines, settings)


@contextmanager
def working(services: Services) -> Iterator[Worker]:
    """What indexes new posts in the background, for as long as the block lasts."""
    log = structlog.get_logger()
    with indexing(services) as indexer:
        yield Worker(
            indexer,
            on_progress=lambda posts: log.info("indexed", posts=posts),
            on_failure=lambda error: log.warning("store unavailable", reason=str(error)),
        )


@contextmanager
def indexing(services: Services) -> Iterator[Indexer]:
    """What finds the topics of posts that wait, for as long as the block lasts."""
    check_pipelines(services.settings)
    extractors = Extractors(services)
    try:
        yield Indexer(
            services.store, services.identity, extractors, holder=new_holder(), clock=_now, labels=seed_labels()
        )
    finally:
        extractors.close()


class Extractors:
    """Finds topics in processes of their own, that begin anew when the host has named other topics or people."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: tuple[object, ...] = ()
        self._pool: Pool[TopicExtractor, Text, Extraction] | None = None
        self._looked_at = -math.inf

    def __call__(self, texts: Sequence[Text]) -> Iterator[Extraction]:
        """What was found in these texts, one after the other."""
        if self._pool is None or time.monotonic() - self._looked_at > LOOK_AGAIN_SECONDS:
            self._pool = self._up_to_date()
            self._looked_at = time.monotonic()
        return self._pool(texts)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()

    def _up_to_date(self) -> Pool[TopicExtractor, Text, Extraction]:
        settings, store = self._services.settings, self._services.store
        known = known_topics(store), names_of_people(store)
        if self._pool is not None and known == self._known:
            return self._pool
        self.close()
        self._known = known
        return Pool(
            TopicExtractor.extract,
            _load_extractor,
            instead=self._unread,
            arguments=(settings, *known),
            processes=settings.extraction_processes,
            patience=PATIENCE_SECONDS,
        )

    def _unread(self, text: Text) -> Extraction:
        structlog.get_logger().warning("a post could not be read", characters=len(text.body))
        return unread(text, pipelines=self._services.readers.pipelines)


class WordCounter:
    """Counts the words of posts; many at once in processes of their own."""

    def __init__(self) -> None:
        self._pool = Pool[None, Text, PostWords](
            _count, _no_tool, instead=_no_words, processes=os.cpu_count() or 1, chunk=250
        )

    def __call__(self, rows: Sequence[PostRow]) -> Sequence[PostWords]:
        """The words of these posts."""
        texts = [_text(row) for row in rows]
        return list(self._pool(texts)) if len(texts) >= MANY_POSTS else _count(None, texts)

    def close(self) -> None:
        """End the processes."""
        self._pool.close()


def _assemble(settings: Settings, store: GraphStore, identity: Identity, counter: WordCounter) -> Services:
    fingerprint = f"{store.keep('name', secrets.token_bytes(16)).hex()}/{WORDS_VERSION}"
    projection = Projection(store.feed, count_words=counter, fingerprint=fingerprint)
    access, organisations, ties = Access(store, _now), Organisations(store), _tie_setting(settings)
    naming, headcounts = TopicNames(store), Headcounts()
    ingestion = Ingestion(store, identity, frozenset(settings.trusted_email_sources), _now)
    names, exchanges = CommunityNames(store), _exchanges(settings, store)
    search = _expert_search(settings, store, identity, projection, ties, exchanges)
    seen_ties, load = Reaching(_now, ties).seen_by, exchanges.load
    paths = IntroductionPaths(store, projection, seen_ties, load, names, search.about_topic, ties, _now)
    topics = Topics(projection, naming)
    introductions = Introductions(store, topics.named, timedelta(days=settings.introduction_days), _now)
    return Services(
        settings=settings,
        store=store,
        identity=identity,
        access=access,
        ingestion=ingestion,
        arrivals=Arrivals(store, projection),
        directory=Directory(store),
        people_search=PeopleSearch(store, projection),
        topics=topics,
        topic_merges=TopicMerges(store, projection),
        merge_suggestions=MergeSuggestions(store, projection, naming, _find_alike),
        readers=Readers(store, _pipelines(settings), NEITHER),
        expertise_profile=ExpertiseProfile(store, projection, naming),
        expert_search=search,
        expertise_maps=ExpertiseMaps(projection, naming, organisations, headcounts),
        questions=Questions(store, topics.named, _now),
        questioning=Questioning(identity, topics.named, ingestion.record, _now),
        exchanges=exchanges,
        introduction_paths=paths,
        introductions=introductions,
        introducing=Introducing(introductions, identity, ingestion.record, paths.leads),
        ties=Ties(store, projection, ties, _now),
        tie_history=TieHistory(store, projection, ties, _now),
        brokerage=Brokerage(store, projection, organisations, ties, _now),
        granovetter_check=GranovetterCheck(projection, ties, _now),
        tie_calibration=TieCalibration(projection, access.viewer, ties, _now),
        networks=Networks(store, projection, SocialTies(ties, _now), names),
        network_structure=NetworkStructure(projection, naming, organisations, headcounts, SocialTies(ties, _now)),
        recommendations=Recommendations(store, projection, naming, ties, RecommendationSetting(), _now),
        receivers=Receivers(store, Sender(settings.webhook_plain_http), _now),
        projection=projection,
        refresher=Refresher(
            projection,
            settings.snapshot_dir,
            on_failure=lambda error: structlog.get_logger().warning("projection not kept up", reason=str(error)),
        ),
    )


def _exchanges(settings: Settings, store: GraphStore) -> Exchanges:
    return Exchanges(
        store,
        recent_days=settings.recent_question_days,
        most_open=settings.most_open_questions,
        introduction_days=settings.introduction_days,
        clock=_now,
    )


def _expert_search(
    settings: Settings,
    store: GraphStore,
    identity: Identity,
    projection: Projection,
    ties: TieSetting,
    exchanges: Exchanges,
) -> ExpertSearch:
    setting = _ranking_setting(settings)
    return ExpertSearch(
        store,
        projection,
        reader=QuestionReader(store, identity, setting, TopicNames(store)),
        excerpt=_excerpt,
        reach=Reaching(_now, ties),
        loads=exchanges.load,
        setting=setting,
        clock=_now,
    )


def _store_at(settings: Settings) -> GraphStore:
    kind, _, place = settings.store_url.partition("://")
    if kind == "sqlite":
        from graph.adapters.sqlite.store import SqliteGraphStore

        return SqliteGraphStore(Path(place.removeprefix("/")), synchronous=settings.sqlite_synchronous)
    from graph.adapters.neo4j.store import Neo4jGraphStore  # brings a driver of 31 MB

    return Neo4jGraphStore(settings.store_url, user=settings.neo4j_user, password=settings.neo4j_password)


def _ranking_setting(settings: Settings) -> RankingSetting:
    return RankingSetting(
        half_life_posts=settings.newer_posts_half,
        half_life_days=settings.age_half_life_days,
        answer=settings.weight_answer,
        article=settings.weight_article,
        comment=settings.weight_comment,
        question=settings.weight_question,
        accepted=settings.weight_accepted,
        thanked=settings.weight_thanks,
        reaction=settings.weight_reaction,
    )


def _tie_setting(settings: Settings) -> TieSetting:
    return TieSetting(
        half_life_days=settings.tie_half_life_days,
        exchange=settings.tie_exchange,
        meeting=settings.tie_meeting,
        co_session=settings.tie_co_session,
    ).weighing(*settings.tie_weights)


def _now() -> datetime:
    return datetime.now(UTC)


def _find_alike(forms: Collection[str], established: Collection[str]) -> Iterator[Alike]:
    return find_alike(forms, established=established)


def _excerpt(post: Post, words: Collection[str]) -> str:
    return excerpt(_text(post), words)


def _text(post: Post | PostRow) -> Text:
    return Text(post.text, title=post.title, format=post.format, language=post.language)


def _load_extractor(settings: Settings, aliases: Sequence[Alias], names: Sequence[str]) -> TopicExtractor:
    return build_extractor(settings, gazetteer=Gazetteer(aliases, names=names))


def _pipelines(settings: Settings) -> dict[Language, Pipeline]:
    return describe_pipelines(fr=settings.nlp_fr, en=settings.nlp_en)


def _try_pipelines(settings: Settings) -> None:
    build_extractor(settings)


def _no_words(_text: Text) -> PostWords:
    return PostWords((), (), (), 0)


def _count(_tool: None, texts: Sequence[Text]) -> Sequence[PostWords]:
    return [post_words(text) for text in texts]


def _no_tool() -> None:
    """Counting words needs nothing but its module."""

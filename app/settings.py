"""What a host may set, by environment variables called QUISAIT_…."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph.measures.setting import RankingSetting
from graph.measures.tie_strength import TieSetting

Weight = Annotated[float, Field(ge=0, le=10)]

RANKING = RankingSetting()
TIES = TieSetting()
ROUNDED = 1e-4  # as far the weights may miss 1


class Settings(BaseSettings):
    """Everything that can be set; secrets come from files."""

    model_config = SettingsConfigDict(env_prefix="QUISAIT_", frozen=True, extra="ignore", validate_default=True)

    data_dir: Path = Field(
        default=Path("~/.quisait"), description="Folder of the embedded store and of the projection's snapshot"
    )
    store: str | None = Field(
        default=None,
        pattern=r"^(sqlite:///.+|(neo4j|bolt)(\+s|\+ssc)?://[^/]+(/[A-Za-z][A-Za-z0-9.-]*)?)$",
        description="`sqlite:///path` or `neo4j://host:7687/database`; `quisait.db` in the data folder unless set",
    )
    neo4j_user: str = Field(default="neo4j", description="User of the Neo4j server")
    neo4j_password_file: Path | None = Field(default=None, description="File that holds the password of that user")
    secret_file: Path | None = Field(
        default=None,
        description="File with the secret that a new store's ids are made with; drawn at random unless set",
    )
    sqlite_synchronous: Literal["NORMAL", "FULL"] = Field(
        default="NORMAL", description="`FULL` also survives a power cut without losing the last second's records"
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on; only this machine unless set")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="What is logged")
    trusted_email_sources: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Sources, with commas between, whose verified addresses join accounts into one person",
    )
    extraction_processes: int = Field(
        default=1, ge=1, le=64, description="Processes that find the topics of new posts, beside the worker"
    )
    nlp_fr: str = Field(
        default="bundled", min_length=1, description="French pipeline: `bundled`, `lexical`, a spaCy package or a path"
    )
    nlp_en: str = Field(
        default="bundled", min_length=1, description="English pipeline: `bundled`, `lexical`, a spaCy package or a path"
    )

    newer_posts_half: float = Field(
        default=RANKING.half_life_posts,
        ge=1,
        description="A post counts half once that many newer ones are there, if that is later",
    )
    age_half_life_days: float = Field(
        default=RANKING.half_life_days, gt=0, description="A post counts half after that many days, if that is later"
    )
    weight_answer: Weight = Field(default=RANKING.answer, description="What an answer weighs in the votes")
    weight_article: Weight = Field(default=RANKING.article, description="What an article weighs in the votes")
    weight_comment: Weight = Field(default=RANKING.comment, description="What a comment weighs in the votes")
    weight_question: Weight = Field(default=RANKING.question, description="What a question weighs in the votes")
    weight_accepted: Weight = Field(default=RANKING.accepted, description="What an acceptance adds to a post's weight")
    weight_thanks: Weight = Field(default=RANKING.thanked, description="What thanks add to a post's weight")
    weight_reaction: Weight = Field(default=RANKING.reaction, description="What each of the first three reactions adds")
    tie_half_life_days: float = Field(
        default=TIES.half_life_days, gt=0, description="An interaction counts half after that many days"
    )
    tie_weights: Annotated[tuple[float, ...], NoDecode] = Field(
        default=TIES.weights,
        description="Of frequency, recency, reciprocity, duration, multiplexity, in person; they sum to 1",
    )
    tie_exchange: Weight = Field(
        default=TIES.exchange, description="What a reply, a thanks and the like count for a tie, before their age"
    )
    tie_meeting: Weight = Field(default=TIES.meeting, description="What a meeting counts for a tie, likewise")
    tie_co_session: Weight = Field(
        default=TIES.co_session, description="What a course or workshop attended together counts for a tie, likewise"
    )

    recent_question_days: int = Field(
        default=28, ge=1, le=3650, description="Questions that somebody was asked in so many days count as recent"
    )
    most_open_questions: int = Field(
        default=5,
        ge=1,
        le=1000,
        description="Open questions from which on somebody has enough, unless they say otherwise",
    )
    introduction_days: int = Field(
        default=14, ge=1, le=365, description="Days after which an introduction that nobody accepted expires"
    )

    webhook_days: int = Field(
        default=3,
        ge=1,
        le=365,
        description="Days of nothing but failures until a receiver of webhooks is disabled, then until what waits for "
        "it is dropped",
    )
    webhook_plain_http: bool = Field(
        default=False, description="Whether webhooks may go to other machines over http, not https"
    )

    @field_validator("data_dir")
    @classmethod
    def in_the_home_folder(cls, path: Path) -> Path:
        """`~` is the home folder of whoever runs the service."""
        return path.expanduser()

    @field_validator("tie_weights")
    @classmethod
    def sharing_one(cls, weights: tuple[float, ...]) -> tuple[float, ...]:
        """Six shares of 1."""
        if len(weights) != len(TIES.weights) or min(weights) < 0 or abs(sum(weights) - 1) > ROUNDED:
            raise ValueError("six numbers from 0 to 1 that sum to 1 are expected, with commas between")
        return weights

    @field_validator("trusted_email_sources", "tie_weights", mode="before")
    @classmethod
    def between_commas(cls, given: object) -> object:
        """A list in one variable."""
        return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given

    @property
    def store_url(self) -> str:
        """Where the records are."""
        return self.store or f"sqlite:///{self.data_dir / 'quisait.db'}"

    @property
    def snapshot_dir(self) -> Path:
        """Where the projection's arrays are kept between two starts."""
        return self.data_dir / "projection"

    @property
    def neo4j_password(self) -> str:
        """The password in its file, "" without one."""
        return self.neo4j_password_file.read_text().strip() if self.neo4j_password_file else ""

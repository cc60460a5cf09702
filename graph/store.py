"""The port: what the house asks of a durable store.

A store writes durably, looks things up by id, tells what changed, and never ranks. All times are parameters.
Every write happens in `GraphStore.write`; what it changes and a reader could notice takes the next numbers (`seq`)
of one counter that the transaction locks first, so the order of numbers is the order of commits. A thing's `number`
is its dense id inside the store: given from 1, in the order in which things are first put, never given again.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from graph.changes import Changes
from graph.model import (
    Account,
    ApiKey,
    Community,
    Event,
    Exchange,
    Indexing,
    Interaction,
    Job,
    Known,
    Person,
    Post,
    Question,
    QuestionRole,
    Reader,
    Ref,
    Stamp,
    StoredPost,
    Topic,
    Viewer,
)
from graph.webhooks import Webhooks, WebhookWrites

T = TypeVar("T")
Duty = Literal["indexing", "webhooks"]  # what one worker at a time does


class People(Protocol):
    """Reads of people. An account without a record is seen only by who may read a post of it, and by its person."""

    def find(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, Person]:
        """The people with these public ids; unknown, hidden and account-less ones are left out."""
        ...

    def by_numbers(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, Person]:
        """The same, by number."""
        ...

    def names(self) -> list[str]:
        """Every name and site of an account, each once, in order: for the extractor, which takes none for a topic."""
        ...

    def knows(self, person: str, *, viewer: Viewer) -> list[Known]:
        """The person's links to topics that the viewer may see, by topic, then community (none first)."""
        ...


class Communities(Protocol):
    """Reads of communities. A public or members-only one is named to everybody, a secret one to its members only."""

    def find(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, Community]:
        """The communities with these public ids; unknown, nameless and hidden ones are left out.

        Members and charter of a members-only community are shown to its members only."""
        ...

    def names(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, str]:
        """The names of those among these that the viewer may be told of."""
        ...

    def page(self, *, after: str, limit: int, viewer: Viewer) -> list[Community]:
        """The next communities by public id after that one, without their members and charters."""
        ...

    def numbers(self, ids: Collection[str]) -> dict[str, int]:
        """The numbers of the known ones among these, hidden or not: to narrow a viewer's mask, never to show."""
        ...

    def readable_by(self, person: str | None) -> frozenset[int]:
        """The numbers of the communities whose posts this person may read: 0, all public ones, and their own.

        An inactive account opens nothing."""
        ...


class Topics(Protocol):
    """Reads of topics. A topic tells nothing about people: who may see its mentions is asked of the projection."""

    def find(self, ids: Collection[str]) -> dict[str, Topic]:
        """The topics with these public ids, in order of their numbers; unknown ones are left out."""
        ...

    def named(self) -> Iterator[Topic]:
        """The topics that a source sent with a name that has a form, in order of their numbers."""
        ...


class Posts(Protocol):
    """Reads of posts."""

    def by_numbers(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, StoredPost]:
        """The posts with these numbers; removed and hidden ones are left out."""
        ...

    def waiting(self, *, limit: int) -> list[StoredPost]:
        """The posts that are accepted and not indexed yet, oldest change first."""
        ...

    def readers(self) -> dict[Reader | None, int]:
        """How many indexed posts each has read; None stands for those to be read anew, whoever has read them."""
        ...

    def outdated(self, *, readers: Collection[Reader], after: int, limit: int) -> list[StoredPost]:
        """The indexed posts that none of these has read, or that are to be read anew, by number after that one."""
        ...

    def degraded(self) -> int:
        """How many indexed posts their reader has failed on."""
        ...


class Questions(Protocol):
    """Reads of questions. One is seen by who asked it, who was asked, and whom it was redirected to: by nobody else.

    So who is to be introduced sees nothing of it before."""

    def find(
        self,
        *,
        key: str | None = None,
        role: QuestionRole | None = None,
        is_open: bool | None = None,
        introductions: bool = False,
        people: Collection[str] = (),
        before: tuple[datetime, str] | None = None,
        limit: int,
        viewer: Viewer,
    ) -> list[Question]:
        """The viewer's questions by time and key, the last first, that come after this time and key in that order.

        `key` is that of the event, `role` what the viewer is to it; with `introductions` those that ask for one only,
        else all others; with `people` those that name one of them."""
        ...

    def exchanges(self, people: Collection[int], *, since: datetime, expired: datetime) -> dict[int, Exchange]:
        """What each of these people, by number, exchanged; who was never asked and never asked is left out.

        An introduction that was asked for after `expired` and not made is open, declined or not; no other one counts.
        To count with and to be told of oneself, never to be shown to others."""
        ...


class Jobs(Protocol):
    """Reads of ingestion jobs."""

    def find(self, job: str) -> Job | None:
        """The job, with its posts that still wait and that their reader failed on; None when there is none."""
        ...


class Keys(Protocol):
    """Reads of API keys."""

    def by_hash(self, key_hash: str) -> ApiKey | None:
        """The key with this hash, expired and revoked ones included."""
        ...

    def each(self) -> list[ApiKey]:
        """All keys, oldest first."""
        ...


class Feed(Protocol):
    """What changed: the present state of everything whose number lies in a window; applied twice it changes nothing."""

    def head(self) -> int:
        """The number of the last change, 0 in an empty store."""
        ...

    def directory(self) -> int:
        """The number of the last change to people, communities or their members, 0 when there was none."""
        ...

    def changes(self, *, after: int, upto: int) -> Changes:
        """What has its last change in `after < seq <= upto`, each kind in order of its numbers; `upto` ≤ head."""
        ...


class Reads(Protocol):
    """The reads that a write may rest on, too."""

    @property
    def people(self) -> People: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def topics(self) -> Topics: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def webhooks(self) -> Webhooks: ...


class PeopleWrites(Protocol):
    """Writes of accounts and so of people."""

    def accounts(self, refs: Collection[Ref]) -> dict[Ref, Account]:
        """The known accounts among these."""
        ...

    def accounts_by_email(self, emails: Collection[str]) -> list[Account]:
        """The accounts whose verified address, in lower case, is one of these, first put first."""
        ...

    def put(self, accounts: Sequence[Account]) -> None:
        """Add or replace accounts.

        The last one put that has a name is what its person shows, one that was taken back only where there is no other.
        An account given to another person takes along its posts, memberships and interactions."""
        ...


class CommunityWrites(Protocol):
    """Writes of communities."""

    def refs(self, ids: Collection[str]) -> dict[str, Ref]:
        """What their source calls the known ones among these."""
        ...

    def put(self, communities: Sequence[Community]) -> None:
        """Add or replace communities with their whole list of members; every member's account is known."""
        ...


class TopicWrites(Protocol):
    """Writes of topics."""

    def by_forms(self, forms: Collection[str]) -> dict[str, list[Topic]]:
        """Form → all topics that go by it, in order of their numbers; forms that none goes by are left out."""
        ...

    def put(self, topics: Sequence[Topic]) -> None:
        """Add or replace topics; several may go by one form."""
        ...


class PostWrites(Protocol):
    """Writes of posts and their mentions."""

    def find(self, ids: Collection[str]) -> dict[str, Post]:
        """The known ones among these, without their text (an empty one stands for it)."""
        ...

    def replies_to(self, ids: Collection[str]) -> list[Post]:
        """The posts that reply to one of these, without their text, by public id."""
        ...

    def put(self, posts: Sequence[Post], *, job: str) -> None:
        """Add or replace posts; they lose their mentions and wait to be indexed for that job.

        Their authors, the people addressed and the communities are known."""
        ...

    def remove(self, ids: Collection[str]) -> None:
        """Take posts away, with their mentions and the interactions about them; unknown ones change nothing."""
        ...

    def record_mentions(self, indexings: Sequence[Indexing]) -> int:
        """Replace the mentions and language of the posts that still have the given `seq`, and call them indexed.

        Returns how many that were; their topics are known."""
        ...

    def forget_readers(self) -> None:
        """Let all posts that are indexed now be read anew; they keep their mentions until that has happened."""
        ...


class InteractionWrites(Protocol):
    """Writes of events and of the interactions that follow from them."""

    def put_events(self, events: Sequence[Event], *, gone: Collection[str] = ()) -> None:
        """Add or replace events by their key, and take those with these keys away; unknown ones change nothing.

        The accounts that a question names are known."""
        ...

    def events_about(self, posts: Collection[str]) -> list[Event]:
        """The events whose post or question is one of these, by key."""
        ...

    def replace(self, origins: Collection[str], interactions: Sequence[Interaction]) -> None:
        """Let exactly these interactions follow from these origins; an unchanged one keeps its number and `seq`."""
        ...


class JobWrites(Protocol):
    """Writes of jobs, and of the leases of what one worker at a time does."""

    def put(self, job: Job) -> None:
        """Add or replace a job; `waiting` and `degraded` are not stored, the store counts them."""
        ...

    def take_lease(self, duty: Duty, *, holder: str, now: datetime, until: datetime) -> bool:
        """Take or prolong the lease for that duty; False while somebody else's has not expired at `now`."""
        ...


class Transaction(Protocol):
    """One write, all of it or nothing; its `reads` show what is there, what it wrote included, and no other write."""

    @property
    def reads(self) -> Reads: ...
    @property
    def people(self) -> PeopleWrites: ...
    @property
    def communities(self) -> CommunityWrites: ...
    @property
    def topics(self) -> TopicWrites: ...
    @property
    def posts(self) -> PostWrites: ...
    @property
    def interactions(self) -> InteractionWrites: ...
    @property
    def jobs(self) -> JobWrites: ...
    @property
    def webhooks(self) -> WebhookWrites: ...

    def stamps(self, keys: Collection[str]) -> dict[str, Stamp]:
        """What is remembered of the records with these keys."""
        ...

    def put_stamps(self, stamps: Sequence[Stamp]) -> None:
        """Remember records."""
        ...

    def put_key(self, key: ApiKey) -> None:
        """Add or replace an API key."""
        ...


class GraphStore(Reads, Protocol):
    """A durable store. Any number of threads may read; raises Unavailable when it cannot be reached."""

    @property
    def posts(self) -> Posts: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def feed(self) -> Feed: ...

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run the work in one transaction and return what it returns; it may run twice and touches only `tx`."""
        ...

    def prepare(self) -> None:
        """Bring the schema up to date; a store written by a later version of this program raises Conflict."""
        ...

    def keep(self, name: str, value: bytes) -> bytes:
        """What is kept with the data under that name; the value given where there was nothing yet."""
        ...

    def close(self) -> None:
        """Give back connections; using the store afterwards is an error."""
        ...

"""The one door: whatever comes in is a record, durable with all that follows from it when it is acknowledged."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from app.news import announcing
from app.records import Entry, FieldError, Record
from app.topic_forms import forms_of, put_topics, taken_back
from graph import ledger
from graph.derivation import from_events, from_posts
from graph.errors import NotFound
from graph.identity import API, QUESTION, Identity
from graph.ledger import Outcome
from graph.model import (
    Account,
    Asking,
    Community,
    Event,
    Job,
    LineProblem,
    Post,
    Ref,
    Retraction,
    Stamp,
    Topic,
    Viewer,
)
from graph.store import GraphStore, Reads, Transaction

Check = Callable[[Reads], None]  # raises where what is there forbids the write

MAX_JOB_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one line."""

    line: int
    kind: str | None
    id: str | None
    outcome: Outcome
    public_id: str | None = None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The job that a batch became, and what became of each of its lines."""

    job: Job
    results: tuple[LineResult, ...]


@dataclass(slots=True)
class Batch:
    """What a batch changes, by kind: the last word on each record."""

    people: list[Account] = field(default_factory=list)
    communities: list[Community] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    gone: list[Retraction] = field(default_factory=list)
    named: list[Ref] = field(default_factory=list)  # communities, in the words of their source

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Batch":
        """The batch that these entries make."""
        batch = cls()
        for entry in entries:
            match entry.record:
                case Account() as account:
                    batch.people.append(account)
                case Community() as community:
                    batch.communities.append(community)
                case Topic() as topic:
                    batch.topics.append(topic)
                case Post() as post:
                    batch.posts.append(post)
                case Event() as event:
                    batch.events.append(event)
                case Retraction() as retraction:
                    batch.gone.append(retraction)
            if entry.community:
                batch.named.append(entry.community)
        return batch

    def gone_refs(self, kind: str) -> list[Ref]:
        """What was taken back of that kind."""
        return [retraction.ref for retraction in self.gone if retraction.target == kind]

    def people_named(self) -> list[Ref]:
        """Everybody that posts, events and communities name, each once, in order."""
        named: list[Ref] = []
        for post in self.posts:
            named += (post.author, *post.addressed)
        for event in self.events:
            others = (event.asking.redirected_to, event.asking.introduce_to) if event.asking else ()
            named += (ref for ref in (event.actor, event.target, *others, *event.people) if ref)
        for community in self.communities:
            named += (member.account for member in community.members)
        return list(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Ingestion:
    """Accepts records."""

    store: GraphStore
    identity: Identity
    trusted_sources: frozenset[str]
    clock: Callable[[], datetime]

    def accept(self, entries: Sequence[Entry]) -> Receipt:
        """Write the good lines, all at once, and tell what became of each; a bad line never spoils the good ones."""
        job = self._new_job(received=len(entries))
        good = [entry for entry in entries if entry.record is not None]

        def work(tx: Transaction) -> Receipt:
            outcomes, kept = self._judge(tx, good)
            batch = Batch.of(kept)
            self._apply(tx, batch, job=job.id)
            results = tuple(self._result(entry, outcomes.get(entry.line, "rejected")) for entry in entries)
            done = replace(
                job,
                outcomes=Counter(result.outcome for result in results),
                problems=_problems(results),
                posts=len(batch.posts),
                waiting=len(batch.posts),
            )
            tx.jobs.put(done)
            return Receipt(done, results)

        return self.store.write(work)

    def record(self, make: Callable[[Transaction], Entry]) -> Outcome:
        """Write a record that is made of what is there, and tell what became of it; what `make` raises forbids it."""
        job = self._new_job(received=1)  # never stored: what is told of the record has its ids from it

        def work(tx: Transaction) -> Outcome:
            entry = make(tx)
            outcomes, kept = self._judge(tx, [entry])
            self._apply(tx, Batch.of(kept), job=job.id)
            return outcomes[entry.line]

        return self.store.write(work)

    def put_person(
        self,
        account: Account,
        *,
        accounts: Collection[Ref] | None,
        keeps_email: bool = False,
        check: Check = lambda _: None,
    ) -> None:
        """Add or replace a person by public id; `accounts` is the whole list of theirs, None leaves it as it is."""

        def work(tx: Transaction) -> None:
            check(tx.reads)
            moved = self._moved(tx, account.person, accounts) if accounts is not None else []
            mail = tx.people.accounts([account.ref]).get(account.ref, account) if keeps_email else account
            own = replace(account, is_pinned=True, email=mail.email, is_email_verified=mail.is_email_verified)
            tx.people.put([*moved, own])

        self.store.write(work)

    def put_community(
        self, public_id: str, *, community: Callable[[Ref, Reads], Community], check: Check = lambda _: None
    ) -> None:
        """Add or replace a community by public id; one that a source sent keeps what that source calls it.

        `community` makes it of what its source calls it and of what is there."""

        def work(tx: Transaction) -> None:
            check(tx.reads)
            ref = tx.communities.refs([public_id]).get(public_id, Ref(API, public_id))
            self._apply(tx, Batch(communities=[community(ref, tx.reads)]), job="")
            key = self.identity.record_key("community", ref)
            tx.put_stamps([Stamp(key, digest="", version=0)])

        self.store.write(work)

    def job(self, job: str) -> Job:
        """The job; raises NotFound."""
        found = self.store.jobs.find(job)
        if found is None:
            raise NotFound(job)
        return found

    def _new_job(self, *, received: int) -> Job:
        return Job(id=f"job_{uuid4().hex}", created_at=self.clock(), received=received, outcomes={})

    def _judge(self, tx: Transaction, entries: Sequence[Entry]) -> tuple[dict[int, Outcome], list[Entry]]:
        """The outcome of each line, and the entries that change something: the last one for each key."""
        stamps = tx.stamps({entry.key for entry in entries})
        remembered = dict(stamps)
        outcomes: dict[int, Outcome] = {}
        kept: dict[str, Entry] = {}
        for entry in entries:
            outcomes[entry.line], stamps[entry.key] = _decide(stamps.get(entry.key), entry)
            if outcomes[entry.line] in ("created", "changed", "retracted"):
                kept.pop(entry.key, None)
                kept[entry.key] = entry
        tx.put_stamps([stamp for key, stamp in stamps.items() if stamp != remembered.get(key)])
        return outcomes, list(kept.values())

    def _apply(self, tx: Transaction, batch: Batch, *, job: str) -> None:
        self._put_people(tx, batch)
        self._put_communities(tx, batch)
        self._put_topics(tx, batch)
        self._put_posts(tx, batch, job=job)
        self._follow(tx, batch, job=job)

    def _put_people(self, tx: Transaction, batch: Batch) -> None:
        named = batch.people_named()
        sent = {account.ref: account for account in batch.people}
        known = tx.people.accounts({*named, *sent, *batch.gone_refs("person")})
        at_home = self._at_home(tx, sent, known)
        named_only = self._named_only(tx, [ref for ref in named if ref not in known and ref not in sent])
        there = known | at_home | named_only
        gone = {ref: there[ref] for ref in batch.gone_refs("person") if ref in there}
        taken_back = {ref: replace(self._unnamed(ref), person=gone[ref].person, is_active=False) for ref in gone}
        tx.people.put(list((at_home | named_only | taken_back).values()))

    def _at_home(
        self, tx: Transaction, sent: Mapping[Ref, Account], known: Mapping[Ref, Account]
    ) -> dict[Ref, Account]:
        """The accounts sent, each with its person, and before them who shared an address that one of them gives up."""
        before = [known[ref] for ref in sent if ref in known]
        addresses = {account.email.lower() for account in (*before, *sent.values()) if account.email}
        sharing = [one for one in tx.people.accounts_by_email(addresses) if one.ref.source in self.trusted_sources]
        leaving = {one.ref: one for one in sharing if one.ref in sent and _address(one) != _address(sent[one.ref])}
        theirs = {one.person for one in leaving.values() if one.is_pinned or one.person == sent[one.ref].person}
        staying = [one for one in sharing if one.ref not in leaving]
        left = {one.ref: self._alone(one) for one in staying if one.person in theirs and not one.is_pinned}
        by_email = {_address(one): one.person for one in reversed(staying) if one.ref not in left}
        return {ref: self._joined(one, known.get(ref), by_email) for ref, one in (left | dict(sent)).items()}

    def _joined(self, account: Account, known: Account | None, by_email: dict[str, str]) -> Account:
        """The account with its person: pinned there, or whose trusted and verified address is the same, or its own."""
        if known and known.is_pinned:
            return replace(account, person=known.person, is_pinned=True)
        if (address := _address(account)) and account.ref.source in self.trusted_sources:
            return replace(account, person=by_email.setdefault(address, account.person))
        return account

    def _named_only(self, tx: Transaction, refs: Sequence[Ref]) -> dict[Ref, Account]:
        """Accounts to be completed later, but for those that were taken back before anybody named them."""
        keys = {ref: self.identity.record_key("person", ref) for ref in refs}
        stamps = tx.stamps(keys.values())
        gone = {ref for ref, key in keys.items() if key in stamps and stamps[key].is_retracted}
        return {ref: replace(self._unnamed(ref), is_active=ref not in gone) for ref in refs}

    def _unnamed(self, ref: Ref) -> Account:
        return Account(ref, person=self.identity.public_id("person", ref))

    def _alone(self, account: Account) -> Account:
        return replace(account, person=self._unnamed(account.ref).person)

    def _moved(self, tx: Transaction, person: str, accounts: Collection[Ref]) -> list[Account]:
        """The accounts that move to that person, and those that leave it for one of their own."""
        known = tx.people.accounts(accounts)
        moving = [replace(known.get(ref, self._unnamed(ref)), person=person, is_pinned=True) for ref in accounts]
        there = tx.reads.people.find([person], viewer=Viewer(person, frozenset()))  # who sees all accounts of theirs
        theirs = there[person].accounts if person in there else ()
        leaving = [
            replace(account, person=self._own_person(account.ref, but=person), is_pinned=True)
            for account in tx.people.accounts(set(theirs) - set(accounts)).values()
        ]
        return [*leaving, *(account for account in moving if account != known.get(account.ref))]

    def _own_person(self, ref: Ref, *, but: str) -> str:
        own = self.identity.public_id("person", ref)
        return own if own != but else self.identity.public_id("person", Ref("dropped:" + ref.source, ref.id))

    def _put_communities(self, tx: Transaction, batch: Batch) -> None:
        """Write communities; one that is only named, or was taken back, is closed until its record comes."""
        named = {self.identity.public_id("community", ref): ref for ref in batch.named}
        gone = {self.identity.public_id("community", ref): ref for ref in batch.gone_refs("community")}
        known = tx.communities.refs({*named, *gone})
        sent = {community.id for community in batch.communities}
        closed = {key: ref for key, ref in named.items() if key not in known and key not in sent}
        closed |= {key: ref for key, ref in gone.items() if key in known}
        tx.communities.put([*(Community(key, ref) for key, ref in closed.items()), *batch.communities])

    def _put_topics(self, tx: Transaction, batch: Batch) -> None:
        gone = {self.identity.public_id("topic", ref): ref for ref in batch.gone_refs("topic")}
        if not (gone or batch.topics):
            return
        before = tx.reads.topics.find({*gone, *(topic.id for topic in batch.topics)})
        topics = [replace(topic, forms=forms_of(topic)) for topic in batch.topics]
        topics += (taken_back(Topic(key, ref), before.get(key)) for key, ref in gone.items())
        put_topics(tx, [_decided(topic, before.get(topic.id)) for topic in topics], before=before.values())

    def _put_posts(self, tx: Transaction, batch: Batch, *, job: str) -> None:
        tx.posts.remove([self.identity.public_id("post", ref) for ref in batch.gone_refs("post")])
        tx.posts.put(batch.posts, job=job)

    def _follow(self, tx: Transaction, batch: Batch, *, job: str) -> None:
        """Write events, and let the interactions follow from all records that the batch touches."""
        gone = [self.identity.public_id("post", ref) for ref in batch.gone_refs("post")]
        lost = [
            self.identity.record_key(kind, ref)
            for kind in ("interaction", "reaction", "accept", "question")
            for ref in batch.gone_refs(kind)
        ]
        asked = [event.key for event in batch.events if event.asking]
        asked += [self.identity.record_key("question", ref) for ref in batch.gone_refs("question")]
        with announcing(tx, asked, job=job, now=self.clock()):
            tx.interactions.put_events(batch.events, gone=lost)
        touched = {*gone, *(post.id for post in batch.posts)}
        posts = {post.id: post for post in (*batch.posts, *tx.posts.replies_to(touched))}
        events = {event.key: event for event in (*tx.interactions.events_about(touched), *batch.events)}
        about = {ref for event in events.values() for ref in (event.post, event.question) if ref}
        known = tx.posts.find({*about, *(post.reply_to for post in posts.values() if post.reply_to)})
        interactions = {
            interaction.key: interaction
            for interaction in (
                *from_posts(posts.values(), known=known, identity=self.identity),
                *from_events(events.values(), known=known, identity=self.identity),
            )
        }
        tx.interactions.replace([*gone, *posts, *lost, *events], list(interactions.values()))

    @staticmethod
    def _result(entry: Entry, outcome: Outcome) -> LineResult:
        public_id = _public_id(entry.record)
        return LineResult(entry.line, entry.kind, entry.ref and entry.ref.id, outcome, public_id, entry.errors)


def _decide(stamp: Stamp | None, entry: Entry) -> tuple[Outcome, Stamp]:
    if isinstance(entry.record, Retraction):
        return ledger.retract(stamp, key=entry.key, digest=entry.digest, version=entry.version)
    return ledger.put(stamp, Stamp(entry.key, entry.digest, entry.version))


def _public_id(record: Record | None) -> str | None:
    match record:
        case Account():
            return record.person
        case Event(asking=Asking()):
            return QUESTION + record.key
        case _:
            return getattr(record, "id", None)


def _problems(results: Iterable[LineResult]) -> tuple[LineProblem, ...]:
    found = [
        LineProblem(result.line, error.pointer, error.code, error.expected)
        for result in results
        for error in result.errors
    ]
    return tuple(found[:MAX_JOB_PROBLEMS])


def _address(account: Account) -> str:
    """The verified address in lower case, empty without one."""
    return account.email.lower() if account.email and account.is_email_verified else ""


def _decided(topic: Topic, before: Topic | None) -> Topic:
    """The topic as a source says it is, with what people here have decided about it."""
    return replace(topic, merged_by_hand=before.merged_by_hand, apart=before.apart) if before else topic

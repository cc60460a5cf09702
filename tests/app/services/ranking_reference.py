"""Ranking as it is written down, record by record, in plain Python: slow, and without any array to be wrong about."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from graph.measures.setting import RankingSetting
from graph.model import InteractionType, PostKind


@dataclass(frozen=True, slots=True)
class Written:
    """A post; communities are keys, "" is none."""

    id: str
    author: str
    community: str
    at: datetime
    text: str
    title: str | None = None
    kind: PostKind | None = None
    thread: str | None = None
    topics: frozenset[str] = frozenset()

    @property
    def words(self) -> list[str]:
        return [*(self.title or "").split(), *self.text.split()]

    @property
    def opening(self) -> list[str]:
        return (self.title or self.text.partition("\n")[0]).split()


class Asked(NamedTuple):
    """A word of a question: how it may be spelt, and the topic that it names, in other words."""

    spellings: frozenset[str]
    topic: str | None = None

    def count(self, post: Written) -> int:
        """How often it stands in the post; once where the post is about it in other words."""
        said = min(21, sum(word in self.spellings for word in post.words))
        return max(said, self.topic in post.topics)


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did to a post."""

    type: InteractionType
    by: str
    post: str


@dataclass
class Reference:
    """What a viewer sees, and how a question is answered from that alone."""

    posts: Sequence[Written]  # visible ones
    done: Sequence[Done]
    experts: Collection[str]
    setting: RankingSetting

    def scores(self, question: Sequence[Asked], *, within: str | None = None) -> dict[str, float]:
        """Person → score, for everybody who is an answer."""
        fit = {post.id: self.fit(post, question) for post in self.posts if within in (None, post.community)}
        fit = {key: value for key, value in fit.items() if value > 0}
        votes, voices, share = self.votes(fit), self.voices(fit), self.share()
        top_vote, top_voice = max(votes.values(), default=0) or 1, max(voices.values(), default=0) or 1
        totals = {
            person: ((1 - share) * votes[person] / top_vote + share * voices[person] / top_voice)
            * self.profile(person, question)
            for person in {*votes, *voices}
        }
        best = max(totals.values(), default=0) or 1
        knows = {post.author for post in self.posts if post.id in fit and post.kind != "question"}
        least = self.least_profile(question)
        return {
            person: total / best
            for person, total in totals.items()
            if person in knows and total / best >= 1e-6 and self.profile(person, question) >= least
        }

    def least_profile(self, question: Sequence[Asked]) -> float:
        """Of a question that is mostly about what nobody ever wrote, only who wrote often about the rest is named."""
        asked = [self.rarity(one) for one in question]
        written = [self.rarity(one) for one in question if any(one.count(post) for post in self.posts)]
        is_strange = sum(written) / sum(asked) < self.setting.direct_known
        return self.setting.near_profile * sum(asked) if is_strange else 0

    def fit(self, post: Written, question: Sequence[Asked]) -> float:
        s, total = self.setting, 0.0
        mean = sum(len(other.words) for other in self.posts) / len(self.posts)
        for asked, times in Counter(question).items():
            count = asked.count(post)
            first = min(21, sum(word in asked.spellings for word in post.opening))
            if count:
                length = self.grown(s.post_length, len(post.words), mean)
                relevance = count / (count + s.post_saturation * length)
                relevance += s.first_line * first / (first + s.first_line_saturation)
                total += times * self.rarity(asked) * relevance
        return total

    def rarity(self, asked: Asked) -> float:
        people = {post.author for post in self.posts}
        holders = {post.author for post in self.posts if asked.count(post)}
        return math.log(1 + (len(people) - len(holders) + 0.5) / (len(holders) + 0.5))

    def votes(self, fit: dict[str, float]) -> dict[str, float]:
        votes: dict[str, float] = defaultdict(float)
        voting = [post for post in self.posts if post.id in self.best(fit, self.setting.best_posts)]
        for post in voting:
            vote = (fit[post.id] / max(fit.values())) ** self.setting.vote_power * self.decay(post)
            votes[post.author] += self.weight(post) * vote
            for endorser in {act.by for act in self.about(post) if act.type == "endorsement"}:
                votes[endorser] += self.setting.endorsement * vote if endorser in self.experts else 0
        return self.per_activity(votes)

    def voices(self, fit: dict[str, float]) -> dict[str, float]:
        voices: dict[str, float] = defaultdict(float)
        units = {unit[0].id: (unit, is_conversation) for unit, is_conversation in self.units() if unit[0].id in fit}
        fits = {key: fit[key] for key in units}
        for key in self.best(fits, self.setting.best_conversations):
            unit, is_conversation = units[key]
            voice = (fits[key] / max(fits.values())) ** self.setting.conversation_power * self.decay(unit[0])
            for person in {post.author for post in unit}:
                heaviest = max(self.weight(post) for post in unit if post.author == person)
                voices[person] += voice * heaviest * self.part(person, unit[0], is_conversation=is_conversation)
        return self.per_activity(voices)

    def part(self, person: str, opening: Written, *, is_conversation: bool) -> float:
        if person != opening.author:
            return 1.0
        if opening.kind == "question":
            return self.setting.asker
        return self.setting.opener if is_conversation else 1.0

    def units(self) -> Iterator[tuple[list[Written], bool]]:
        threads: dict[tuple[str, str], list[Written]] = defaultdict(list)
        for post in sorted(self.posts, key=lambda post: (post.at, post.id)):
            threads[(post.community, post.thread or f"own {post.id}")].append(post)
        for thread in threads.values():
            if len({post.author for post in thread}) >= 2 and len(thread) <= 1000:
                yield thread, True
            else:
                yield from (([post], False) for post in thread)

    def share(self) -> float:
        inside = sum(len(unit) for unit, is_conversation in self.units() if is_conversation)
        return self.setting.conversation_trust * inside / max(len(self.posts), 1)

    def profile(self, person: str, question: Sequence[Asked]) -> float:
        s, total = self.setting, 0.0
        people = {post.author for post in self.posts}
        mean = sum(len(post.words) for post in self.posts) / len(people)
        mine = [post for post in self.posts if post.author == person]
        for asked, times in Counter(question).items():
            count = sum(asked.count(post) for post in mine)
            if count:
                length = self.grown(s.profile_length, sum(len(post.words) for post in mine), mean)
                total += times * self.rarity(asked) * count / (count + s.profile_saturation * length)
        return total

    def weight(self, post: Written) -> float:
        s, types = self.setting, Counter(act.type for act in self.about(post))
        weight = s.kind_weight(post.kind)
        weight += s.accepted if types["acceptance"] else 0
        weight += s.thanked if types["thanks"] else 0
        return weight + min(s.reaction * types["reaction"], s.reactions_at_most)

    def about(self, post: Written) -> list[Done]:
        return [act for act in self.done if act.post == post.id and act.by != post.author]

    def decay(self, post: Written) -> float:
        newer = sum(other.at > post.at for other in self.posts)
        age = (max(other.at for other in self.posts) - post.at).total_seconds() / 86_400
        return 2 ** -min(newer / self.setting.half_life_posts, age / self.setting.half_life_days)

    def per_activity(self, votes: dict[str, float]) -> dict[str, float]:
        written = Counter(post.author for post in self.posts)
        found = {person: vote / math.log(self.setting.silent_posts + written[person]) for person, vote in votes.items()}
        return defaultdict(float, found)

    @staticmethod
    def grown(share: float, size: int, mean: float) -> float:
        return (1 - share) + (share * size / mean if mean else 0)

    @staticmethod
    def best(fit: dict[str, float], most: int) -> set[str]:
        least = sorted(fit.values(), reverse=True)[:most][-1] if fit else 0
        return {key for key, value in fit.items() if value >= least}

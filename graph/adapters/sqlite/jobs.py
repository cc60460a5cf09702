"""Ingestion jobs, and the leases of what one worker at a time does."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, LiteralString

from graph.adapters.columns import listed, micros, moment
from graph.adapters.sqlite.connection import Connections
from graph.model import Job, LineProblem
from graph.store import Duty

FIND: Final[LiteralString] = """
SELECT created_at, received, outcomes, problems, posts,
  (SELECT count(*) FROM post WHERE post.job = job.id AND post.indexed IS NULL),
  (SELECT count(*) FROM post WHERE post.job = job.id AND post.is_degraded)
FROM job WHERE id = ?
"""
PUT: Final[LiteralString] = """
INSERT OR REPLACE INTO job (id, created_at, received, outcomes, problems, posts) VALUES (?, ?, ?, ?, ?, ?)
"""
TAKE_LEASE: Final[LiteralString] = """
INSERT INTO lease (name, holder, expires_at) VALUES (:duty, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = :holder, expires_at = :until WHERE holder = :holder OR expires_at <= :now
"""


@dataclass(frozen=True, slots=True)
class SqliteJobs:
    connections: Connections

    def find(self, job: str) -> Job | None:
        with self.connections.read() as connection:
            row = connection.execute(FIND, (job,)).fetchone()
        if row is None:
            return None
        created_at, received, outcomes, problems, posts, waiting, degraded = row
        return Job(
            id=job,
            created_at=moment(created_at),
            received=received,
            outcomes=json.loads(outcomes),
            problems=tuple(LineProblem(**problem) for problem in json.loads(problems)),
            posts=posts,
            waiting=waiting,
            degraded=degraded,
        )


@dataclass(frozen=True, slots=True)
class SqliteJobWrites:
    connection: sqlite3.Connection

    def put(self, job: Job) -> None:
        problems = listed(asdict(problem) for problem in job.problems)
        columns = (job.id, micros(job.created_at), job.received, json.dumps(dict(job.outcomes)), problems, job.posts)
        self.connection.execute(PUT, columns)

    def take_lease(self, duty: Duty, *, holder: str, now: datetime, until: datetime) -> bool:
        wanted = {"duty": duty, "holder": holder, "now": micros(now), "until": micros(until)}
        return self.connection.execute(TAKE_LEASE, wanted).rowcount == 1

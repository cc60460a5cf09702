"""Ingestion jobs, and the leases of what one worker at a time does."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import listed, micros, moment
from graph.adapters.neo4j.connection import Connection
from graph.adapters.neo4j.rows import write
from graph.model import Job, LineProblem
from graph.store import Duty

FIND: Final[LiteralString] = """
MATCH (job:Job {id: $job})
RETURN properties(job), COUNT { MATCH (:Waiting {job: $job}) }, COUNT { MATCH (:Degraded {job: $job}) }
"""
PUT: Final[LiteralString] = "UNWIND $rows AS row MERGE (job:Job {id: row.id}) SET job = row"
TAKE_LEASE: Final[LiteralString] = """
MERGE (lease:Lease {name: $duty}) ON CREATE SET lease.holder = $holder, lease.expires_at = $until
WITH lease WHERE lease.holder = $holder OR lease.expires_at <= $now
SET lease.holder = $holder, lease.expires_at = $until RETURN lease.holder
"""


@dataclass(frozen=True, slots=True)
class Neo4jJobs:
    connection: Connection

    def find(self, job: str) -> Job | None:
        for columns, waiting, degraded in self.connection.rows(FIND, job=job):
            return Job(
                id=job,
                created_at=moment(columns["created_at"]),
                received=columns["received"],
                outcomes=json.loads(columns["outcomes"]),
                problems=tuple(LineProblem(**problem) for problem in json.loads(columns["problems"])),
                posts=columns["posts"],
                waiting=waiting,
                degraded=degraded,
            )
        return None


@dataclass(frozen=True, slots=True)
class Neo4jJobWrites:
    tx: ManagedTransaction

    def put(self, job: Job) -> None:
        columns = {
            "id": job.id,
            "created_at": micros(job.created_at),
            "received": job.received,
            "outcomes": json.dumps(dict(job.outcomes)),
            "problems": listed(asdict(problem) for problem in job.problems),
            "posts": job.posts,
        }
        write(self.tx, PUT, [columns])

    def take_lease(self, duty: Duty, *, holder: str, now: datetime, until: datetime) -> bool:
        wanted = {"duty": duty, "holder": holder, "now": micros(now), "until": micros(until)}
        return self.tx.run(TAKE_LEASE, wanted).single() is not None

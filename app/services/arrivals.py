"""Waits until what came in can be found."""

from dataclasses import dataclass
from time import monotonic
from typing import Final, NamedTuple

from anyio import sleep
from anyio.to_thread import run_sync

from graph.model import Job
from graph.projection.feed import Projection
from graph.store import GraphStore

PAUSE_SECONDS: Final = 0.05


class Arrival(NamedTuple):
    """A job as it is now, and whether this process can find all its posts."""

    job: Job
    is_found: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Follows jobs until their posts are in the projection, and holds no thread meanwhile."""

    store: GraphStore
    projection: Projection

    async def wait_for(self, job: Job, *, seconds: float) -> Arrival:
        """The job as soon as its posts can be found, or when the time is over."""
        end = monotonic() + seconds
        while job.waiting and monotonic() < end:
            await sleep(PAUSE_SECONDS)
            job = await run_sync(self.store.jobs.find, job.id) or job
        if job.waiting:
            return Arrival(job, is_found=False)
        head = await run_sync(self.store.feed.head)
        while self.projection.seq < head and monotonic() < end:
            await sleep(PAUSE_SECONDS)
        return Arrival(job, is_found=self.projection.seq >= head)

"""Writes of many rows at once, each row a parameter of the same query.

Many queries of this adapter name the index to seek in: for a young graph the planner rather scans, and it keeps such a
plan for ten seconds and more, in which an import has made the graph a hundred times larger."""

from collections.abc import Collection
from typing import LiteralString

from neo4j import ManagedTransaction

from graph.errors import Conflict


def write(tx: ManagedTransaction, query: LiteralString, rows: Collection[object]) -> int:
    """Run the query on the rows, if there are any; returns how many relationships that made."""
    return tx.run(query, rows=rows).consume().counters.relationships_created if rows else 0


def link(tx: ManagedTransaction, query: LiteralString, rows: Collection[object]) -> None:
    """Make one relationship for each row; a row that names what is not there raises Conflict."""
    if write(tx, query, rows) != len(rows):
        raise Conflict("a person, community or topic that the write names is not there")

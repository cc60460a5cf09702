"""The store for many hosts: a Neo4j server, its graph open to people's own questions."""

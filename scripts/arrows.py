"""The arrows of the house: who may import whom. A new room is a new line here; a test holds the code to it."""

from typing import Final

# The longest prefix that fits a module says what of ours it may import.
ARROWS: Final[dict[str, tuple[str, ...]]] = {
    "api_schemas": ("api_schemas",),
    "nlp": ("nlp.model", "nlp.errors", "nlp.folding", "nlp.lexicon", "nlp.spelling"),
    "nlp.extraction": ("nlp",),
    "nlp.pipeline": ("nlp.bundled", "nlp.errors", "nlp.model"),
    "nlp.sightings": ("nlp",),
    "nlp.words": ("nlp",),
    "graph.model": (),
    "graph.changes": ("graph.model",),
    "graph.errors": (),
    "graph.identity": ("graph.model",),
    "graph.ledger": ("graph.model",),
    "graph.derivation": ("graph.model", "graph.identity"),
    "graph.store": ("graph.changes", "graph.model", "graph.errors"),
    "graph.projection": ("graph.changes", "graph.model", "graph.errors", "graph.store", "graph.projection"),
    "graph.measures": ("graph.model", "graph.measures"),
    "graph.adapters.columns": ("graph.model",),
    "graph.adapters.sqlite": (
        "graph.changes",
        "graph.adapters.columns",
        "graph.model",
        "graph.errors",
        "graph.identity",
        "graph.store",
        "graph.adapters.sqlite",
    ),
    "graph.adapters.neo4j": (
        "graph.changes",
        "graph.adapters.columns",
        "graph.model",
        "graph.errors",
        "graph.identity",
        "graph.store",
        "graph.adapters.neo4j",
    ),
    "app.glossary": ("graph.model", "graph.identity", "graph.store", "nlp.caution", "nlp.gazetteer"),
    "app.question_reader": (
        "app.glossary",
        "app.search.terms",
        "graph.model",
        "graph.identity",
        "graph.store",
        "graph.measures",
        "graph.projection",
        "nlp",
    ),
    "app.search": ("app.search", "graph.model", "graph.store", "graph.measures", "graph.projection"),
    "app.services": (
        "app.search",
        "graph.model",
        "graph.errors",
        "graph.identity",
        "graph.ledger",
        "graph.derivation",
        "graph.store",
        "graph.measures",
        "graph.projection",
        "nlp.model",
        "app.asking",
        "app.records",
        "app.observability",
    ),
    "app.records": ("api_schemas.records", "graph.model", "graph.identity"),
    "app.asking": ("app.records", "graph.model", "graph.errors", "graph.identity", "graph.ledger", "graph.store"),
    "app.importers": ("app.records", "graph.model"),
    "app.importers.topic_csv": ("app.importers.topic_list", "app.importers.topic_table"),
    "app.importers.topic_esco": ("app.importers.topic_list", "app.importers.topic_table", "graph.model"),
    "app.importers.topic_skos": ("app.importers.topic_list", "graph.model"),
    "app.importers.topic_table": ("app.importers.topic_list",),
    "app.security": ("graph.model", "graph.errors", "graph.store"),
    "app.settings": ("graph.measures.setting", "graph.measures.tie_strength"),
    "app.observability": ("app.observability",),
    "app.http": (
        "app.asking",
        "app.http",
        "app.observability",
        "app.records",
        "app.security",
        "app.services",
        "api_schemas",
        "graph.model",
        "graph.errors",
        "graph.identity",
    ),
    "app.http.answer_words": ("app.http", "app.search", "graph.model"),
    "app.http.dependencies": (
        "app.bootstrap",
        "app.http",
        "app.observability",
        "app.security",
        "app.records",
        "graph.model",
        "graph.errors",
    ),
    "app.http.network_picture": ("app.http", "app.services", "graph.model", "graph.measures.layout"),
    "app.routers": (
        "app.http",
        "app.observability.metrics",
        "app.records",
        "app.search",
        "app.services",
        "api_schemas",
        "graph.model",
        "graph.errors",
        "graph.identity",
    ),
    "app.processes": (),
    "app.worker": ("app.services.indexing", "app.observability", "graph.errors"),
    "app.refresher": ("graph.projection", "graph.errors", "app.observability"),
    "app.bootstrap": ("app", "graph", "nlp"),
    "app.reindexing": ("app.bootstrap", "graph.model"),
    "app.calibrating": ("app.bootstrap", "app.services.tie_calibration"),
    "app.loading": ("app.bootstrap", "app.http.wording", "app.records", "app.services.ingestion", "graph.model"),
    "app.topic_loading": (
        "app.bootstrap",
        "app.http.wording",
        "app.importers",
        "app.loading",
        "app.services.ingestion",
        "graph.model",
    ),
    "app.main": ("app",),
    "app.cli": ("app", "graph.model", "graph.errors", "nlp"),
    "scripts": ("scripts", "app", "graph", "nlp", "api_schemas"),
}
NEVER: Final[dict[str, tuple[str, ...]]] = {
    "app.bootstrap": ("app.routers", "app.http", "app.main", "app.cli"),
    "app.main": ("app.services",),
    "app.cli": ("app.routers", "app.http", "app.services"),
}
LIBRARIES: Final[dict[str, tuple[str, ...]]] = {
    "spacy": ("nlp.bundled", "nlp.pipeline", "scripts.benchmark_nlp", "scripts.train_pipelines"),
    "neo4j": ("graph.adapters.neo4j", "scripts"),
    "sqlite3": ("graph.adapters.sqlite", "scripts"),
    "fastapi": ("app.main", "app.routers", "app.http", "scripts"),
    "networkx": ("graph.measures", "app.http.network_files", "scripts.benchmark_ties", "scripts.new_ties"),
    "numpy": ("graph.projection", "graph.measures", "app.search", "app.services", "nlp.bundled", "scripts"),
}


def rule_for(module: str) -> tuple[str, ...]:
    """What the module may import: the line of its longest prefix."""
    fitting = [prefix for prefix in ARROWS if module == prefix or module.startswith(prefix + ".")]
    return ARROWS[max(fitting, key=len)] if fitting else ()


def within(module: str, prefixes: tuple[str, ...]) -> bool:
    """Whether the module is one of these or lies in one of them."""
    return any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)

"""The arrows of the house: who may import whom. A new room is a new line here."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

from tests.architecture.source import OURS, ROOT, imports, is_module, modules

# The longest prefix that fits a module says what of ours it may import.
ARROWS: dict[str, tuple[str, ...]] = {
    "api_schemas": ("api_schemas",),
    "nlp": ("nlp.model", "nlp.errors", "nlp.folding", "nlp.lexicon", "nlp.spelling"),
    "nlp.extraction": ("nlp",),
    "nlp.sightings": ("nlp",),
    "nlp.words": ("nlp",),
    "graph.model": (),
    "graph.errors": (),
    "graph.identity": ("graph.model",),
    "graph.ledger": ("graph.model",),
    "graph.derivation": ("graph.model", "graph.identity"),
    "graph.store": ("graph.model", "graph.errors"),
    "graph.projection": ("graph.model", "graph.errors", "graph.store", "graph.projection"),
    "graph.measures": ("graph.model", "graph.measures"),
    "graph.adapters.columns": ("graph.model",),
    "graph.adapters.sqlite": (
        "graph.adapters.columns",
        "graph.model",
        "graph.errors",
        "graph.identity",
        "graph.store",
        "graph.adapters.sqlite",
    ),
    "graph.adapters.neo4j": (
        "graph.adapters.columns",
        "graph.model",
        "graph.errors",
        "graph.identity",
        "graph.store",
        "graph.adapters.neo4j",
    ),
    "app.services": (
        "graph.model",
        "graph.errors",
        "graph.identity",
        "graph.ledger",
        "graph.derivation",
        "graph.store",
        "graph.measures",
        "graph.projection",
        "nlp.model",
        "app.records",
        "app.observability",
    ),
    "app.records": ("api_schemas.records", "graph.model", "graph.identity"),
    "app.importers": ("app.records", "graph.model"),
    "app.security": ("graph.model", "graph.errors", "graph.store"),
    "app.settings": ("graph.measures.setting", "graph.measures.tie_strength"),
    "app.observability": ("app.observability",),
    "app.http": (
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
    "app.http.dependencies": (
        "app.bootstrap",
        "app.http",
        "app.observability",
        "app.security",
        "app.records",
        "graph.model",
        "graph.errors",
    ),
    "app.routers": (
        "app.http",
        "app.observability.metrics",
        "app.records",
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
    "app.loading": ("app.bootstrap", "app.records", "app.services.ingestion"),
    "app.main": ("app",),
    "app.cli": ("app", "graph.model", "graph.errors", "nlp"),
    "scripts": ("scripts", "app", "graph", "nlp", "api_schemas"),
}
NEVER: dict[str, tuple[str, ...]] = {
    "app.bootstrap": ("app.routers", "app.http", "app.main", "app.cli"),
    "app.main": ("app.services",),
    "app.cli": ("app.routers", "app.http", "app.services"),
}
LIBRARIES: dict[str, tuple[str, ...]] = {
    "spacy": ("nlp.pipeline", "scripts.benchmark_nlp", "scripts.train_pipelines"),
    "neo4j": ("graph.adapters.neo4j", "scripts"),
    "sqlite3": ("graph.adapters.sqlite", "scripts"),
    "fastapi": ("app.main", "app.routers", "app.http", "scripts"),
    "numpy": ("graph.projection", "graph.measures", "app.services", "scripts"),
}


def rule_for(module: str) -> tuple[str, ...]:
    """What the module may import: the line of its longest prefix."""
    fitting = [prefix for prefix in ARROWS if module == prefix or module.startswith(prefix + ".")]
    return ARROWS[max(fitting, key=len)] if fitting else ()


def within(module: str, prefixes: tuple[str, ...]) -> bool:
    """Whether the module is one of these or lies in one of them."""
    return any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)


def forbidden(module: str, target: str) -> str | None:
    """Why the module may not import the target; None where it may."""
    room = target.split(".")[0]
    if room in OURS and (not within(target, rule_for(module)) or within(target, NEVER.get(module, ()))):
        return f"{module} may not import {target}: see ARROWS in this test, and move the line to the room that may"
    if room in LIBRARIES and not within(module, LIBRARIES[room]):
        return f"{module} may not import {target}: only {', '.join(LIBRARIES[room])} may"
    services = module.startswith("app.services.") and target.startswith("app.services.")
    routers = module.startswith("app.routers.") and target.startswith("app.routers.")
    return f"{module} may not import its neighbour {target}" if services or routers else None


def test_every_import_follows_an_arrow() -> None:
    faults = [
        fault
        for module, _, tree in modules(*OURS)
        for target in imports(tree)
        if target != module and (fault := forbidden(module, target))
    ]
    assert not faults, "\n".join(faults)


def test_a_planted_fault_is_named() -> None:
    fault = forbidden("graph.measures.decay", "graph.store")
    assert fault is not None and "graph.measures.decay may not import graph.store" in fault


def test_no_module_imports_itself_by_a_detour() -> None:
    arrows: dict[str, set[str]] = defaultdict(set)
    for module, _, tree in modules(*OURS):
        arrows[module] |= {target for target in imports(tree) if target.split(".")[0] in OURS}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        raise AssertionError("a circle of imports: " + " -> ".join(error.args[1])) from error


def test_nothing_is_imported_from_a_package_face_nor_with_a_star() -> None:
    faults = [
        f"{module}: from {node.module} import {alias.name}: import the file that holds it"
        for module, _, tree in modules(*OURS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "*" or node.level or is_face(node.module, alias.name)
    ]
    assert not faults, "\n".join(faults)


def is_face(module: str | None, name: str) -> bool:
    """Whether that is a name taken from a package instead of a file of it."""
    package = ROOT.joinpath(*(module or "").split("."))
    return module is not None and (package / "__init__.py").is_file() and not is_module(f"{module}.{name}")


def test_a_package_face_is_one_sentence() -> None:
    for module, path, tree in modules(*OURS):
        if path.name == "__init__.py":
            assert ast.get_docstring(tree), f"{module}: its __init__.py wants one sentence on what lives here"
            assert len(tree.body) == 1, f"{module}: its __init__.py holds that sentence and nothing else"

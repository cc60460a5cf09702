"""The code follows the arrows of the house."""

import ast
import subprocess
import sys
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

from scripts.arrows import LATE, LIBRARIES, NEVER, rule_for, within
from tests.architecture.source import OURS, ROOT, imports, is_module, modules


def forbidden(module: str, target: str) -> str | None:
    """Why the module may not import the target; None where it may."""
    room = target.split(".")[0]
    if room in OURS and (not within(target, rule_for(module)) or within(target, NEVER.get(module, ()))):
        return (
            f"{module} may not import {target}: see ARROWS in scripts/arrows.py, and move the line to the room that may"
        )
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


def test_imports_stand_at_the_top() -> None:
    late = [
        f"{module}: import {target} at the top; LATE in scripts/arrows.py says who may import late"
        for module, _, tree in modules(*OURS)
        if module != "app.cli"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for target in imports(node)
        if not within(target, LATE.get(module, ()))
    ]
    assert not late, "\n".join(late)


def test_what_answers_does_without_what_reads_and_the_other_store() -> None:
    told = "import sys, app.main; print(*sorted({'spacy', 'thinc', 'neo4j'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


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

"""The source as the architecture tests see it: every module of ours, parsed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("api_schemas", "nlp", "graph", "app", "scripts", "tests")
OURS = ROOMS[:5]


def modules(*rooms: str) -> Iterator[tuple[str, Path, ast.Module]]:
    """Name, path and tree of each module in these rooms."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a tree imports; `from a import b` is `a.b` where that is a module of ours, else `a`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}" if is_module(f"{node.module}.{alias.name}") else node.module


def is_module(name: str) -> bool:
    """Whether that dotted name is a file or folder of ours."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()

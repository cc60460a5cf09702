"""Nothing grows beyond what can be read in one sitting, and every module says what lives in it."""

import ast

from tests.architecture.source import OURS, ROOMS, modules

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_PORT_METHODS = 49


def test_no_file_is_longer_than_can_be_read_in_one_sitting() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for _, path, _ in modules(*ROOMS)}
    long = [
        f"{path}: {lines} lines, at most {MAX_FILE_LINES}: find the second noun in it"
        for path, lines in sizes.items()
        if lines > MAX_FILE_LINES
    ]
    assert not long, "\n".join(long)


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{module}.{node.name}: {node.end_lineno - node.lineno + 1} lines, at most {MAX_FUNCTION_LINES}: name its steps"
        for module, _, tree in modules(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert not long, "\n".join(long)


def test_every_module_opens_with_what_lives_in_it() -> None:
    silent = [f"{path}: open it with one sentence" for _, path, tree in modules(*OURS) if not ast.get_docstring(tree)]
    assert not silent, "\n".join(silent)


def test_the_port_stays_a_page() -> None:
    [tree] = [tree for module, _, tree in modules("graph") if module == "graph.store"]
    methods = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and not any(isinstance(d, ast.Name) and d.id == "property" for d in node.decorator_list)
    ]
    assert len(methods) <= MAX_PORT_METHODS, f"{len(methods)} methods: which two are one?"

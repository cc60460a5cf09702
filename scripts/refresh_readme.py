"""Writes the answers in both READMEs anew, as the company of the demo gives them; what is cut out of them stays out."""

import json
import re
import shlex
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import httpx

from scripts.demo_service import running_demo

ROOT: Final = Path(__file__).parents[1]
READMES: Final = ("README.md", "README.fr.md")
ANSWERED: Final = re.compile(r"```sh\n(curl [^`]*)```\n\n```(json|csv)\n([^`]*)```")
WIDTH: Final = 110

Ask = Callable[[str, Mapping[str, str], Mapping[str, str]], httpx.Response]  # path, parameters, headers


def main() -> None:
    """Refresh both."""
    with running_demo() as service, service.client() as http:

        def ask(path: str, parameters: Mapping[str, str], headers: Mapping[str, str]) -> httpx.Response:
            return http.get(path, params=parameters, headers=headers)

        for readme in (ROOT / name for name in READMES):
            readme.write_text(refreshed(readme.read_text(encoding="utf-8"), ask=ask), encoding="utf-8")


def refreshed(text: str, *, ask: Ask) -> str:
    """The text with today's answers to its calls, each cut as the one before."""

    def answered(found: re.Match[str]) -> str:
        command, kind, shown = found.groups()
        answer = ask(*request_of(command)).raise_for_status()
        now = lines_like(shown, answer.text) if kind == "csv" else written(like(json.loads(shown), answer.json()))
        return f"```sh\n{command}```\n\n```{kind}\n{now}\n```"

    return ANSWERED.sub(answered, text)


def request_of(command: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Path, parameters and headers of a call by curl, but for the key."""
    words = shlex.split(command.replace("\\\n", " "))
    address = next(word for word in words if word.startswith("$QUISAIT"))
    pairs = list(pairwise(words))
    parameters = dict(value.split("=", 1) for option, value in pairs if option in ("-d", "--data-urlencode"))
    headers = dict(value.split(": ", 1) for option, value in pairs if option == "-H")
    headers.pop("Authorization")
    return address.removeprefix("$QUISAIT"), parameters, headers


def like(shown: Any, real: Any) -> Any:
    """The real answer, with no more of it than was shown: some keys, the first of a list, the beginning of a text."""
    if isinstance(shown, dict):
        return {key: like(value, real[key]) for key, value in shown.items()}
    if isinstance(shown, list):
        return [like(*pair) for pair in zip(shown, real, strict=False)]
    cut = isinstance(shown, str) and shown.endswith("…") and len(real) > len(shown)
    return real[: len(shown)].rsplit(" ", 1)[0] + "…" if cut else real


def lines_like(shown: str, real: str) -> str:
    """As many lines as were shown."""
    return "\n".join(real.removeprefix("\ufeff").splitlines()[: len(shown.splitlines())])


def written(value: Any, indent: str = "") -> str:
    """JSON for people to read: on one line what fits there."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, dict | list):
        return line
    inner = indent + "  "
    if isinstance(value, dict) and len(value) == 1:
        [(key, part)] = value.items()
        return f"{{{json.dumps(key)}: {written(part, indent)}}}"
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(key)}: {written(part, inner)}" for key, part in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    if len(value) == 1:
        return f"[{written(value[0], indent)}]"
    return "[\n" + ",\n".join(inner + written(part, inner) for part in value) + f"\n{indent}]"


if __name__ == "__main__":
    main()

"""Pages for people: what this is, what the API offers, what a problem means."""

from html import escape
from importlib.resources import files
from pathlib import PurePath
from typing import Annotated, Final

from fastapi import APIRouter, Path, Response
from fastapi.responses import HTMLResponse

from app.http.dependencies import LanguageDep
from app.http.parameters import IfNoneMatch
from app.http.presentation import unless_known
from app.http.problems import Refusal
from app.http.wording import PROBLEMS

TYPES: Final[dict[str, str]] = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PROBLEM: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
</head>
<body><main class="narrow"><p class="soft">{status}</p><h1>{title}</h1><p class="lead">{detail}</p>
<p><a href="/docs">API</a></p></main></body>
</html>
"""

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(language: LanguageDep) -> Response:
    """Let people ask."""
    return _page(_file("index.html").format(language=language), language=language)


@router.get("/docs")
async def docs() -> Response:
    """Show the operations of the API."""
    return _page(_file("docs.html"), language="en")


@router.get("/problems/{slug}")
async def explain_problem(slug: Annotated[str, Path(max_length=50)], language: LanguageDep) -> Response:
    """Explain a type of problem."""
    kind = next((kind for name, kind in PROBLEMS.items() if name == slug), None)
    if kind is None:
        raise Refusal("not-found")
    title, detail = kind.title.say(language), kind.detail.say(language)
    shown = PROBLEM.format(language=language, status=kind.status, title=escape(title), detail=escape(detail))
    return _page(shown, language=language)


@router.get("/static/{name}")
async def static(name: Annotated[str, Path(max_length=50)], if_none_match: IfNoneMatch = None) -> Response:
    """Give a file that the pages use."""
    media_type = TYPES.get(PurePath(name).suffix)
    if media_type is None or not files("app").joinpath("web", name).is_file():
        raise Refusal("not-found")
    headers = {"Cache-Control": "no-cache"}  # asked for each time: files of two versions never meet
    return unless_known(Response(_file(name), media_type=media_type, headers=headers), if_none_match=if_none_match)


def _page(content: str, *, language: str) -> Response:
    return HTMLResponse(content, headers={"Content-Language": language, "Vary": "Accept-Language"})


def _file(name: str) -> str:
    return files("app").joinpath("web", name).read_text(encoding="utf-8")

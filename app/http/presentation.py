"""How answers leave: conditional, cacheable by their reader alone, pages with a link to the next."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from fastapi import Request, Response
from pydantic import BaseModel

from api_schemas.base import ReadSchema
from api_schemas.pagination import Page
from app.http.problems import Refusal
from app.http.wording import weights
from graph.errors import NotFound
from graph.model import Language

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization, Quisait-On-Behalf-Of, Accept-Language",
}
PICTURE: Final = "image/svg+xml"
PICTURE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # it brings its own style
Read = TypeVar("Read", bound=BaseModel)

NOT_MODIFIED: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "Still what the client has"}}


def answer(body: BaseModel, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(body.model_dump_json(), status, {**HEADERS, **(headers or {})}, "application/json")


def written(content: str, *, media_type: str, language: Language, name: str | None = None) -> Response:
    """Text of that type in that language; with a name, something to be saved under it, or shown if it is a picture."""
    headers = {**HEADERS, "Vary": f"{HEADERS['Vary']}, Accept", "Content-Language": language}
    if name:
        headers["Content-Disposition"] = f'{"inline" if media_type == PICTURE else "attachment"}; filename="{name}"'
    if media_type == PICTURE:
        headers["Content-Security-Policy"] = PICTURE_POLICY
    return Response(content, headers=headers, media_type=media_type)


def accepted(accept: str | None, offered: Sequence[str]) -> str:
    """The media type that an Accept header likes best of those offered; the first where it has no wish."""
    liked = dict(weights(accept))

    def weight(media_type: str) -> float:
        ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((liked[known] for known in ranges if known in liked), 0.0)

    return max(offered, key=weight)


def resource(body: ReadSchema, *, if_none_match: str | None) -> Response:
    """A single resource with its strong ETag, or 304 where the client has it already."""
    return unless_known(answer(body, headers={"ETag": etag(body)}), if_none_match=if_none_match)


def unless_known(answered: Response, *, if_none_match: str | None) -> Response:
    """The answer with its strong ETag, or 304 where the client has it already."""
    tag = answered.headers.setdefault("ETag", f'"{_digest(bytes(answered.body))}"')
    if if_none_match is None or not {tag, "*"} & set(_listed(if_none_match.replace("W/", ""))):
        return answered
    kept = {name: value for name, value in answered.headers.items() if not name.startswith("content-")}
    return Response(status_code=304, headers=kept)


def page(request: Request, body: Page[Any]) -> Response:
    """A page of a list, with a link to the next."""
    if body.next_cursor is None:
        return answer(body)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    parameters = [*kept, ("cursor", body.next_cursor)]
    return answer(body, headers={"Link": f'<{request.url.path}?{urlencode(parameters)}>; rel="next"'})


def worded(schema: type[Read], shown: object, **words: str) -> Read:
    """What is shown, in a schema that says some of it in words."""
    fields = {name: getattr(shown, name) for name in schema.model_fields if name not in words}
    return schema.model_validate({**fields, **words})


def require_match(if_match: str | None, read: Callable[[], ReadSchema]) -> None:
    """Refuse a change that was meant for another version than the present one, where the client says which."""
    if if_match is None:
        return
    try:
        version = _version(read())
    except NotFound as error:
        raise Refusal("stale") from error
    if not {version, "*"} & {tag.partition(".")[0].strip('"') for tag in _listed(if_match)}:
        raise Refusal("stale")


def etag(body: ReadSchema) -> str:
    """The strong ETag of a resource as this viewer sees it: the version of its record, then of all that is shown."""
    return f'"{_version(body)}.{_digest(body.model_dump_json().encode())}"'


def body_of(schema: type[BaseModel]) -> dict[str, Any]:
    """What to declare of an operation that reads its JSON body itself."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema.__name__}"}}}
    return {"requestBody": {"required": True, "content": content}}


def _version(body: ReadSchema) -> str:
    return _digest(body.model_dump_json(exclude=body.beside_record).encode())


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()


def _listed(header: str) -> list[str]:
    return [given.strip() for given in header.split(",")]

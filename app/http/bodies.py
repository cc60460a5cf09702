"""A JSON body becomes what its schema says, or is refused."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from app.http.problems import Refusal
from app.records import DuplicateKey, FieldError, field_errors, refuse_duplicate_keys

Body = TypeVar("Body", bound=BaseModel)


def parse(body: bytes, schema: type[Body]) -> Body:
    """The body's value; raises Refusal where it is not JSON, or names the fields that are wrong."""
    try:
        value = schema.model_validate_json(body)
        refuse_duplicate_keys(body)
        return value
    except ValidationError as error:
        errors = field_errors(error)
        is_json = all(item.code != "json_invalid" for item in errors)
        raise Refusal("invalid-request" if is_json else "malformed-request", errors=errors) from error
    except DuplicateKey as error:
        raise Refusal("malformed-request", errors=[FieldError("", "duplicate_key")]) from error

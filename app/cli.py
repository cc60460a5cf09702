"""The command `quisait`: serve, work, import, read anew, give out keys, register receivers, look at topics."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.settings import Settings

cli = typer.Typer(
    help="Quisait: who knows? Finds the person who holds the knowledge nobody wrote down.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
keys = typer.Typer(help="Give out keys to the API, list them, take them back.", no_args_is_help=True)
ties = typer.Typer(help="Fit the strength of ties to what people say of theirs.", no_args_is_help=True)
topics = typer.Typer(help="Look at what the text side finds, bring in lists of topics.", no_args_is_help=True)
webhooks = typer.Typer(help="Register who receives webhooks, list them, take them back.", no_args_is_help=True)
cli.add_typer(keys, name="keys")
cli.add_typer(ties, name="ties")
cli.add_typer(topics, name="topics")
cli.add_typer(webhooks, name="webhooks")

WebhookId = Annotated[str, typer.Argument(metavar="ID", help="Its id (rcv_…), as `quisait webhooks list` shows it")]


def main() -> None:
    """Run the command line; what can be mended ends in one sentence that says how."""
    from pydantic import ValidationError

    from graph.errors import GraphError
    from nlp.errors import LanguageNotSupported, PipelineNotInstalled

    try:
        cli()
    except (GraphError, LanguageNotSupported, PipelineNotInstalled, OSError) as error:
        sys.exit(f"quisait: {error}")
    except ValidationError as error:
        wrong = "; ".join(f"QUISAIT_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors())
        sys.exit(f"quisait: {wrong}")


@cli.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; only this machine unless told otherwise")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer")] = 1,
    worker: Annotated[bool, typer.Option(help="Index new posts and send webhooks beside the API")] = True,
) -> None:
    """Answer requests; index new posts and send webhooks beside it."""
    import uvicorn

    from app.bootstrap import check_pipelines
    from app.processes import Kept

    settings = _settings()
    check_pipelines(settings)
    indexing = Kept(_work, name="quisait-worker") if worker else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # uvicorn raises it again when it is done: end in order
    if indexing:
        indexing.start()
    try:
        uvicorn.run(
            "app.main:from_environment",
            factory=True,
            host=host or settings.host,
            port=port or settings.port,
            workers=workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=30,
        )
    finally:
        if indexing:
            indexing.stop()


@cli.command()
def worker() -> None:
    """Index new posts and send webhooks, without an API."""
    _work()


@cli.command(name="import")
def import_(
    format_: Annotated[Literal["jsonl"], typer.Argument(metavar="FORMAT", help="jsonl: canonical records, one a line")],
    paths: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)],
) -> None:
    """Import files, and return when all their posts can be found."""
    from app.importers import jsonl
    from app.loading import load

    read = {"jsonl": jsonl.read}[format_]
    with _services(reading=False) as services:
        rejected = load(services, read, paths)
    raise typer.Exit(1 if rejected else 0)


@cli.command()
def reindex(
    all_: Annotated[bool, typer.Option("--all", help="Also what the same pipelines have read before")] = False,
) -> None:
    """Find anew the topics of posts that another pipeline has read; the service may go on, and a kill does no harm."""
    from app.reindexing import reindex

    with _services(reading=False) as services:
        reindex(services, everything=all_)


@keys.command(name="create")
def create_key(
    name: Annotated[str, typer.Option(help="What the key is for")],
    scopes: Annotated[
        str, typer.Option(help="Its rights, with spaces between: 'experts:read people:read'; all are listed without it")
    ] = "",
    person: Annotated[str | None, typer.Option(help="Public id of the person who holds it (per_…)")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires; for ever unless given")] = None,
) -> None:
    """Make a key; it is shown this once, alone on the last line. It may be made before its person is there."""
    from datetime import UTC, datetime, timedelta

    from app.security import SCOPES

    if not scopes.split():
        sys.exit(f"quisait: --scopes names the rights of the key, of these: {' '.join(sorted(SCOPES))}")
    with _services(reading=False) as services:
        expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
        key, token = services.access.create_key(name, scopes=scopes.split(), person=person, expires_at=expires_at)
        is_known = person is None or services.access.knows(person)
    typer.echo(f"{key.id}  {key.name}  {' '.join(sorted(key.scopes))}", err=True)
    if not is_known:
        typer.echo(f"{person} is nobody's id yet: until it is, the key asks for nobody in particular.", err=True)
        typer.echo(f"If that is not meant: `quisait keys revoke {key.id}`; `GET /v1/people?q=` finds ids.", err=True)
    typer.echo(token)


@keys.command(name="list")
def list_keys() -> None:
    """Show all keys, without their secrets."""
    with _services(reading=False) as services:
        every = services.access.keys()
    for key in every:
        typer.echo(f"{key.id}  {key.name}")
        typer.echo(f"    may: {' '.join(sorted(key.scopes))}")
        if key.person:
            typer.echo(f"    held by: {key.person}")
        times = {"created": key.created_at, "expires": key.expires_at, "revoked": key.revoked_at}
        typer.echo(f"    {', '.join(f'{what} {at.date().isoformat()}' for what, at in times.items() if at)}")


@keys.command(name="revoke")
def revoke_key(key: Annotated[str, typer.Argument(help="Its id (key_…), as `quisait keys list` shows it")]) -> None:
    """Take a key back, from the next request on."""
    with _services(reading=False) as services:
        services.access.revoke(key)
    typer.echo(f"{key} is revoked")


@webhooks.command(name="add")
def add_webhook(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where it listens: https://portal.example/webhooks")],
    events: Annotated[
        str | None, typer.Option(help="What it is told of, with commas between; everything unless given")
    ] = None,
) -> None:
    """Register a receiver; its secret is shown this once, alone on the last line."""
    with _services(reading=False) as services:
        receiver = services.receivers.add(url, events=events and events.replace(",", " ").split())
    typer.echo(f"{receiver.id}  {receiver.url}  {' '.join(receiver.events)}", err=True)
    typer.echo("It tells by the secret below that an event comes from here, in Python:", err=True)
    typer.echo("    event = standardwebhooks.Webhook(secret).verify(body, headers)", err=True)
    typer.echo("and likewise with the libraries of Standard Webhooks in other languages. Send it one to try:", err=True)
    typer.echo(f"    quisait webhooks test {receiver.id}", err=True)
    typer.echo(receiver.secret)


@webhooks.command(name="list")
def list_webhooks() -> None:
    """Show all receivers, without their secrets."""
    with _services(reading=False) as services:
        every = services.receivers.all()
    for one in every:
        typer.echo(f"{one.id}  {one.url}  {one.state}, {one.waiting} waiting")
        typer.echo(f"    told of: {' '.join(one.events)}")
        typer.echo(f"    last taken: {one.sent_at.isoformat(' ', 'seconds') if one.sent_at else 'never'}")
        if one.failed_at:
            typer.echo(f"    last failure: {one.failed_at.isoformat(' ', 'seconds')}  {one.reason}")
        if one.dropped:
            typer.echo(f"    dropped while it was disabled: {one.dropped}")


@webhooks.command(name="remove")
def remove_webhook(receiver: WebhookId) -> None:
    """Tell a receiver nothing more; what waits for it is dropped."""
    with _services(reading=False) as services:
        services.receivers.remove(receiver)
    typer.echo(f"{receiver} is removed")


@webhooks.command(name="enable")
def enable_webhook(receiver: WebhookId) -> None:
    """Let a receiver have what waits for it, after it was disabled, or without waiting for the next attempt."""
    with _services(reading=False) as services:
        services.receivers.enable(receiver)
    typer.echo(f"{receiver} is enabled")


@webhooks.command(name="test")
def try_webhook(receiver: WebhookId) -> None:
    """Send a receiver one event that means nothing, now, and show what came back."""
    with _services(reading=False) as services:
        answer = services.receivers.ping(receiver)
    if answer.reason:
        sys.exit(f"quisait: {answer.reason}")
    typer.echo(f"{receiver} took it ({answer.status})")


@ties.command(name="calibrate")
def calibrate_ties(
    ratings: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="CSV: person, other, rating (1 to 5) a line"),
    ],
    accept: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Environment file to write the setting to: NAME=value lines")
    ] = None,
) -> None:
    """Fit the weights of tie strength to people's own ratings; changes nothing without --accept."""
    from app.calibrating import calibrate

    with _services(reading=False) as services:
        calibrate(services, ratings, accept=accept)


@topics.command(name="extract")
def extract_topics(
    lang: Annotated[
        Literal["fr", "en"] | None, typer.Option(help="Language of the text; detected unless given")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Lines {"id", "text", "lang"} in, {"id", "topics"} out')
    ] = False,
) -> None:
    """Show the topics of the text on standard input, best first; needs no store."""
    from app.bootstrap import build_extractor
    from nlp.model import Text

    extractor = build_extractor(_settings())
    if not jsonl:
        [found] = extractor.extract([Text(sys.stdin.read(), language=lang)])
        for mention in found.mentions:
            typer.echo(mention.label)
        return
    for line in sys.stdin:
        if line.strip():
            given = json.loads(line)
            [found] = extractor.extract([Text(given["text"], language=given.get("lang") or lang)])
            shown = [
                {"label": mention.label, "score": round(mention.strength, 6), "span": [mention.start, mention.end]}
                for mention in found.mentions
            ]
            typer.echo(json.dumps({"id": given.get("id"), "topics": shown}, ensure_ascii=False))


@topics.command(name="import")
def import_topics(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE")],
    format_: Annotated[
        Literal["csv", "skos", "esco"] | None, typer.Option("--format", help="What it is; guessed unless given")
    ] = None,
    source: Annotated[str | None, typer.Option(help="What to call the list; its format unless given")] = None,
) -> None:
    """Bring in a list of topics: CSV, SKOS, or ESCO's CSV (its French and its English file together)."""
    import os

    from app.importers.topic_list import UnreadableList
    from app.loading import spoken
    from app.topic_loading import load_topics

    with _services(reading=False) as services:
        try:
            rejected = load_topics(services, files, format_=format_, source=source)
        except UnreadableList as error:
            sys.exit(f"quisait: {error.say(spoken(os.environ))}")
    raise typer.Exit(1 if rejected else 0)


def _work() -> None:
    from app.bootstrap import running, working
    from app.delivering import delivering
    from app.observability.logging import configure
    from app.processes import end_with_parent

    end_with_parent()
    settings = _settings()
    configure(level=settings.log_level)
    with running(settings, reading=False) as services, delivering(services), working(services) as indexing:
        signal.signal(signal.SIGTERM, lambda *_: indexing.stop())
        signal.signal(signal.SIGINT, lambda *_: indexing.stop())
        indexing.run()


def _settings() -> "Settings":
    from app.settings import Settings

    return Settings()


@contextmanager
def _services(*, reading: bool = True) -> "Iterator[Services]":
    from app.bootstrap import running

    with running(_settings(), reading=reading) as services:
        yield services


if __name__ == "__main__":
    main()

"""The documents say what the program does, in both languages the same."""

import re
import subprocess

import pytest
from typer.main import get_command

from app.cli import cli
from app.observability.metrics import Metrics
from app.settings import Settings
from tests.architecture.source import ROOT

NAMES = ("README.md", "README.fr.md", "CONTRIBUTING.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
README, FRENCH = TEXTS["README.md"], TEXTS["README.fr.md"]
SETTING = re.compile(r"^\| `QUISAIT_(\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
METRIC = re.compile(r"^\| `(quisait_\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)\)")
PICTURE = re.compile(r'src(?:set)?="([^"]+)"')
SECRETIVE = ("pypi.org", "pythonhosted", "registry.npmjs", "repo1.maven", "repo.maven", "/root/", "/work/", "/home/")


def test_the_settings_table_is_the_settings() -> None:
    table = {name.lower(): (default, meaning) for name, default, meaning in SETTING.findall(README)}
    assert table.keys() == Settings.model_fields.keys()
    for name, field in Settings.model_fields.items():
        default, meaning = table[name]
        assert meaning == field.description, f"README: QUISAIT_{name.upper()}"
        assert default.strip("`") == shown(field.default), f"README: QUISAIT_{name.upper()}"


def shown(default: object) -> str:
    """A default as the table shows it."""
    if default is None or default == ():
        return "–"
    if isinstance(default, tuple):
        return ",".join(f"{part:g}" for part in default)
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_the_metrics_table_is_the_metrics() -> None:
    table = {name: (set(re.findall(r"`(\w+)`", labels)), meaning) for name, labels, meaning in METRIC.findall(README)}
    figures = Metrics.at_zero()
    figures.record(method="GET", route="/", status=200, seconds=0.1)
    figures.receivers.counts = {"rcv_1": {"sent": 1, "failed": 1, "dropped": 1, "waiting": 1}}
    for family in figures.registry.collect():
        if family.name.startswith("quisait_"):
            name = f"{family.name}_total" if family.type == "counter" else family.name
            labels = {label for sample in family.samples for label in sample.labels} - {"le"}
            assert table.pop(name) == (labels, family.documentation), f"README: {name}"
    assert not table


def test_both_readmes_have_the_same_headings_commands_and_tables() -> None:
    for what in (HEADING, BLOCK):
        assert what.findall(outside(what, FRENCH)) == what.findall(outside(what, README))
    for rows in (SETTING, METRIC):
        assert [row[:2] for row in rows.findall(FRENCH)] == [row[:2] for row in rows.findall(README)]


def test_french_figures_have_a_comma_where_nothing_is_quoted() -> None:
    rows = re.sub(r"`[^`\n]*`", "", BLOCK.sub("", FRENCH)).splitlines()
    assert [row for row in rows if row.startswith("|") and re.search(r"\d\.\d", row)] == []


def outside(what: re.Pattern[str], text: str) -> str:
    """The text; without its blocks when headings are looked for, as a comment in them looks like one."""
    return BLOCK.sub("", text) if what is HEADING else text


def test_both_readmes_lead_to_the_same_files_and_to_each_other() -> None:
    links, french = LINK.findall(README), LINK.findall(FRENCH)
    assert (links.pop(0), french.pop(0)) == ("README.fr.md", "README.md")
    assert french == links
    assert [name.replace("-fr-", "-en-") for name in PICTURE.findall(FRENCH)] == PICTURE.findall(README)


@pytest.mark.parametrize("name", NAMES)
def test_every_verb_it_names_is_one_of_the_makefile(name: str) -> None:
    verbs = set(re.findall(r"^([a-z0-9]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z0-9]+)", TEXTS[name], re.MULTILINE)) <= verbs | {"help"}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_it_names_is_one_of_the_program(name: str) -> None:
    for words in re.findall(r"quisait ((?:[a-z]+ ?)+)(?=-|$|`)", TEXTS[name], re.MULTILINE):
        command = get_command(cli)
        for word in words.split():
            commands = getattr(command, "commands", None)
            if commands is None:
                break
            assert word in commands, f"{name}: quisait {words}"
            command = commands[word]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_it_names_is_there(name: str) -> None:
    text = TEXTS[name]
    named = [link for link in LINK.findall(text) if not link.startswith("http")] + PICTURE.findall(text)
    named += re.findall(r"`((?:scripts|tests|nlp|graph|app|api_schemas)/[\w/.]*)`", text)
    named += [f"{module.replace('.', '/')}.py" for module in re.findall(r"python -m (scripts\.\w+)", text)]
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    guilty = []
    for name in tracked.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".lock", ".yaml", ".txt", ".js", ".html", "") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            guilty += [f"{name}: {word}" for word in SECRETIVE if word in text and path.name != "test_docs.py"]
    assert not guilty, "\n".join(guilty)

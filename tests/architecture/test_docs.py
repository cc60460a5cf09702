"""The documents say what the program does."""

import re
import subprocess

from app.settings import Settings
from tests.architecture.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `QUISAIT_(\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
READ = (".py", ".md", ".toml", ".lock", ".yaml", ".json", ".txt", ".js", ".ts", ".html", "")
SECRETIVE = ("pypi.org", "pythonhosted", "registry.npmjs", "repo1.maven", "repo.maven", "/root/", "/work/", "/home/")


def test_the_settings_table_is_the_settings() -> None:
    table = {name.lower(): (default, meaning) for name, default, meaning in ROW.findall(README)}
    assert table.keys() == Settings.model_fields.keys()
    for name, field in Settings.model_fields.items():
        default, meaning = table[name]
        assert meaning == field.description, f"README: QUISAIT_{name.upper()}"
        assert default.strip("`") == shown(field.default), f"README: QUISAIT_{name.upper()}"


def shown(default: object) -> str:
    """A default as the table shows it."""
    if default is None or default == ():
        return "–"
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_every_verb_in_the_readme_is_one_of_the_makefile() -> None:
    verbs = set(re.findall(r"^([a-z0-9]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z0-9]+)", README, re.MULTILINE)) <= verbs


def test_every_file_the_readme_names_is_there() -> None:
    named = re.findall(r"\]\(((?!http)[^)#]+)\)", README) + re.findall(
        r"`((?:scripts|tests|nlp|graph|app)/[\w/.]+)`", README
    )
    missing = [name for name in named if not (ROOT / name).exists()]
    assert not missing


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    guilty = []
    for name in tracked.stdout.splitlines():
        path = ROOT / name
        if path.suffix in READ and path.is_file() and "nlp/models/" not in name:  # trained on words of the web
            text = path.read_text(encoding="utf-8", errors="ignore")
            guilty += [f"{name}: {word}" for word in SECRETIVE if word in text and path.name != "test_docs.py"]
    assert not guilty, "\n".join(guilty)

"""A judged collection is read from a folder or a tar, and what is none is told in words."""

import tarfile
from pathlib import Path

import pytest

from scripts.archive import COLUMNS, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of nobody and nothing."""
    archive = tmp_path / "company"
    archive.mkdir()
    for name in COLUMNS:
        (archive / name).touch()
    return archive


def test_an_archive_is_a_folder_or_a_tar_of_one(folder: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "company.tar", "w") as tar:
        tar.add(folder, folder.name)
    for path in (folder, tmp_path / "company.tar"):
        with opened(path) as archive:
            assert archive.folder.name == "company"
            assert archive.judgements() == {}


@pytest.mark.parametrize("given", ["nowhere", "company", "text.tar"])
def test_what_is_no_archive_is_told_with_what_one_holds(folder: Path, given: str) -> None:
    (folder / "qrels.tsv").unlink()
    (folder.parent / "text.tar").write_text("not a tar")
    with pytest.raises(SystemExit, match=r"(?s)company is no archive: qrels.tsv missing|cannot be read") as told:
        opened(folder.parent / given).__enter__()
    assert "queries.jsonl  id, text" in str(told.value)

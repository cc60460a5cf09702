"""Train the two small spaCy pipelines of nlp/models from Universal Dependencies treebanks, and judge them.

    python scripts/train_pipelines.py UD_FOLDER              train, strip, write nlp/models (5 CPU-minutes)
    python scripts/train_pipelines.py UD_FOLDER --evaluate   accuracy of what is in nlp/models

The folder holds xz-compressed CoNLL-U files and SHA256SUMS. Seeds are fixed: the same machine gives the same weights.
"""

import argparse
import hashlib
import lzma
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language as Pipeline
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from thinc.api import Config

MODELS: Final = Path(__file__).parent.parent / "nlp" / "models"
VERSION: Final = "0.1.0"
SENTENCES_PER_DOC: Final = 5
NOISE: Final = 0.3
NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ"})
FEATURES: Final = frozenset(
    {"Number", "Gender", "Person", "Tense", "Mood", "VerbForm", "PronType", "Definite", "Degree"}
    | {"Voice", "Poss", "NumType", "Polarity", "Case", "Reflex", "Abbr", "Typo", "Foreign"}
)


@dataclass(frozen=True, slots=True)
class Treebank:
    """A source of training sentences, credited in the ATTRIBUTION of the weights made from it."""

    name: str
    commit: str
    contributors: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one pipeline is made from: files without their endings, and the length of its training."""

    train: tuple[str, ...]
    dev: str
    tests: tuple[str, ...]
    epochs: int
    steps: int
    treebanks: tuple[Treebank, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word line, or several merged into the one token that the tokenizer will see."""

    form: str
    space: bool
    ids: tuple[int, ...]
    columns: tuple[str, ...]


EWT: Final = Treebank(
    "UD_English-EWT",
    "15d613d8447b3478787d4c278730a1e48a945efb",
    "Natalia Silveira, Timothy Dozat, Christopher Manning, Sebastian Schuster, Ethan Chi, John Bauer, Miriam Connor, "
    "Marie-Catherine de Marneffe, Nathan Schneider, Sam Bowman, Hanzhi Zhu, Daniel Galbraith; annotations © 2013-2021 "
    "The Board of Trustees of The Leland Stanford Junior University",
)
GSD: Final = Treebank(
    "UD_French-GSD",
    "830e2782304af08b3cc1c9250475343e04274d81",
    "Marie-Catherine de Marneffe, Bruno Guillaume, Ryan McDonald, Alane Suhr, Joakim Nivre, Matias Grioni, "
    "Carly Dickerson, Guy Perrier; Google claims no rights over the sentences and gives them as they are",
)
RHAPSODIE: Final = Treebank(
    "UD_French-Rhapsodie",
    "e638b8136977e5ddd9c49ac0b99cc56b7216db33",
    "Kim Gerdes, Sylvain Kahane, Mariam Nakhlé, Chunxiao Yan, Aline Etienne, Marine Courtin",
)
PARIS_STORIES: Final = Treebank(
    "UD_French-ParisStories",
    "c549ab63a3ac2af92ad9e87fff2b4f45742f2d42",
    "Kim Gerdes, Sylvain Kahane, Menel Mahamdi, Bruno Guillaume, Mariam Nakhlé, Vanessa Gaudray-Bouju",
)
# Sequoia and FQB (LGPL-LR) may judge but never train; GUM and ParTUT (non-commercial) do neither.
RECIPES: Final = {
    "en": Recipe(("en_ewt-ud-train",), "en_ewt-ud-dev", ("en_ewt-ud-test",), 7, 1500, (EWT,)),
    "fr": Recipe(
        (
            "fr_gsd-ud-dev",
            "fr_rhapsodie-ud-train",
            "fr_rhapsodie-ud-dev",
            "fr_parisstories-ud-train",
            "fr_parisstories-ud-dev",
        ),
        "fr_gsd-ud-test",
        ("fr_gsd-ud-test", "fr_sequoia-ud-test", "fr_rhapsodie-ud-test", "fr_parisstories-ud-test"),
        12,
        1400,
        (GSD, RHAPSODIE, PARIS_STORIES),
    ),
}
ATTRIBUTION: Final = """\
quisait_{language}_tiny {version}: a spaCy pipeline (tok2vec, morphologizer) trained on Universal Dependencies
treebanks; the sentences are not kept verbatim in it. Licence of the weights: CC BY-SA 4.0 (see LICENSE).

{sources}

Changes made before training: contractions that the tokenizer does not split (du, au, des) merged into one token,
about 30 % noised copies added (lower case, accents removed, or both){reassembly}. A lemmatizer trained jointly was
removed afterwards. Made by scripts/train_pipelines.py.
"""


def check_sums(folder: Path) -> None:
    """Compare every file named in SHA256SUMS with its checksum."""
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        expected, name = line.split()
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            raise SystemExit(f"{name} is not the file that SHA256SUMS names; fetch the treebanks again")


def sentences(path: Path) -> Iterator[list[Word]]:
    """Read the sentences of an xz-compressed CoNLL-U file."""
    rows: list[list[str]] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                rows.append(line.rstrip("\r\n").split("\t"))
            elif rows:
                yield merge_contractions([row for row in rows if row[0][0] != "#" and "." not in row[0]])
                rows = []


def merge_contractions(rows: list[list[str]]) -> list[Word]:
    """Keep what the tokenizer splits too (don't = do + n't), and make one token of the rest (du = de + le)."""
    words: list[Word] = []
    position = 0
    while position < len(rows):
        row = rows[position]
        spaced = "SpaceAfter=No" not in row[9]
        if "-" not in row[0]:
            words.append(Word(row[1], spaced, (int(row[0]),), tuple(row)))
            position += 1
            continue
        first, last = map(int, row[0].split("-"))
        parts = rows[position + 1 : position + 2 + last - first]
        words.extend(contraction(row[1], spaced, parts))
        position += 1 + len(parts)
    return words


def contraction(form: str, spaced: bool, parts: list[list[str]]) -> list[Word]:
    """Return the parts where they spell the form, else one word with the head of the part attached outside."""
    ids = tuple(int(part[0]) for part in parts)
    if "".join(part[1] for part in parts) == form:
        return [
            Word(part[1], spaced and part is parts[-1], (number,), tuple(part))
            for number, part in zip(ids, parts, strict=True)
        ]
    outer = next((part for part in parts if int(part[6]) not in ids), parts[0])
    return [Word(form, spaced, ids, (*parts[0][:6], *outer[6:8], *parts[0][8:]))]


def make_doc(nlp: Pipeline, group: list[list[Word]], change: Callable[[str], str] = str) -> Doc:
    """Join a few sentences into one annotated document, its words changed by the given noise."""
    words = [word for sentence in group for word in sentence]
    heads, deps = dependencies(group)
    tags = ["X" if word.columns[3] == "_" else word.columns[3] for word in words]
    return Doc(
        nlp.vocab,
        words=[change(word.form.replace(" ", "\u00a0")) for word in words],
        spaces=[word.space or word is sentence[-1] for sentence in group for word in sentence],
        pos=tags,
        tags=tags,
        lemmas=[word.columns[1] if word.columns[2] == "_" else word.columns[2] for word in words],
        morphs=[features(word.columns[5]) for word in words],
        heads=heads,
        deps=deps,
        sent_starts=[word is sentence[0] for sentence in group for word in sentence],
    )


def dependencies(group: list[list[Word]]) -> tuple[list[int], list[str]]:
    """Return the position of each word's head within the document, and the relation to it."""
    heads: list[int] = []
    deps: list[str] = []
    for sentence in group:
        offset = len(heads)
        position = {number: offset + place for place, word in enumerate(sentence) for number in word.ids}
        for place, word in enumerate(sentence, start=offset):
            head = int(word.columns[6])
            heads.append(position[head] if head else place)
            relation = word.columns[7] if head else "ROOT"
            deps.append("dep" if heads[-1] == place and relation != "ROOT" else relation)
    return heads, deps


def features(column: str) -> str:
    """Keep the morphological features that both languages share."""
    return "" if column == "_" else "|".join(f for f in column.split("|") if f.split("=")[0] in FEATURES)


def strip_accents(text: str) -> str:
    """Write é as e."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def random_noise(rng: random.Random) -> Callable[[str], str]:
    """Choose how a copy of a document is typed: lower case 45 %, without accents 30 %, both 25 %."""
    chance = rng.random()
    if chance < 0.45:
        return str.lower
    return strip_accents if chance < 0.75 else lambda word: strip_accents(word.lower())


def convert(paths: list[Path], *, nlp: Pipeline, noise: float = 0.0) -> Iterator[Doc]:
    """Yield documents of a few sentences each, some of them a second time as people type in a chat."""
    rng = random.Random(7)
    for path in paths:
        everything = list(sentences(path))
        for start in range(0, len(everything), SENTENCES_PER_DOC):
            group = everything[start : start + SENTENCES_PER_DOC]
            yield make_doc(nlp, group)
            full = len(group) == SENTENCES_PER_DOC
            if full and noise and rng.random() < noise:
                yield make_doc(nlp, group, random_noise(rng))


def make_config(language: str, recipe: Recipe) -> Config:
    """Return the training configuration: a small tok2vec, warm-up and linear decay, averaged weights, seed 42."""
    config = init_config(lang=language, pipeline=["morphologizer", "trainable_lemmatizer"], optimize="efficiency")
    model = config["components"]["tok2vec"]["model"]
    model["encode"].update(width=64, depth=2, maxout_pieces=2)
    attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
    model["embed"].update(rows=[3000, 500, 1500, 500], attrs=attrs, include_static_vectors=False)
    training = config["training"]
    training.update(max_epochs=recipe.epochs, max_steps=0, patience=0, eval_frequency=250)
    training["optimizer"]["use_averages"] = True
    training["optimizer"]["learn_rate"] = {
        "@schedules": "warmup_linear.v1",
        "warmup_steps": 100,
        "total_steps": recipe.steps,
        "initial_rate": 0.003,
    }
    size = {"@schedules": "compounding.v1", "start": 200, "stop": 1500, "compound": 1.005, "t": 0.0}
    training["batcher"]["size"] = size
    # The lemmatizer is trained for what it teaches the shared layer, and taken out of what is shipped.
    training["score_weights"] = {"pos_acc": 0.4, "morph_acc": 0.2, "lemma_acc": 0.4}
    config["system"]["seed"] = 42
    config["nlp"]["batch_size"] = 256
    return config


def train(language: str, *, treebanks: Path, work: Path) -> Path:
    """Train one pipeline in a process of its own, on one thread, and return its best checkpoint."""
    recipe = RECIPES[language]
    nlp = spacy.blank(language)
    attrs = ["ORTH", "SPACY", "TAG", "MORPH", "POS", "LEMMA", "HEAD", "DEP", "SENT_START"]
    for name, files, noise in (("train", recipe.train, NOISE), ("dev", (recipe.dev,), 0.0)):
        docs = list(convert([treebanks / f"{file}.conllu.xz" for file in files], nlp=nlp, noise=noise))
        DocBin(attrs=attrs, docs=docs).to_disk(work / f"{name}.spacy")
        print(f"{language} {name}: {sum(map(len, docs)):,} tokens")
    make_config(language, recipe).to_disk(work / "config.cfg")
    paths = ["--paths.train", str(work / "train.spacy"), "--paths.dev", str(work / "dev.spacy")]
    command = [sys.executable, "-m", "spacy", "train", str(work / "config.cfg"), "--output", str(work / "out"), *paths]
    subprocess.run(command, check=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
    return work / "out" / "model-best"


def ship(language: str, *, checkpoint: Path, licence: Path) -> None:
    """Write the checkpoint without its lemmatizer to nlp/models, licence and attribution beside it."""
    nlp = spacy.load(checkpoint)
    nlp.remove_pipe("trainable_lemmatizer")
    nlp.config["paths"].update(train=None, dev=None)
    nlp.meta.update(
        name=f"quisait_{language}_tiny",
        version=VERSION,
        license="CC BY-SA 4.0",
        author="Quisait",
        description="Parts of speech of short posts, small and fast; see ATTRIBUTION.",
    )
    folder = MODELS / f"quisait_{language}_tiny"
    shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(folder)
    (folder / "ATTRIBUTION").write_text(attribution(language), encoding="utf-8")
    shutil.copyfile(licence, folder / "LICENSE")


def attribution(language: str) -> str:
    """Name the treebanks, their commits and the people to credit."""
    recipe = RECIPES[language]
    sources = "\n".join(
        f"- {t.name}, commit {t.commit}, CC BY-SA 4.0.\n  https://github.com/UniversalDependencies/{t.name}\n"
        f"  {t.contributors}."
        for t in recipe.treebanks
    )
    reassembly = ", the training file put together again from its source documents" if EWT in recipe.treebanks else ""
    return ATTRIBUTION.format(language=language, version=VERSION, sources=sources, reassembly=reassembly)


def evaluate(language: str, *, treebanks: Path) -> None:
    """Print UPOS accuracy and nominal F1 for each test file, as tagged from its raw text."""
    nlp = spacy.load(MODELS / f"quisait_{language}_tiny")
    for name in RECIPES[language].tests:
        gold = list(convert([treebanks / f"{name}.conllu.xz"], nlp=nlp))
        examples = [Example(nlp(doc.text), doc) for doc in gold]
        accuracy = Scorer.score_token_attr(examples, "pos")["pos_acc"]
        print(f"{name:28} UPOS {100 * accuracy:.1f}  nominal F {100 * nominal_f1(examples):.1f}")


def nominal_f1(examples: list[Example]) -> float:
    """Return the F1 of "is a noun, name or adjective" over the tokens that both sides split alike, in [0, 1]."""
    pairs = Counter(
        (token.pos_ in NOMINAL, tag in NOMINAL)
        for example in examples
        for token, tag in zip(example.predicted, example.get_aligned("POS", as_string=True), strict=True)
        if tag is not None
    )
    right = 2 * pairs[True, True]
    return right / (right + pairs[True, False] + pairs[False, True])


def main() -> None:
    """Train or judge, for both languages unless one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebanks", type=Path, metavar="UD_FOLDER")
    parser.add_argument("--language", choices=sorted(RECIPES), action="append")
    parser.add_argument("--evaluate", action="store_true", help="judge what is in nlp/models instead of training")
    arguments = parser.parse_args()
    check_sums(arguments.treebanks)
    for language in arguments.language or sorted(RECIPES):
        if not arguments.evaluate:
            with tempfile.TemporaryDirectory() as work:
                checkpoint = train(language, treebanks=arguments.treebanks, work=Path(work))
                ship(language, checkpoint=checkpoint, licence=arguments.treebanks / "UD_English-EWT.LICENSE.txt")
        evaluate(language, treebanks=arguments.treebanks)


if __name__ == "__main__":
    main()

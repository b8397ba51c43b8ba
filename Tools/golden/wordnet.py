#!/usr/bin/env python3
"""Writes the small WordNet of HoneDataTests and what NLTK finds in it.

Needs NLTK (`pip install nltk`), whose WordNet reader is the reference, and WordNet 3.0 in
/usr/share/wordnet (Debian's package wordnet-base).

    Tools/golden/wordnet.py   # Tests/HoneDataTests/Fixtures/wordnet
"""

import json
import pathlib
import tempfile

import nltk.data
from nltk.corpus.reader.wordnet import WordNetCorpusReader

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "Tests/HoneDataTests/Fixtures/wordnet"
SOURCE = pathlib.Path("/usr/share/wordnet")
PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
WORDS = {
    "noun": ["dog", "film", "movie", "run", "leaf", "child", "city", "answer", "light"],
    "verb": ["run", "like", "love", "hate", "buy", "begin", "answer", "leave", "light", "film"],
    "adj": ["quick", "good", "bad", "happy", "big", "light", "dark", "funny"],
    "adv": ["quickly", "well", "badly", "happily"],
}
ASKED = [
    "dog", "dogs", "film", "films", "ran", "running", "runs", "leaves", "children", "quick", "good",
    "better", "best", "happy", "happier", "quickly", "well", "light", "lit", "bigger", "answered",
    "cities", "hated", "unknownword"]


def records(part):
    """The header lines, and each synset's line by its offset."""
    header, lines = [], {}
    for line in (SOURCE / f"data.{part}").read_text().splitlines():
        if line.startswith("  "):
            header.append(line)
        else:
            lines[line[:8]] = line
    return header, lines


def main():
    indexes = {}
    for part in PARTS:
        indexes[part] = {
            line.split(" ")[0]: line
            for line in (SOURCE / f"index.{part}").read_text().splitlines()
            if not line.startswith("  ")}
    data = {part: records(part) for part in PARTS}
    letters = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
    kept = {part: set() for part in PARTS}
    for part, words in WORDS.items():
        for word in words:
            fields = indexes[part][word].split()
            kept[part].update(fields[-int(fields[2]):])
    # What is kept keeps its opposites, and adjectives the one that they resemble.
    for symbols in ["!", "&"]:
        for part in PARTS:
            for offset in list(kept[part]):
                body = data[part][1][offset].split(" | ")[0].split(" ")
                count = int(body[3], 16)
                for place in range(int(body[4 + 2 * count])):
                    symbol, other, letter, _ = body[5 + 2 * count + 4 * place:][:4]
                    if symbol == symbols and (symbol == "!" or body[2] == "s"):
                        kept[letters[letter]].add(other)
    TARGET.mkdir(parents=True, exist_ok=True)
    moved = {part: {} for part in PARTS}
    for part in PARTS:
        header, lines = data[part]
        place = sum(len(line.encode()) + 1 for line in header)
        for offset in sorted(kept[part]):
            moved[part][offset] = f"{place:08d}"
            place += len(rewritten(lines[offset], part, moved, kept, letters).encode()) + 1
    for part in PARTS:
        header, lines = data[part]
        body = [rewritten(lines[offset], part, moved, kept, letters) for offset in sorted(kept[part])]
        (TARGET / f"data.{part}").write_text("\n".join(header + body) + "\n")
        index = []
        for word in sorted(words_of(lines, kept[part])):
            fields = indexes[part][word].split()
            count = int(fields[2])
            offsets = [moved[part][at] for at in fields[-count:] if at in kept[part]]
            fields[2] = fields[-count - 2] = str(len(offsets))
            index.append(" ".join(fields[:-count] + offsets) + "  ")
        (TARGET / f"index.{part}").write_text("\n".join(header + index) + "\n")
    write_lists()
    (TARGET / "expected.json").write_text(json.dumps(expected(TARGET), indent=1, sort_keys=True))


def words_of(lines, offsets):
    """The words of some synsets, as the index has them."""
    found = set()
    for offset in offsets:
        fields = lines[offset].split(" ")
        words = fields[4:4 + 2 * int(fields[3], 16):2]
        found.update(word.split("(")[0].lower() for word in words)
    return found


def rewritten(line, part, moved, kept, letters):
    """A synset's line with new offsets, without pointers to what is left out."""
    body, gloss = line.split(" | ", 1)
    fields = body.split(" ")
    count = int(fields[3], 16)
    start = 5 + 2 * count
    pointers = []
    number = int(fields[start - 1])
    for place in range(number):
        pointer = fields[start + 4 * place:][:4]
        if pointer[1] in kept[letters[pointer[2]]]:
            pointer[1] = moved[letters[pointer[2]]].get(pointer[1], pointer[1])
            pointers.append(" ".join(pointer))
    rest = fields[start + 4 * number:]
    fields[0] = moved[part].get(fields[0], fields[0])
    return " ".join(fields[:start - 1] + [f"{len(pointers):03d}"] + pointers + rest) + " | " + gloss


def write_lists():
    words = {word for part in WORDS.values() for word in part}
    for part in PARTS:
        lines = [
            line for line in (SOURCE / f"{part}.exc").read_text().splitlines()
            if set(line.split()[1:]) & words]
        (TARGET / f"{part}.exc").write_text("".join(line + "\n" for line in lines))
    lines = [
        line for line in (SOURCE / "cntlist.rev").read_text().splitlines()
        if line.split("%")[0] in words]
    (TARGET / "cntlist.rev").write_text("".join(line + "\n" for line in lines))


def expected(folder):
    with tempfile.TemporaryDirectory() as copy:
        copy = pathlib.Path(copy)
        for file in folder.iterdir():
            (copy / file.name).write_bytes(file.read_bytes())
        (copy / "lexnames").write_text("".join(f"{n:02d}\tnoun.all\t1\n" for n in range(45)))
        (copy / "index.sense").write_text("")
        nltk.data.path.append(str(copy))
        # Maps between versions of WordNet need files that are not here.
        WordNetCorpusReader.map_wn = lambda *_: None
        reader = WordNetCorpusReader(str(copy), None)
        found = {}
        for word in ASKED:
            for name, letter in PARTS.items():
                synsets = reader.synsets(word, pos=letter)
                lemmas = [lemma for synset in synsets for lemma in synset.lemmas()]
                found[f"{word}/{name}"] = {
                    "synonyms": sorted({
                        lemma.name().replace("_", " ") for lemma in lemmas
                        if lemma.name().lower() != word}),
                    "antonyms": sorted({
                        other.name().replace("_", " ") for lemma in lemmas
                        for other in lemma.antonyms()}),
                }
        return found


main()

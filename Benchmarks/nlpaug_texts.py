"""nlpaug's side of the benchmarks of text augmentation, with its default settings.

Synonyms need NLTK's reader and WordNet 3.0 in /usr/share/wordnet (Debian's wordnet-base). NLTK's tagger
needs a model that no package brings; a rule by the word's ending stands in its place, which takes nlpaug
less time than the tagger would.
"""

import pathlib
import tempfile

WORDNET = pathlib.Path("/usr/share/wordnet")


def texts(count, words, vocabulary):
    """Sentences of ten words with commas between them; the Swift side makes the same."""
    vocabulary = vocabulary.split(" ")
    state = 1
    made = []
    for _ in range(count):
        text = ""
        for place in range(words):
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            word = vocabulary[(state >> 16) % len(vocabulary)]
            if place:
                text += ". " if place % 10 == 0 else ", " if place % 5 == 0 else " "
            text += word[:1].upper() + word[1:] if place % 10 == 0 else word
        made.append(text + ".")
    return made


def installed(name):
    """Whether what a workload needs is here."""
    try:
        import nlpaug  # noqa: F401
        import nltk  # noqa: F401
    except ImportError:
        return False
    return name != "synonymReplacement" or (WORDNET / "index.noun").exists()


def tagged(tokens):
    tags = {"ly": "RB", "ed": "VBD", "ng": "VBG", "al": "JJ", "ew": "JJ"}
    return [(token, tags.get(token[-2:], "NN")) for token in tokens]


def synonyms():
    import nltk
    import nltk.data
    from nltk.corpus.reader.wordnet import WordNetCorpusReader

    folder = pathlib.Path(tempfile.mkdtemp())
    corpus = folder / "corpora/wordnet"
    corpus.mkdir(parents=True)
    for file in WORDNET.iterdir():
        (corpus / file.name).write_bytes(file.read_bytes())
    (corpus / "lexnames").write_text("".join(f"{n:02d}\tnoun.all\t1\n" for n in range(45)))
    (corpus / "index.sense").write_text("")
    nltk.data.path.insert(0, str(folder))
    WordNetCorpusReader.map_wn = lambda *_: None
    nltk.pos_tag = tagged
    import nlpaug.augmenter.word as word

    return word.SynonymAug()


def augmenter(name):
    import nlpaug.augmenter.char as char
    import nlpaug.augmenter.word as word

    return {
        "wordDeletion": lambda: word.RandomWordAug(action="delete"),
        "wordSwap": lambda: word.RandomWordAug(action="swap"),
        "wordSplit": word.SplitAug,
        "synonymReplacement": synonyms,
        "keyboardNoise": char.KeyboardAug,
        "ocrNoise": char.OcrAug,
    }[name]()


def run(workload, vocabulary, clocks, passed):
    import random

    import nlpaug
    import numpy

    random.seed(0)
    numpy.random.seed(0)
    made = texts(workload["texts"], workload["textWords"], vocabulary)
    change = augmenter(workload["augmentation"])
    for index in range(workload["warmUp"]):
        change.augment(made[index % len(made)])
    start = clocks()
    for index in range(workload["steps"]):
        change.augment(made[index % len(made)])
    return passed(start, workload["steps"]) | {"library": "nlpaug " + nlpaug.__version__}

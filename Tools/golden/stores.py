"""Writes stores as earlier versions of Hone left them, for the tests of migrations.

    python3 Tools/golden/stores.py

Output: Tests/HoneStoreTests/Fixtures/store-1-runs.sqlite, store-2-series.sqlite, store-3-studies.sqlite and
store-4-recipes.sqlite, the tables of those schemas, column by column as the versions made them. Schemas that
follow add a function here before they change again.
"""

import json
import math
import pathlib
import sqlite3
import struct

FOLDER = pathlib.Path(__file__).parents[2] / "Tests/HoneStoreTests/Fixtures"

# The statements of version 0.1, with the table in which its migrator kept the names of its changes.
TABLES_1 = """
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('1-runs');
CREATE TABLE runs (
  id TEXT PRIMARY KEY NOT NULL, created REAL NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  dataSource TEXT NOT NULL, parent TEXT, record TEXT NOT NULL);
CREATE INDEX runsByAge ON runs (created);
CREATE TABLE tags (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, tag TEXT NOT NULL,
  PRIMARY KEY (run, tag)) WITHOUT ROWID;
CREATE TABLE epochs (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, epoch INTEGER NOT NULL,
  record TEXT NOT NULL, PRIMARY KEY (run, epoch)) WITHOUT ROWID;
CREATE TABLE steps (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, step INTEGER NOT NULL,
  epoch INTEGER NOT NULL, loss REAL, learningRate REAL, gradientNorm REAL, updateRatio REAL,
  PRIMARY KEY (run, step)) WITHOUT ROWID;
CREATE TABLE improvements (id TEXT PRIMARY KEY NOT NULL, created REAL NOT NULL, record TEXT NOT NULL);
"""

# The statements of the second schema: what came to the first, but for the table of steps, which went.
TABLES_2 = """
DROP TABLE steps;
CREATE TABLE listings (
  run TEXT PRIMARY KEY NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  created REAL NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, model TEXT NOT NULL,
  dataSource TEXT NOT NULL, fingerprint TEXT NOT NULL, parent TEXT, epochs INTEGER NOT NULL,
  parameters INTEGER NOT NULL, seconds REAL NOT NULL, metric TEXT NOT NULL, larger INTEGER NOT NULL,
  validationMetric REAL, validationLoss REAL, testMetric REAL, tags TEXT NOT NULL,
  note TEXT NOT NULL, lowercased TEXT NOT NULL);
CREATE INDEX listingsByAge ON listings (created, position);
CREATE INDEX listingsByPosition ON listings (position);
CREATE INDEX listingsByName ON listings (name);
CREATE INDEX tagsByName ON tags (tag);
CREATE TABLE numbers (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, name TEXT NOT NULL,
  isMetric INTEGER NOT NULL, step INTEGER NOT NULL, value REAL NOT NULL,
  PRIMARY KEY (run, name, isMetric)) WITHOUT ROWID;
CREATE INDEX numbersByValue ON numbers (name, value);
CREATE TABLE findings (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, finding TEXT NOT NULL,
  PRIMARY KEY (run, finding)) WITHOUT ROWID;
CREATE TABLE blocks (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, series TEXT NOT NULL,
  position INTEGER NOT NULL, count INTEGER NOT NULL, points BLOB NOT NULL,
  PRIMARY KEY (run, series, position));
CREATE TABLE events (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  time REAL NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (run, number));
CREATE TABLE artifacts (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, path TEXT NOT NULL, kind TEXT NOT NULL,
  bytes INTEGER NOT NULL, digest TEXT, PRIMARY KEY (run, path));
INSERT INTO grdb_migrations VALUES ('2-series');
"""

# The statements of the third schema: studies, trials and points that wait.
TABLES_3 = """
CREATE TABLE studies (
  name TEXT PRIMARY KEY NOT NULL, created REAL NOT NULL, header TEXT NOT NULL, maximumTrials INTEGER,
  nextNumber INTEGER NOT NULL, sequence INTEGER NOT NULL, ending TEXT);
CREATE TABLE trials (
  study TEXT NOT NULL REFERENCES studies (name) ON DELETE CASCADE, number INTEGER NOT NULL,
  state TEXT NOT NULL, attempt INTEGER NOT NULL, worker TEXT, host TEXT, process INTEGER,
  processStart TEXT, leaseUntil REAL, sequence INTEGER, record TEXT NOT NULL, saved BLOB,
  PRIMARY KEY (study, number));
CREATE INDEX trialsByState ON trials (study, state, number);
CREATE INDEX trialsBySequence ON trials (study, sequence);
CREATE TABLE points (
  study TEXT NOT NULL REFERENCES studies (name) ON DELETE CASCADE, position INTEGER NOT NULL,
  point TEXT NOT NULL, PRIMARY KEY (study, position));
INSERT INTO grdb_migrations VALUES ('3-studies');
"""

# The statements of the fourth schema: recipes.
TABLES_4 = """
CREATE TABLE recipes (name TEXT PRIMARY KEY NOT NULL, created REAL NOT NULL, record TEXT NOT NULL);
INSERT INTO grdb_migrations VALUES ('4-recipes');
"""

MISSING = struct.pack("<Q", 0x7FF4686F6E650000)


def epoch(number, loss):
    return {
        "epoch": number, "step": number * 10, "trainLoss": loss, "trainMetric": 0.9,
        "validationLoss": 0.6, "validationMetric": 0.8 + number / 100, "learningRate": 0.001,
        "gradientNorm": 1.5, "updateRatio": 0.01, "seconds": 0.25, "waitShare": 0.01,
        "samplesPerSecond": 5000.5}


def run(identifier, name, status, tags, epochs):
    record = {
        "id": identifier, "name": name, "status": status, "created": "2026-11-21T08:45:12.345Z",
        "seed": 18446744073709551615, "device": "cpu", "precision": "fp32", "threads": 2,
        "parameters": 17226,
        "configuration": json.dumps(
            {"data": {"source": "digits"}, "model": {"name": "mlp", "widths": [128, 64]},
             "optimizer": {"learningRate": 0.001}}, separators=(",", ":"), sort_keys=True),
        "dataSource": "digits", "dataFingerprint": "5271029afbbdadb2",
        "task": {
            "kind": "multiclass", "input": "image", "sampleShape": [1, 8, 8],
            "classes": ["0", "1", "고양이"], "classCounts": [94, 98, 94], "trainSamples": 958,
            "validationSamples": 480, "testSamples": 359},
        "metric": "accuracy", "metricIsBetterWhenLarger": True, "epochs": epochs, "findings": [],
        "seconds": 0.06128883, "samplesPerSecond": 174615.76057066035, "tags": tags, "note": "메모",
        "command": ["hone", "train", "digits"],
        "environment": {
            "hone": "0.1.0", "libtorch": "2.13.0", "system": "Debian GNU/Linux 12 (bookworm)",
            "processor": "AMD EPYC", "capability": "AVX512", "cores": 2}}
    if epochs:
        record["best"] = epoch(epochs, 0.5)
        record["final"] = epoch(epochs, 0.5)
    return record


def text(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def stored_runs():
    return [
        ("20261121-084512-zzzz", 816943512.345678, "first", "completed", ["baseline", "α"], 3),
        ("20261121-084512-aaaa", 816943512.345678, "second", "diverged", [], 1),
        ("20261120-000000-bbbb", 816900000.5, "older", "running", [], 0),
    ]


def opened(path):
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.execute("PRAGMA page_size = 1024")
    base.executescript(TABLES_1)
    base.execute(f"PRAGMA application_id = {0x486F6E65}")
    return base


def add_runs(base):
    for identifier, created, name, status, tags, epochs in stored_runs():
        record = run(identifier, name, status, tags, epochs)
        base.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)",
            (identifier, created, name, status, "digits", None, text(record)))
        base.executemany("INSERT INTO tags VALUES (?, ?)", [(identifier, tag) for tag in tags])
        base.executemany(
            "INSERT INTO epochs VALUES (?, ?, ?)",
            [(identifier, n, text(epoch(n, "inf" if status == "diverged" else 1 / n)))
             for n in range(1, epochs + 1)])
    # A record that no version can read: it must not keep the others from opening.
    base.execute(
        "INSERT INTO runs VALUES ('20261119-000000-torn', 816800000.0, 'torn', 'failed', 'x', NULL,"
        " '{\"id\":')")


def closed(base):
    base.commit()
    base.execute("PRAGMA journal_mode = WAL")
    base.close()


def version_1(path):
    base = opened(path)
    add_runs(base)
    steps = [
        (1, 1, 2.25, 0.001, 1.5, 0.01), (2, 1, 0.1, 0.001, None, None),
        (3, 2, float("inf"), 0.001, "nan", 0.01), (40, 2, "nan", 0.001, float("-inf"), None)]
    base.executemany(
        "INSERT INTO steps VALUES ('20261121-084512-zzzz', ?, ?, ?, ?, ?, ?)", steps)
    closed(base)


def block():
    """The sampled steps of the first run as the second schema packs them, in double precision."""
    steps = [1, 2, 3, 40]
    columns = [
        [1.0, 1.0, 2.0, 2.0], [2.25, 0.1, math.inf, math.nan], [0.001] * 4,
        [1.5, None, math.nan, -math.inf], [0.01, None, 0.01, None]]
    data = bytes([1, len(steps), len(columns)])
    data += bytes(2 * (step - before) for before, step in zip([0] + steps, steps))
    for column in columns:
        data += bytes([2])
        for value in column:
            data += MISSING if value is None else struct.pack("<d", value)
    return data


def filled(path):
    base = opened(path)
    add_runs(base)
    base.executescript(TABLES_2)
    position = 0
    for identifier, created, name, status, tags, epochs in stored_runs():
        position += 1
        best = epoch(epochs, 0.5) if epochs else None
        base.execute(
            "INSERT INTO listings VALUES (" + ", ".join("?" * 20) + ")",
            (identifier, position, created, name, status, "mlp", "digits", "5271029afbbdadb2", None,
             epochs, 17226, 0.06128883, "accuracy", 1,
             best and best["validationMetric"], best and best["validationLoss"], None,
             json.dumps(tags, ensure_ascii=False, separators=(",", ":")), "메모", f"{name}\ndigits"))
        if best:
            base.executemany(
                "INSERT INTO numbers VALUES (?, ?, 0, 0, ?)",
                [(identifier, "accuracy", best["validationMetric"])])
    base.execute(
        "INSERT INTO listings VALUES ('20261119-000000-torn', 4, 816800000.0, 'torn', 'failed', '',"
        " 'x', '', NULL, 0, 0, 0.0, '', 1, NULL, NULL, NULL, '[]', '', '')")
    base.execute(
        "INSERT INTO blocks VALUES ('20261121-084512-zzzz', 'steps', 0, 4, ?)", (block(),))
    return base


def version_2(path):
    closed(filled(path))


def studied(path):
    base = filled(path)
    base.executescript(TABLES_3)
    definition = {
        "format": 1, "name": "first", "isDeclared": True, "sampler": "random", "seed": 7,
        "space": {"version": 1, "parameters": [
            {"name": "x", "float": {"low": 0, "high": 1, "scale": "linear"}}]},
        "objectives": [{"name": "validationLoss", "direction": "minimize"}],
        "budget": {"trials": 4}, "mode": {"asynchronous": {}}, "trials": [], "order": [],
        "queue": []}
    header = {
        "name": "first", "format": 1, "created": "2026-11-21T08:45:12Z", "maximumTrials": 4,
        "definition": text(definition)}
    base.execute(
        "INSERT INTO studies VALUES ('first', 816943512.0, ?, 4, 2, 1, NULL)", (text(header),))
    common = {"constraints": [], "rungs": [], "attempt": 1, "isEnqueued": False,
              "started": "2026-11-21T08:45:13Z"}
    trials = [
        ("completed", 1, common | {
            "number": 0, "state": "completed", "parameters": {"x": 0.25}, "values": [0.5],
            "reports": [{"step": 1, "values": [0.75]}], "seen": 0,
            "ended": "2026-11-21T08:45:14Z"}),
        ("waiting", None, common | {
            "number": 1, "state": "waiting", "parameters": {"x": 0.5}, "values": [], "reports": [],
            "seen": 1}),
    ]
    for state, sequence, record in trials:
        base.execute(
            "INSERT INTO trials VALUES ('first', ?, ?, 1, NULL, NULL, NULL, NULL, NULL, ?, ?, NULL)",
            (record["number"], state, sequence, text(record)))
    base.execute("INSERT INTO points VALUES ('first', 1, '{\"x\":0.125}')")
    return base


def version_3(path):
    closed(studied(path))


def version_4(path):
    base = studied(path)
    base.executescript(TABLES_4)
    recipe = {
        "format": 1, "name": "second", "created": "2026-11-22T08:45:12Z", "dataSource": "digits",
        "dataFingerprint": "5271029afbbdadb2", "configuration": "{}", "search": "learningRate",
        "plan": {
            "sample": 32, "fallSteps": 100, "coarseTrials": 30, "coarseEpochs": 3, "fineTrials": 20,
            "fineEpochs": 20, "rounds": 2, "seeds": 3}, "steps": [], "command": ["hone", "search", "digits", "--recipe"]}
    base.execute("INSERT INTO recipes VALUES ('second', 817029912.0, ?)", (text(recipe),))
    closed(base)


def main():
    FOLDER.mkdir(exist_ok=True)
    version_1(FOLDER / "store-1-runs.sqlite")
    version_2(FOLDER / "store-2-series.sqlite")
    version_3(FOLDER / "store-3-studies.sqlite")
    version_4(FOLDER / "store-4-recipes.sqlite")


if __name__ == "__main__":
    main()

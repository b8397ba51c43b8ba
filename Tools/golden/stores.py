"""Writes stores as earlier versions of Hone left them, for the tests of migrations.

    python3 Tools/golden/stores.py

Output: Tests/HoneStoreTests/Fixtures/store-1-runs.sqlite, the tables of schema `1-runs`, column by
column as that version made them. Schemas that follow add a function here before they change again.
"""

import json
import pathlib
import sqlite3

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


def version_1(path):
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.execute("PRAGMA page_size = 1024")
    base.executescript(TABLES_1)
    base.execute(f"PRAGMA application_id = {0x486F6E65}")
    runs = [
        ("20261121-084512-zzzz", 816943512.345678, "first", "completed", ["baseline", "α"], 3),
        ("20261121-084512-aaaa", 816943512.345678, "second", "diverged", [], 1),
        ("20261120-000000-bbbb", 816900000.5, "older", "running", [], 0),
    ]
    for identifier, created, name, status, tags, epochs in runs:
        record = run(identifier, name, status, tags, epochs)
        base.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)",
            (identifier, created, name, status, "digits", None, text(record)))
        base.executemany("INSERT INTO tags VALUES (?, ?)", [(identifier, tag) for tag in tags])
        base.executemany(
            "INSERT INTO epochs VALUES (?, ?, ?)",
            [(identifier, n, text(epoch(n, "inf" if status == "diverged" else 1 / n)))
             for n in range(1, epochs + 1)])
    steps = [
        (1, 1, 2.25, 0.001, 1.5, 0.01), (2, 1, 0.1, 0.001, None, None),
        (3, 2, float("inf"), 0.001, "nan", 0.01), (40, 2, "nan", 0.001, float("-inf"), None)]
    base.executemany(
        "INSERT INTO steps VALUES ('20261121-084512-zzzz', ?, ?, ?, ?, ?, ?)", steps)
    # A record that no version can read: it must not keep the others from opening.
    base.execute(
        "INSERT INTO runs VALUES ('20261119-000000-torn', 816800000.0, 'torn', 'failed', 'x', NULL,"
        " '{\"id\":')")
    base.commit()
    base.execute("PRAGMA journal_mode = WAL")
    base.close()


def main():
    FOLDER.mkdir(exist_ok=True)
    version_1(FOLDER / "store-1-runs.sqlite")


if __name__ == "__main__":
    main()

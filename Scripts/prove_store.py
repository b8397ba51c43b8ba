"""The parts `store` and `tracking` of Scripts/prove.

store: ten thousand runs of a thousand steps in SQLite and in PostgreSQL, listed, filtered and compared.
tracking: event files and MLflow's folders, read by TensorBoard's and MLflow's own code, which are
installed into a virtual environment of the part's own.
"""
import array
import json
import os
import pathlib
import random
import sqlite3
import statistics
import subprocess
import sys
import time

from proving import HONE, RESULTS, ROOT, header, hone

RUNS = 10_000
STEPS = 1_000
LIMIT = 0.2
REPEATS = 7


def varint(number):
    result = bytearray()
    while number >= 0x80:
        result.append(number & 0x7F | 0x80)
        number >>= 7
    result.append(number)
    return bytes(result)


def block(generator):
    """Sampled steps as Sources/HoneStore/Series/PointBlock.swift writes them."""
    loss = 2.3
    losses, norms, ratios = array.array("f"), array.array("f"), array.array("d")
    for _ in range(STEPS):
        loss *= 1 - 0.005 * generator.random()
        losses.append(loss)
        norms.append(1 + generator.random())
        ratios.append(generator.random() / 1000)
    epochs = array.array("f", (1 + i // 334 for i in range(STEPS)))
    return b"".join([
        bytes([1]), varint(STEPS), varint(5), bytes([2]) * STEPS, bytes([1]), epochs.tobytes(),
        bytes([1]), losses.tobytes(), bytes([0]), array.array("d", [0.001]).tobytes(),
        bytes([1]), norms.tobytes(), bytes([2]), ratios.tobytes()])


def fill(folder, store):
    """A store with one trained run, multiplied."""
    hone("train", "digits", "--epochs", "3", "--store", store, folder=folder)
    base = sqlite3.connect(pathlib.Path(folder) / store)
    record, = base.execute("SELECT record FROM runs").fetchone()
    listing = list(base.execute("SELECT * FROM listings").fetchone())
    names = [row[1] for row in base.execute("PRAGMA table_info(listings)")]
    epochs = base.execute("SELECT epoch, record FROM epochs").fetchall()
    numbers = base.execute("SELECT name, isMetric, step, value FROM numbers").fetchall()
    original = json.loads(record)["id"]
    generator = random.Random(0)
    for number in range(RUNS):
        run = f"run-{number:05d}"
        accuracy = generator.random()
        status = "failed" if number % 10 == 0 else "completed"
        row = dict(zip(names, listing)) | {
            "run": run, "position": number + 2, "created": listing[names.index("created")] - number * 60,
            "validationMetric": accuracy, "status": status, "model": "cnn" if number % 3 == 0 else "mlp",
            "tags": '["paper"]' if number % 100 == 0 else "[]"}
        text = record.replace(original, run).replace('"status":"completed"', f'"status":"{status}"')
        base.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, NULL, ?)",
            (run, row["created"], row["name"], status, row["dataSource"], text))
        base.execute(
            f"INSERT INTO listings VALUES ({', '.join('?' * len(names))})", [row[name] for name in names])
        base.executemany("INSERT INTO epochs VALUES (?, ?, ?)", [(run, *epoch) for epoch in epochs])
        base.executemany(
            "INSERT INTO numbers VALUES (?, ?, ?, ?, ?)",
            [(run, n, m, s, accuracy if n in ("accuracy", "validationMetric") else v)
             for n, m, s, v in numbers])
        base.execute("INSERT INTO blocks VALUES (?, 'steps', 1, ?, ?)", (run, STEPS, block(generator)))
        if number % 100 == 0:
            base.execute("INSERT INTO tags VALUES (?, 'paper')", (run,))
    base.commit()
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()


VERBS = [
    ("list all, as JSON", ["runs", "list", "--json"]),
    ("list all, as a table", ["runs", "list"]),
    ("list the newest 20", ["runs", "list", "--limit", "20"]),
    ("filter by a number", ["runs", "list", "--where", "accuracy>=0.9"]),
    ("filter by label, model and status",
     ["runs", "list", "--tag", "paper", "--model", "cnn", "--status", "completed"]),
    ("filter by part of the name", ["runs", "list", "--text", "mlp", "--limit", "50"]),
    ("compare four", ["runs", "compare", "run-00001", "run-04000", "run-09000", "run-09999"]),
    ("show one with its epochs", ["runs", "show", "run-05000"]),
]


def measure(folder, store):
    """The median seconds of each verb, the command's start and end included."""
    result = {}
    for name, arguments in VERBS:
        times = []
        for _ in range(REPEATS):
            start = time.monotonic()
            ended = subprocess.run([HONE, *arguments, "--store", store], cwd=folder, capture_output=True)
            times.append(time.monotonic() - start)
            if ended.returncode != 0:
                sys.exit(f"prove: {' '.join(arguments)}: {ended.stderr.decode()[-2000:]}")
        result[name] = statistics.median(times)
    return result


class Server:
    """A PostgreSQL server of Scripts/postgresql-server, or none where PostgreSQL is not installed."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [ROOT / "Scripts/postgresql-server", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.runs = self.process.stdout.readline().strip() == "ready"
        self.address = f"postgresql://hone@/hone?host={folder}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def store(folder):
    """Lists, filters and compares ten thousand runs."""
    fill(folder, "many.sqlite")
    size = (pathlib.Path(folder) / "many.sqlite").stat().st_size
    seconds = {"SQLite": measure(folder, "many.sqlite")}
    imported = None
    with Server(f"/tmp/hone-prove-{time.monotonic_ns() % 10**9}") as server:
        if server.runs:
            start = time.monotonic()
            hone("runs", "import", "--from", "many.sqlite", "--store", server.address, folder=folder)
            imported = time.monotonic() - start
            seconds["PostgreSQL"] = measure(folder, server.address)
        else:
            print("prove: store: PostgreSQL is not installed; SQLite alone was measured.")
    text = header("Ten thousand runs", "Scripts/prove store")
    text += (
        f"{RUNS:,} runs of {STEPS:,} sampled steps and 3 epochs each; {size / 1e6:.0f} MB in SQLite. Seconds of the whole "
        f"command, its start included, median of {REPEATS}; wanted is at most {LIMIT} s.\n\n"
        f"| | {' | '.join(seconds)} |\n|---|{'---|' * len(seconds)}\n")
    for name, _ in VERBS:
        text += f"| {name} | {' | '.join(f'{times[name]:.3f}' for times in seconds.values())} |\n"
    if imported:
        text += f"\n`hone runs import --from` moved all of them into PostgreSQL in {imported:.0f} s.\n"
    (RESULTS / "store.md").write_text(text)
    print(text.split("\n\n", 2)[2])
    return all(value <= LIMIT for times in seconds.values() for value in times.values())


READER = r"""
import json, sys
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.plugins.hparams import plugin_data_pb2
import mlflow
logs, mlruns = sys.argv[1:]
import pathlib
folder, = pathlib.Path(logs).iterdir()
accumulator = event_accumulator.EventAccumulator(str(folder), size_guidance={"tensors": 0, "scalars": 0})
accumulator.Reload()
tags = accumulator.Tags()
hparams = {}
for tag in ("experiment", "session_start_info", "session_end_info"):
    content = accumulator.SummaryMetadata(f"_hparams_/{tag}").plugin_data.content
    hparams[tag] = plugin_data_pb2.HParamsPluginData.FromString(content)
start = hparams["session_start_info"].session_start_info.hparams
client = mlflow.MlflowClient(tracking_uri=pathlib.Path(mlruns).as_uri())
experiment, = [e for e in client.search_experiments() if e.name == "hone"]
run, = client.search_runs([experiment.experiment_id])
print(json.dumps({
    "scalars": {t: [[e.step, e.value] for e in accumulator.Scalars(t)] for t in tags["scalars"]},
    **{k: sorted(t for t in tags["tensors"] if accumulator.SummaryMetadata(t).plugin_data.plugin_name == k)
       for k in ("text", "histograms", "images")},
    "settings": {k: getattr(v, v.WhichOneof("kind")) for k, v in start.items()},
    "named": sorted(i.name for i in hparams["experiment"].experiment.hparam_infos),
    "status": hparams["session_end_info"].session_end_info.status,
    "mlflow": {
        "params": run.data.params, "metrics": run.data.metrics, "tags": run.data.tags,
        "status": run.info.status, "name": run.info.run_name,
        "history": [[m.step, m.value] for m in client.get_metric_history(run.info.run_id, "validationLoss")],
        "files": [f.path for f in client.list_artifacts(run.info.run_id)],
    }}))
"""


def environment(folder):
    """A Python with TensorBoard and MLflow."""
    place = pathlib.Path(folder) / "venv"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    subprocess.run(
        [place / "bin/pip", "install", "-q", "tensorboard==2.21.0", "mlflow-skinny==3.17.2"], check=True)
    return place / "bin/python"


def tracking(folder):
    """Reads a run's export with the readers that it is meant for."""
    trained, _ = hone(
        "train", "digits", "--epochs", "3", "--store", "t.sqlite", "--tensorboard", "live", folder=folder)
    run = trained["run"]
    for form in ("tensorboard", "mlflow"):
        hone("runs", "export", run, "--format", form, "-o", form, "--store", "t.sqlite", folder=folder)
    exported = subprocess.run(
        [HONE, "runs", "export", run, "--store", "t.sqlite"], cwd=folder, capture_output=True, text=True, check=True)
    evidence = json.loads(exported.stdout)["evidence"]
    python = environment(folder)

    def read(logs):
        result = subprocess.run(
            [python, "-c", READER, f"{folder}/{logs}", f"{folder}/mlflow"], capture_output=True, text=True,
            env=os.environ | {"MLFLOW_ALLOW_FILE_STORE": "true"})
        if result.returncode != 0:
            sys.exit(f"prove: tracking: {result.stderr[-3000:]}")
        return json.loads(result.stdout)

    seen, live = read("tensorboard"), read("live")
    single = lambda number: array.array("f", [number])[0]
    losses = [[e["epoch"], single(e["validationLoss"])] for e in evidence["epochs"]]
    checks = {
        "TensorBoard reads every epoch's validation loss": seen["scalars"]["epoch/validationLoss"] == losses,
        "TensorBoard reads every sampled step's loss":
            seen["scalars"]["step/loss"] == [[s["step"], single(s["loss"])] for s in evidence["steps"]],
        "TensorBoard reads the texts": {"command", "configuration"} <= set(seen["text"]),
        "the HParams page has all settings": set(seen["settings"]) == set(seen["named"])
            and seen["settings"]["model.name"] == "mlp",
        "the HParams page knows that the run succeeded": seen["status"] == 1,
        "what is written while training has the export's numbers": all(
            live["scalars"][tag] == seen["scalars"][tag] for tag in ("epoch/validationLoss", "step/loss", "test/metric")),
        "and histograms of weights and gradients": {tag.split("/")[0] for tag in live["histograms"]}
            == {"weights", "gradients"},
        "and the first batch as a picture": live["images"] == ["data/firstBatch"],
        "and settings and status for the HParams page": live["settings"] == seen["settings"] and live["status"] == 1,
        "MLflow reads settings": seen["mlflow"]["params"]["model.name"] == "mlp",
        "MLflow reads every epoch's validation loss":
            seen["mlflow"]["history"] == [[e["epoch"], e["validationLoss"]] for e in evidence["epochs"]],
        "MLflow reads the result": seen["mlflow"]["metrics"]["test/metric"] == evidence["run"]["test"]["metric"],
        "MLflow reads status and name": (seen["mlflow"]["status"], seen["mlflow"]["name"]) == ("FINISHED", trained["name"]),
        "MLflow finds the model's file": "model.safetensors" in seen["mlflow"]["files"],
    }
    text = header("What other programs read of a run", "Scripts/prove tracking")
    text += "TensorBoard 2.21.0 and MLflow 3.17.2, by their own readers.\n\n| | |\n|---|---|\n"
    for name, holds in checks.items():
        text += f"| {name} | {'yes' if holds else 'NO'} |\n"
        print(f"prove: tracking: {name}: {'yes' if holds else 'NO'}", flush=True)
    (RESULTS / "tracking.md").write_text(text)
    return all(checks.values())

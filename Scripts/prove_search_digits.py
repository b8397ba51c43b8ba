"""The part `search-digits` of Scripts/prove: a search of the digits beside Optuna driving PyTorch, on the same two cores."""
import json
import math
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime

from prove_search_workers import program
from proving import RESULTS, ROOT, header, hone

SEEDS = range(int(os.environ.get("HONE_SEARCH_SEEDS", "20")))
TRIALS = int(os.environ.get("HONE_SEARCH_TRIALS", "40"))
EPOCHS = 600
WORKERS = 2
PEER = ROOT / "Benchmarks/optuna_digits.py"
# What Optuna's TPE with successive halving reached where the target was set.
SEEN = 0.079
SPACE = """\
data: {validation: 0.25, test: 0, batchSize: 64, normalize: unit}
model:
  name: mlp
  widths: [128, 64]
  normalization: batchNorm
  dropout: {uniform: [0, 0.5]}
optimizer:
  kind: adamW
  learningRate: {logUniform: [1e-4, 1e-1]}
  weightDecay: {logUniform: [1e-6, 1e-2]}
training: {epochs: 30, precision: fp32}
"""


def python():
    """A Python that has the peer; None where there is none."""
    found = os.environ.get("HONE_OPTUNA_PYTHON") or os.environ.get("HONE_PYTHON", sys.executable)
    has = subprocess.run([found, "-c", "import optuna, torch"], capture_output=True).returncode == 0
    return found if has else None


def ours(folder, seed, *words, stack=None):
    place = pathlib.Path(tempfile.mkdtemp(dir=folder))
    (place / "space.yaml").write_text(SPACE)
    extra = ["--stack", stack] if stack else []
    record, seconds = hone(
        "search", "digits", "--space", "space.yaml", "--sampler", "tpe", "--seed", str(seed), "--workers", str(WORKERS),
        "--threads", "1", *words, *extra, folder=place)
    return record, between(place / ".hone/hone.sqlite"), seconds


def between(store):
    """Seconds from the start of the first trial to the end of the last, as the store has them."""
    trials = [json.loads(row[0]) for row in sqlite3.connect(store).execute("SELECT record FROM trials WHERE sequence IS NOT NULL")]
    times = [[datetime.fromisoformat(trial[key].replace("Z", "+00:00")) for trial in trials] for key in ("started", "ended")]
    return (max(times[1]) - min(times[0])).total_seconds()


def held(bench, folder, seed):
    """A file with the samples that our side judges this seed's trials by, for the other to do the same."""
    path = folder / f"held-{seed}.json"
    path.write_text(subprocess.run([bench, "split", "0.25", str(seed)], check=True, capture_output=True, text=True).stdout)
    return path


def peer(python_path, folder, seed, amount, judged):
    """Both workers from their common start to the end of the later one, and all of both processes."""
    begun = time.monotonic()
    storage = f"sqlite:///{folder}/optuna-{seed}-{amount}.db"
    command = [python_path, PEER, storage, "digits", str(seed)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    workers = []
    for number in range(WORKERS):
        worker = subprocess.Popen(
            [*command, str(number), amount, str(judged)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=environment)
        worker.stdout.readline()
        workers.append(worker)
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    found = [json.loads(worker.communicate()[0].splitlines()[-1]) for worker in workers]
    whole = time.monotonic() - begun
    return *(max(row[key] for row in found) for key in ("best", "seconds", "trials")), whole


def spread(values):
    """The mean and half of its 95 % interval, normal."""
    return statistics.mean(values), 1.96 * statistics.stdev(values) / math.sqrt(len(values))


def difference(first, second):
    """The mean difference over seeds, which share a split, with its 95 % interval."""
    mean, half = spread([own - other for own, other in zip(first, second)])
    return f"{mean:+.4f} [{mean - half:+.4f}, {mean + half:+.4f}]"


def search_digits(folder):
    folder = pathlib.Path(folder)
    python_path = python()
    if not python_path:
        print("prove: search-digits skipped: neither HONE_OPTUNA_PYTHON nor HONE_PYTHON names a Python with optuna and torch.")
        return
    rows = {"Optuna": [], "Hone": [], "Hone, stacked": []}
    losses = {"Optuna": [], "Hone": []}
    bench = program()
    for seed in SEEDS:
        judged = held(bench, folder, seed)
        best, seconds, trials, whole = peer(python_path, folder, seed, str(TRIALS), judged)
        rows["Optuna"].append((best, 60 * trials / seconds, 60 * trials / whole))
        for name, stack in (("Hone", None), ("Hone, stacked", "auto")):
            record, seconds, whole = ours(folder, seed, "--objective", "metric", "--trials", str(TRIALS), stack=stack)
            rows[name].append((record["best"]["value"], 60 * TRIALS / seconds, 60 * TRIALS / whole))
        loss, _, _, _ = peer(python_path, folder, seed, f"EPOCHS={EPOCHS // WORKERS}", judged)
        losses["Optuna"].append(-loss)
        record, _, _ = ours(folder, seed, "--pruner", "asha", "--total-epochs", str(EPOCHS), "--trials", "100000")
        losses["Hone"].append(record["best"]["value"])
        print(
            f"prove: search-digits: seed {seed}: " + ", ".join(f"{name} {values[-1][1]:.0f}/min {values[-1][0]:.4f}" for name, values in rows.items())
            + f"; loss {losses['Hone'][-1]:.4f}, Optuna {losses['Optuna'][-1]:.4f}", flush=True)
    (RESULTS / "search-digits.md").write_text(page(rows, losses))


def page(rows, losses):
    count = len(losses["Hone"])
    text = header("A search of the digits beside Optuna and PyTorch", "Scripts/prove search-digits")
    text += (
        f"An MLP 64-128-64-10 with batch normalization and dropout, AdamW, batches of 64, 30 epochs a trial; learning rate, weight "
        f"decay and dropout searched by TPE, {TRIALS} trials, {WORKERS} processes of one thread on one study in SQLite, both sides; a "
        f"quarter of the samples judges, the same ones on both sides. {count} seeds. Rates are from the first trial's start to the last one's end, and, of the whole "
        "commands, with the start of the processes and Python's imports. Every trial is judged by its best epoch.\n\n"
        "| | trials a minute, median | times Optuna | of whole commands | times Optuna | best validation accuracy, mean | less Optuna's, 95 % |\n"
        "|---|---:|---:|---:|---:|---:|---|\n")
    values = [best for best, _, _ in rows["Optuna"]]
    for name, runs in rows.items():
        cells = []
        for column in (1, 2):
            rates = [run[column] for run in runs]
            ratios = [rate / other[column] for rate, other in zip(rates, rows["Optuna"])]
            cells += [f"{statistics.median(rates):.0f}", f"{statistics.median(ratios):.2f}"]
        text += (
            f"| {name} | {' | '.join(cells)} | {statistics.mean(best for best, _, _ in runs):.4f} | "
            f"{'–' if name == 'Optuna' else difference([best for best, _, _ in runs], values)} |\n")
    mean, half = spread(losses["Hone"])
    other, other_half = spread(losses["Optuna"])
    return text + (
        f"\nWith asynchronous successive halving ({EPOCHS} epochs in all, validation cross-entropy of the best epoch): Hone {mean:.4f} "
        f"[{mean - half:.4f}, {mean + half:.4f}], Optuna {other:.4f} [{other - other_half:.4f}, {other + other_half:.4f}], difference "
        f"{difference(losses['Hone'], losses['Optuna'])} (below zero is better; {SEEN} was seen of Optuna before). Differences "
        "are those of seeds, each of which is one split.\n")

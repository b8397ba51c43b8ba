"""The parts `budgets`, `costs`, `logging` and `stacks` of Scripts/prove.

budgets: runs that are given a time, and the time that they took.
costs: what checkpoints, forgetting activations and a fixed order of sums cost and save.
logging: what writing metrics costs a step of a millisecond, by a test that measures it.
stacks: how many runs of one shape it pays to train together, by the benchmarks' program.
"""
import json
import os
import re
import statistics
import subprocess
import sys

from proving import HONE, RESULTS, ROOT, header, hone

BOUND = 0.02
# Two hidden layers on the digits: 64 inputs, 10 classes, 9,847,710 parameters.
TEN_MILLION = ["train", "digits", "--model", "mlp", "--set", "model.widths=[3100, 3100]", "--batch-size", "64"]
LONG = ["--epochs", "100000"]

BUDGETS = [
    ("MLP on the digits", ["train", "digits", "--model", "mlp", *LONG], ["2s", "5s", "20s"]),
    ("the same, 30 % for validation, a checkpoint wanted every 5 steps",
     ["train", "digits", "--model", "mlp", *LONG, "--set", "data.validation=0.3",
      "--set", "training.checkpointEvery={steps: 5}"], ["5s", "20s"]),
    ("CNN on the digits with an average of the weights, whose statistics are found anew after each epoch",
     ["train", "digits", "--model", "cnn", *LONG, "--set", "data.validation=0.3",
      "--set", "training.averaging=ema"], ["5s", "15s"]),
    ("MLP of ten million parameters on the digits", [*TEN_MILLION, *LONG], ["10s", "40s"]),
    ("CNN on Fashion-MNIST, 6,000 images for validation; the first two end within the first epoch",
     ["train", "fashion-mnist", "--model", "cnn", *LONG], ["5s", "10s", "40s"]),
]


def seconds(text):
    return float(text.removesuffix("s"))


def budgets(folder):
    """Times that runs were given and times that they took."""
    rows = []
    for name, arguments, lengths in BUDGETS:
        if "fashion-mnist" in arguments and not os.environ.get("HONE_DATA"):
            print(f"prove: budgets: {name} skipped: HONE_DATA does not name the data sets' folder.")
            continue
        for length in lengths:
            record, whole = hone(
                *arguments, "--budget", length, "--store", f"{folder}/{len(rows)}/b.sqlite", folder=folder)
            rows.append((name, seconds(length), record["seconds"], whole, record["epochs"], record["status"]))
            print(
                f"prove: budgets: {name}: {length}: {record['seconds']:.2f} s "
                f"({record['seconds'] / seconds(length) - 1:+.2%}), {record['epochs']} epochs", flush=True)
    steps = []
    for count in (1, 57, 1000):
        record, _ = hone(
            "train", "digits", "--model", "mlp", *LONG, "--set", f"training.budget={{steps: {count}}}",
            "--name", f"steps-{count}", "--store", "steps.sqlite", folder=folder)
        exported = subprocess.run(
            [HONE, "runs", "export", record["run"], "--store", "steps.sqlite"], cwd=folder, capture_output=True,
            text=True, check=True)
        steps.append((count, json.loads(exported.stdout)["evidence"]["epochs"][-1]["step"]))
    holds = all(abs(took / given - 1) <= BOUND for _, given, took, *_ in rows) and all(a == b for a, b in steps)
    text = header("Budgets of time and steps", "Scripts/prove budgets")
    text += (
        "`hone train … --budget TIME --epochs 100000`. The time is that of the run's record, from the preparation of the "
        "first step to the end of the last evaluation, checkpoints included; the whole command also starts, reads the data "
        f"and evaluates the test split. Wanted is a difference of at most {BOUND:.0%}.\n\n"
        "| run | budget | took | difference | whole command | epochs |\n|---|---|---|---|---|---|\n")
    for name, given, took, whole, epochs, status in rows:
        text += (
            f"| {name} | {given:.0f} s | {took:.2f} s | {took / given - 1:+.2%} | {whole:.2f} s | {epochs} |\n")
    text += "\nBudgets of steps (`training.budget={steps: N}`): " + ", ".join(
        f"{given:,} given, {took:,} taken" for given, took in steps) + ".\n"
    (RESULTS / "budgets.md").write_text(text)
    return holds


def peak(arguments, folder):
    """A run's record and the most memory that its process had, in bytes."""
    output = f"{folder}/peak.json"
    with open(output, "w") as out, open(f"{folder}/peak.log", "w") as log:
        process = subprocess.Popen(
            [HONE, *arguments, "--json", "--lang", "en"], cwd=folder, stdout=out, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"prove: hone {' '.join(arguments)}: {open(f'{folder}/peak.log').read()[-2000:]}")
    return json.load(open(output)), usage.ru_maxrss * 1024, open(f"{folder}/peak.log").read()


def checkpoint_costs(folder):
    """Shares of the time that a large model's checkpoints took, in short and long runs."""
    rows = []
    for length in ("30s", "120s", "240s"):
        store = f"{folder}/checkpoints-{length}/c.sqlite"
        record, _ = hone(*TEN_MILLION, *LONG, "--budget", length, "--store", store, folder=folder)
        exported = subprocess.run(
            [HONE, "runs", "export", record["run"], "--store", store], cwd=folder, capture_output=True, text=True,
            check=True)
        run = json.loads(exported.stdout)["evidence"]["run"]
        cost = run.get("checkpoints") or {"count": 0, "stalledSeconds": 0, "writingSeconds": 0, "bytes": 0}
        share = (cost["stalledSeconds"] + cost["writingSeconds"]) / run["seconds"]
        rows.append((length, cost, share, run["parameters"]))
        print(f"prove: costs: {length}: {cost['count']} checkpoints, {share:.2%}", flush=True)
    text = (
        f"## Checkpoints of a large model\n\nAn MLP of {rows[0][3]:,} parameters with AdamW, `{' '.join(['hone', *TEN_MILLION])} "
        "--epochs 100000 --budget TIME`. The share counts the time that training stood still and the processor time "
        "that writing took beside it.\n\n| time | checkpoints | size | stood still | writing | share |\n|---|---|---|---|---|---|\n")
    for length, cost, share, _ in rows:
        text += (
            f"| {seconds(length):.0f} s | {cost['count']} | {cost['bytes'] / 1e6:.0f} MB | {cost['stalledSeconds']:.2f} s | "
            f"{cost['writingSeconds']:.2f} s | {share:.2%} |\n")
    return text, all(share <= BOUND for _, _, share, _ in rows)


def memory_costs(folder):
    """Peak memory and time of a deep network with and without forgetting activations."""
    rows = []
    for forgets in ("false", "true"):
        arguments = [
            "train", "digits", "--model", "resnet56", "--batch-size", "256", "--epochs", "100", "--seed", "1",
            "--set", "data.imageSize=32", "--set", "training.budget={steps: 4}", "--set", f"training.activationCheckpointing={forgets}",
            "--store", f"{folder}/memory-{forgets}/m.sqlite"]
        record, most, _ = peak(arguments, folder)
        rows.append((forgets, most, record["seconds"], record["samplesPerSecond"], record["final"]["trainLoss"]))
        print(f"prove: costs: activationCheckpointing {forgets}: {most / 1e6:.0f} MB", flush=True)
    text = (
        "## Activations that are computed again\n\n`hone train digits --model resnet56 --batch-size 256 --set "
        "data.imageSize=32 --set training.budget={steps: 4} --set training.activationCheckpointing=…`: the most memory that the whole process had "
        "(libtorch and the data are in it), and the training speed.\n\n"
        "| activationCheckpointing | peak memory | samples a second | training loss |\n|---|---|---|---|\n")
    for forgets, most, _, speed, loss in rows:
        text += f"| {forgets} | {most / 1e6:.0f} MB | {speed:.0f} | {loss:.6f} |\n"
    saved, slower = 1 - rows[1][1] / rows[0][1], rows[0][3] / rows[1][3]
    text += f"\n{saved:.0%} less memory for {slower:.2f} times the time of a step.\n"
    return text, rows[1][1] < rows[0][1]


def determinism_costs(folder):
    """Speeds with and without --deterministic, of a small and a large model."""
    models = [("MLP, 64 hidden units", ["train", "digits", "--model", "mlp", "--set", "model.widths=[64]"], 2000),
              ("MLP of ten million parameters", TEN_MILLION, 120),
              ("CNN on the digits", ["train", "digits", "--model", "cnn", "--batch-size", "64"], 400)]
    text = (
        "## A fixed order of sums\n\n`--deterministic` makes results independent of the number of threads: operations use one. "
        "Samples a second, median of three runs of each kind in turn, and what Hone said of the cost before the run.\n\n"
        "| model | without | with | ratio | said |\n|---|---|---|---|---|\n")
    for name, arguments, steps in models:
        speeds, said = {False: [], True: []}, ""
        for turn in range(3):
            for fixed in (False, True):
                words = [
                    *arguments, *LONG, "--set", f"training.budget={{steps: {steps}}}",
                    "--store", f"{folder}/fixed.sqlite", *(["--deterministic"] if fixed else [])]
                record, _, log = peak(words, folder)
                speeds[fixed].append(record["samplesPerSecond"])
                if fixed:
                    said = next((l for l in log.splitlines() if l.startswith("deterministic:")), "")
        usual, slow = statistics.median(speeds[False]), statistics.median(speeds[True])
        ratio = re.search(r"\(([\d.]+) times\)", said)
        text += (
            f"| {name} | {usual:.0f} | {slow:.0f} | {usual / slow:.2f} times the time | "
            f"{ratio.group(1) + ' times' if ratio else 'costs nothing'} |\n")
        print(f"prove: costs: deterministic: {name}: {usual / slow:.2f} times; said: {said}", flush=True)
    return text


def costs(folder):
    """What features cost and save."""
    checkpoints, cheap = checkpoint_costs(folder)
    memory, saves = memory_costs(folder)
    text = header("What safety costs", "Scripts/prove costs") + "\n".join([checkpoints, memory, determinism_costs(folder)])
    (RESULTS / "costs.md").write_text(text)
    return cheap and saves


def logging(folder):
    """What logging every step costs, by StoreCostMeasurement in a release build."""
    result = subprocess.run(
        ["swift", "test", "-c", "release", "-Xswiftc", "-enable-testing", "--disable-xctest", "--scratch-path",
         ".build/logging", "--filter", "StoreCostMeasurement"], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"HONE_MEASURE": "1", "HONE_TARGETS": "HoneStore", "HONE_RECORDS_ONLY": "1"})
    found = re.findall(r"measured: (\w+): loop (-?[\d.e-]+) % longer, a call ([\d.]+) µs", result.stdout)
    if result.returncode != 0 or not found:
        sys.exit(f"prove: logging: {result.stdout[-2000:]}{result.stderr[-2000:]}")
    text = header("What writing metrics costs", "Scripts/prove logging")
    text += (
        "A loop of steps of a millisecond of arithmetic, with and without `RunWriter.log` of a sampled step in each, in turn; "
        "medians of seven rounds of 3,000 steps. Writing is done by a thread of its own, so the loop's time is the cost on a "
        "machine with a free core; a call is what the loop itself spends. Wanted is less than 1 %.\n\n"
        "| store | loop longer by | a call | share of a step |\n|---|---|---|---|\n")
    for kind, share, call in found:
        text += f"| {kind} | {float(share):.2f} % | {float(call):.2f} µs | {float(call) / 10:.2f} % |\n"
        print(f"prove: logging: {kind}: {float(share):.2f} % longer, a call {float(call):.2f} µs", flush=True)
    (RESULTS / "logging.md").write_text(text)
    return all(float(share) < 1 and float(call) < 10 for _, share, call in found)


def stacks(folder):
    """From how many runs on it pays to train runs of one shape as one computation."""
    program = os.environ.get("HONE_BENCH_PROGRAM")
    if not program:
        subprocess.run(
            ["swift", "build", "-c", "release", "--static-swift-stdlib", "--package-path", ROOT / "Benchmarks"], check=True)
        program = ROOT / "Benchmarks/.build/release/HoneBench"
    result = subprocess.run([program, "stacks"], capture_output=True, text=True, check=True, cwd=folder)
    text = header("Runs of one shape trained together", "Scripts/prove stacks")
    text += (
        "Whole runs of five epochs on the built-in digits in batches of 64, with an evaluation after each epoch, on one thread: a "
        "perceptron with AdamW, each run with another rate. How many times faster runs trained together (`TrainingStack`) are than as "
        "many trained one after another, by their number; above 1 it pays. Median of three rounds, the least and the most in "
        f"parentheses.\n\n{result.stdout}\n"
        "`hone search --stack auto` measures this on the study's own model before its first trial (Documentation/Search.md).\n")
    (RESULTS / "stacks.md").write_text(text)
    print(f"prove: stacks: {result.stdout.splitlines()[-1]}", flush=True)

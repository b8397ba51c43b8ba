"""The part `search-workers` of Scripts/prove: processes on one study, and what killing them costs.

Eight processes share a study in SQLite and, where it is installed, in PostgreSQL: how many trials a
second, how long one asks, what is left after a random one is killed each second for a minute, how often
points of a queue are run, and what one worker's trial costs as the study grows.
"""
import json
import os
import pathlib
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import time

from prove_store import Server
from proving import RESULTS, ROOT, header

WORKERS = 8
COUNTS = [100, 1000, 5000]
KILL_SECONDS = int(os.environ.get("HONE_KILL_SECONDS", "60"))
# Trials a second that are wanted, and milliseconds that 99 of 100 asks may take.
WANTED = {"SQLite": 1000, "PostgreSQL": 500}
LONGEST_ASK = 100
# Milliseconds of a trial in SQLite at any of the counts, by what it survives.
LONGEST_TRIAL = {"crash": 1, "power": 10}
LONGEST_RECOVERY = 2


def program():
    """HoneSearchBench, built where no other is named."""
    named = os.environ.get("HONE_SEARCH_BENCH_PROGRAM")
    if named:
        return named
    subprocess.run(
        ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "HoneSearchBench"], cwd=ROOT, check=True,
        env=os.environ | {"HONE_SEARCH_BENCH": "1", "HONE_TARGETS": "HoneSearchBench", "HONE_RECORDS_ONLY": "1"})
    return str(ROOT / ".build/release/HoneSearchBench")


def search(folder):
    """Scripts/prove_search.py, by the Python that has its peers."""
    python = os.environ.get("HONE_OPTUNA_PYTHON") or os.environ.get("HONE_PYTHON", sys.executable)
    minutes = os.environ.get("HONE_SEARCH_MINUTES", "30")
    share = os.environ.get("HONE_SEARCH_SHARE", "1")
    subprocess.run(
        [python, ROOT / "Scripts/prove_search.py", minutes, share], check=True,
        env=os.environ | {"HONE_SEARCH_BENCH_PROGRAM": program()})


class Worker:
    """A process that is connected and waits for its start."""

    def __init__(self, bench, store, study, sampler, milliseconds=0, log="-"):
        self.process = subprocess.Popen(
            [bench, "work", store, study, sampler, str(milliseconds), log],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "ready":
            sys.exit(f"prove: search-workers: a worker on {store} did not start")

    def start(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def result(self):
        output, _ = self.process.communicate(timeout=600)
        if self.process.returncode != 0:
            sys.exit(f"prove: search-workers: a worker ended with {self.process.returncode}")
        return json.loads(output)


def create(bench, store, study, sampler, trials, queued=0):
    subprocess.run([bench, "create", store, study, sampler, str(trials), str(queued)], check=True)


def record(bench, store, study):
    return json.loads(subprocess.run(
        [bench, "show", store, study], check=True, capture_output=True, text=True).stdout)


def states(found):
    counts = {}
    for trial in found["trials"]:
        counts[trial["state"]] = counts.get(trial["state"], 0) + 1
    return counts


def throughput(bench, store, study, sampler, trials):
    """Trials a second from the common start to the last end, and percentiles of tell and ask."""
    create(bench, store, study, sampler, trials)
    workers = [Worker(bench, store, study, sampler) for _ in range(WORKERS)]
    begun = time.monotonic()
    for worker in workers:
        worker.start()
    results = [worker.result() for worker in workers]
    seconds = max(result["seconds"] for result in results)
    gaps = sorted(gap for result in results for gap in result["gaps"])
    found = record(bench, store, study)
    dense = [trial["number"] for trial in found["trials"]] == list(range(trials))
    complete = states(found) == {"completed": trials} and len(set(found["order"])) == trials
    return {
        "rate": trials / seconds, "p50": gaps[len(gaps) // 2], "p99": gaps[int(0.99 * len(gaps))],
        "longest": gaps[-1], "whole": dense and complete, "wall": time.monotonic() - begun}


def kills(bench, folder, store, integrity):
    """Kills a random worker each second, another takes its place, and all trials must come out right."""
    log = f"{folder}/kills.log"
    pathlib.Path(log).write_text("")
    trials = int(KILL_SECONDS * WORKERS * 0.9)
    create(bench, store, "kills", "random", trials)
    generator = random.Random(0)
    workers = [Worker(bench, store, "kills", "random", 1000, log) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    killed = {}
    begun = time.monotonic()
    for second in range(KILL_SECONDS):
        time.sleep(max(0, begun + second + 1 - time.monotonic()))
        index = generator.randrange(WORKERS)
        old = workers[index].process
        killed[old.pid] = time.time()
        old.send_signal(signal.SIGKILL)
        old.wait()
        workers[index] = Worker(bench, store, "kills", "random", 1000, log)
        workers[index].start()
    for worker in workers:
        worker.result()
    found = record(bench, store, "kills")
    starts = {}
    for line in pathlib.Path(log).read_text().splitlines():
        number, first, process, at = line.split()
        starts.setdefault(int(number), []).append((int(first), int(process), float(at)))
    recoveries, resumed, again = [], 0, 0
    for rows in starts.values():
        for (before, process, at), (first, _, later) in zip(rows, rows[1:]):
            if process not in killed:
                sys.exit("prove: search-workers: a trial was started again whose worker lived")
            again += 1
            recoveries.append(later - killed[process])
            # A step takes a tenth of a second: whoever had longer has left a checkpoint.
            resumed += first > before or killed[process] - at < 0.25
    ended = states(found)
    reasons = [t.get("failure") for t in found["trials"] if t["state"] == "failed"]
    repeated = [t["number"] for t in found["trials"]
                if [r["step"] for r in t["reports"]] != sorted({r["step"] for r in t["reports"]})]
    whole = (len(found["trials"]) == trials and sorted(found["order"]) == list(range(trials))
             and set(ended) <= {"completed", "pruned", "failed"} and all(reasons) and not repeated
             and all(len(t["reports"]) == 10 for t in found["trials"] if t["state"] == "completed"))
    return {
        "trials": trials, "kills": len(killed), "ended": ended, "reasons": sorted(set(reasons)), "again": again,
        "resumed": resumed, "recovery": max(recoveries, default=0), "median": statistics.median(recoveries or [0]),
        "whole": whole and integrity()}


def queue(bench, folder, store):
    """Runs of eighty enqueued points by eight workers."""
    log = f"{folder}/queue.log"
    pathlib.Path(log).write_text("")
    create(bench, store, "queue", "random", 80, 80)
    workers = [Worker(bench, store, "queue", "random", 20, log) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.result()
    runs = [int(line.split()[0]) for line in pathlib.Path(log).read_text().splitlines()]
    points = {trial["parameters"]["x0"] for trial in record(bench, store, "queue")["trials"]}
    return len(runs), len(set(runs)), len(points)


def overhead(bench, folder):
    costs = {}
    for kind in LONGEST_TRIAL:
        rows = []
        for repeat in range(3):
            output = subprocess.run(
                [bench, "stored", f"{folder}/overhead-{kind}-{repeat}.sqlite", "tpe", kind] + [str(c) for c in COUNTS],
                check=True, capture_output=True, text=True).stdout
            rows.append(json.loads(output))
        costs[kind] = {count: statistics.median(row[str(count)] for row in rows) for count in COUNTS}
    return costs


def flush_milliseconds(folder):
    """The median time that the disk takes for a page."""
    times = []
    with open(f"{folder}/flush", "wb") as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            start = time.perf_counter()
            file.flush()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def page(results, costs, flush):
    text = header("Workers on one study", "Scripts/prove search-workers")
    text += (
        f"{WORKERS} processes share a study of five floats. Trials take no time, the clock starts when all workers are "
        "connected, and an ask is all from the end of one trial to the start of the next: telling the result, taking the "
        "next number, reading what the others found, suggesting, writing the point. SQLite in its usual setting, which "
        "survives the end of any process.\n\n"
        "| store | sampler | trials | trials a second | wanted | median ask, ms | 99th percentile, ms | numbers dense, each "
        "trial once |\n|---|---|---|---|---|---|---|---|\n")
    for name, result in results.items():
        for sampler, row in result["throughput"].items():
            text += (f"| {name} | {sampler} | {row['trials']:,} | {row['rate']:,.0f} | {WANTED[name]:,} | {row['p50']:.1f} "
                     f"| {row['p99']:.1f} | {'yes' if row['whole'] else 'NO'} |\n")
    text += (
        f"\n## Killed workers\n\nTrials of a second with a report and a checkpoint each tenth of it; `kill -9` of a random "
        f"worker each second for {KILL_SECONDS} s, another process takes its place. Recovery is from the kill to the start "
        "of the trial by another worker.\n\n"
        "| store | trials | kills | ended | started again | on from the checkpoint | recovery, median and longest, s | nothing "
        "lost or doubled, store whole |\n|---|---|---|---|---|---|---|---|\n")
    for name, result in results.items():
        row = result["kills"]
        ended = ", ".join(f"{row['ended'][state]} {state}" for state in sorted(row["ended"]))
        reasons = f" ({', '.join(row['reasons'])})" if row["reasons"] else ""
        text += (f"| {name} | {row['trials']} | {row['kills']} | {ended}{reasons} | {row['again']} | {row['resumed']} | "
                 f"{row['median']:.2f}, {row['recovery']:.2f} | {'yes' if row['whole'] else 'NO'} |\n")
    text += f"\n## The queue\n\nEighty enqueued points and {WORKERS} workers:"
    text += "".join(f" {name} ran {result['queue'][0]} trials of {result['queue'][2]} points." for name, result in results.items())
    text += (
        "\n\n## A trial's cost\n\nOne worker, TPE, five floats, SQLite: milliseconds a trial over the 50 trials that end at "
        f"the count, median of three studies. This disk takes {flush:.1f} ms to keep a page.\n\n| safe against | "
        + " | ".join(f"{count:,}" for count in COUNTS) + " | wanted |\n|---|" + "---|" * len(COUNTS) + "---|\n")
    for kind, name in (("crash", "the end of a process"), ("power", "a power cut")):
        text += f"| {name} | " + " | ".join(f"{value:.2f}" for value in costs[kind].values()) + f" | {LONGEST_TRIAL[kind]} |\n"
    return text


def measure(bench, folder, store, integrity):
    rows = {}
    for sampler, trials in (("random", 8000), ("tpe", 1600)):
        rows[sampler] = throughput(bench, store, f"rate-{sampler}", sampler, trials) | {"trials": trials}
        print(f"prove: search-workers: {store} {sampler}: {rows[sampler]}", flush=True)
    result = {"throughput": rows, "queue": queue(bench, folder, store)}
    print(f"prove: search-workers: queue {result['queue']}", flush=True)
    result["kills"] = kills(bench, folder, store, integrity)
    print(f"prove: search-workers: {result['kills']}", flush=True)
    return result


def search_workers(folder):
    """Throughput, kills, queue and cost; false where one is not as wanted."""
    bench = program()
    costs = overhead(bench, folder)
    print(f"prove: search-workers: {costs}", flush=True)
    path = f"{folder}/workers.sqlite"

    def integrity():
        return sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    results = {"SQLite": measure(bench, folder, path, integrity)}
    with Server(f"/tmp/hone-prove-{time.monotonic_ns() % 10**9}") as server:
        if server.runs:
            results["PostgreSQL"] = measure(bench, folder, server.address, lambda: True)
        else:
            print("prove: search-workers: PostgreSQL is not installed; SQLite alone was measured.")
    (RESULTS / "search-workers.md").write_text(page(results, costs, flush_milliseconds(folder)))
    good = all(max(costs[kind].values()) <= LONGEST_TRIAL[kind] for kind in costs)
    for name, result in results.items():
        best = max(row["rate"] for row in result["throughput"].values())
        good &= best >= WANTED[name] and all(
            row["p99"] <= LONGEST_ASK and row["whole"] for row in result["throughput"].values())
        good &= result["queue"] == (80, 80, 80)
        kill = result["kills"]
        good &= kill["whole"] and kill["recovery"] <= LONGEST_RECOVERY and kill["resumed"] == kill["again"]
    return good

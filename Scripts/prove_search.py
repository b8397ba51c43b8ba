"""Measures the search samplers beside Optuna 5 and Rustuna and writes Documentation/Results/search.md.

Usage: Scripts/prove_search.py [MINUTES [SHARE]], or the part `search` of Scripts/prove
Needs a release build of HoneSearchBench, and Python with optuna 5, rustuna, cmaes and scipy.

Protocol, fixed before the first run: six functions, the samplers with their peers' defaults, paired
seeds from 0, the regret after 25, 50, 100 and 200 trials. A cell is at parity where the bootstrap
90 % interval of the median paired log ratio lies within ln 0.67 and ln 1.5, better or worse where
Wilcoxon's paired test has p < 0.01 after Holm over all cells, else unresolved. Every cell is printed.
"""
import json
import math
import os
import pathlib
import subprocess
import sys
import time

import numpy as np
from scipy import stats

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUNCTIONS = {
    "branin": ([-5, 0], [10, 15], 0.397887357729739),
    "hartmann6": ([0] * 6, [1] * 6, -3.32236801141551),
    "rosenbrock4": ([-5] * 4, [10] * 4, 0.0),
    "ackley5": ([-32.768] * 5, [32.768] * 5, 0.0),
    "sphere10": ([-5] * 10, [5] * 10, 0.0),
    "rastrigin5": ([-5.12] * 5, [5.12] * 5, 0.0),
}
MARKS = [25, 50, 100, 200]
# Ours, its peer, trials, and the seeds of the whole protocol.
PAIRS = [("random", "random", 200, 200), ("tpe", "tpe", 200, 200), ("tpe", "rustuna", 200, 200),
         ("cmaes", "cmaes", 200, 200), ("gp", "gp", 100, 30)]

_HARTMANN = (
    np.array([1, 1.2, 3, 3.2]),
    np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14],
              [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]),
    1e-4 * np.array([[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
                     [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]))


def value(name, x):
    x = np.asarray(x, dtype=float)
    if name == "branin":
        return ((x[1] - 5.1 / (4 * math.pi**2) * x[0]**2 + 5 / math.pi * x[0] - 6)**2
                + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10)
    if name == "hartmann6":
        weights, scales, centers = _HARTMANN
        return float(-(weights * np.exp(-(scales * (x - centers)**2).sum(1))).sum())
    if name == "rosenbrock4":
        return float((100 * (x[1:] - x[:-1]**2)**2 + (1 - x[:-1])**2).sum())
    if name == "ackley5":
        return float(-20 * math.exp(-0.2 * math.sqrt((x**2).mean()))
                     - math.exp(np.cos(2 * math.pi * x).mean()) + 20 + math.e)
    if name == "sphere10":
        return float(((x - 0.3)**2).sum())
    return float(50 + (x**2 - 10 * np.cos(2 * math.pi * x)).sum())


def peer(name, sampler, trials, seed):
    lower, upper, lowest = FUNCTIONS[name]
    if sampler == "rustuna":
        import rustuna
        study = rustuna.create_study(sampler=rustuna.samplers.TPESampler(seed=seed))
    else:
        import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        make = {"random": optuna.samplers.RandomSampler, "tpe": optuna.samplers.TPESampler,
                "cmaes": optuna.samplers.CmaEsSampler, "gp": optuna.samplers.GPSampler}[sampler]
        study = optuna.create_study(sampler=make(seed=seed))
    best, marks = math.inf, {}

    def objective(trial):
        nonlocal best
        x = [trial.suggest_float(f"x{i}", a, b) for i, (a, b) in enumerate(zip(lower, upper))]
        result = value(name, x)
        best = min(best, result)
        if trial.number + 1 in MARKS:
            marks[str(trial.number + 1)] = best - lowest
        return result

    study.optimize(objective, n_trials=trials)
    return {"seed": seed, **marks}


def ours(bench, name, sampler, trials, seed, count):
    output = subprocess.run(
        [bench, "regret", name, sampler, str(trials), str(seed), str(count)],
        capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def gather(bench, cache, deadline, scale, sides=("ours", "peer")):
    """Fills the cache with what is missing, the two sides in turn, until the deadline."""
    for name in FUNCTIONS:
        for own, other, trials, seeds in PAIRS:
            wanted = max(3, int(seeds * scale))
            chunk = 10
            for first in range(0, wanted, chunk):
                for side, sampler in (("ours", own), ("peer", other)):
                    if side not in sides:
                        continue
                    key = f"{name}/{side}/{sampler}"
                    rows = cache.setdefault(key, {})
                    missing = [s for s in range(first, min(first + chunk, wanted)) if str(s) not in rows]
                    if not missing:
                        continue
                    if time.time() > deadline:
                        return
                    if side == "ours":
                        for row in ours(bench, name, sampler, trials, missing[0], len(missing)):
                            rows[str(row["seed"])] = row
                    else:
                        for seed in missing:
                            rows[str(seed)] = peer(name, sampler, trials, seed)


def compare(first, second, rng):
    """Median log ratio of paired regrets with its 90 % interval, and the p-value of the pairs."""
    ratios = np.log(np.maximum(first, 1e-12)) - np.log(np.maximum(second, 1e-12))
    medians = [np.median(rng.choice(ratios, len(ratios))) for _ in range(2000)]
    p = stats.wilcoxon(ratios).pvalue if np.any(ratios != 0) else 1.0
    return float(np.median(ratios)), np.quantile(medians, [0.05, 0.95]), float(p)


def holm(values):
    order, result, largest = np.argsort(values), [0.0] * len(values), 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, values[index] * (len(values) - rank)))
        result[index] = largest
    return result


def table(cache):
    rng, rows = np.random.default_rng(0), []
    for name in FUNCTIONS:
        for own, other, trials, _ in PAIRS:
            a, b = cache.get(f"{name}/ours/{own}", {}), cache.get(f"{name}/peer/{other}", {})
            seeds = sorted(set(a) & set(b), key=int)
            if len(seeds) < 3:
                continue
            for mark in [m for m in MARKS if m <= trials]:
                x = np.array([a[s][str(mark)] for s in seeds])
                y = np.array([b[s][str(mark)] for s in seeds])
                rows.append((name, own, other, mark, len(seeds), x, y, *compare(x, y, rng)))
    adjusted = holm([row[9] for row in rows])
    text = ("| function | ours | peer | trials | seeds | our median (quartiles) | its median (quartiles) "
            "| ratio, 90 % | verdict |\n|---|---|---|---|---|---|---|---|---|\n")
    counts = {}
    for row, p in zip(rows, adjusted):
        name, own, other, mark, seeds, x, y, middle, (low, high), _ = row
        if p < 0.01:
            verdict = "better" if middle < 0 else "worse"
            if low >= math.log(0.67) and high <= math.log(1.5):
                verdict = f"parity, {verdict}"
        else:
            verdict = "parity" if low >= math.log(0.67) and high <= math.log(1.5) else "unresolved"
        counts[verdict] = counts.get(verdict, 0) + 1

        def quartiles(values):
            q = np.quantile(values, [0.25, 0.5, 0.75])
            return f"{q[1]:.3g} ({q[0]:.3g}–{q[2]:.3g})"
        peer_name = {"rustuna": "Rustuna TPE"}.get(other, f"Optuna {other}")
        text += (f"| {name} | {own} | {peer_name} | {mark} | {seeds} | {quartiles(x)} | {quartiles(y)} | "
                 f"{math.exp(middle):.2f} ({math.exp(low):.2f}–{math.exp(high):.2f}) | {verdict} |\n")
    return text, counts


def against_random(cache):
    text = "| function | sampler | trials | seeds | better than random, p |\n|---|---|---|---|---|\n"
    for name in FUNCTIONS:
        base = cache.get(f"{name}/ours/random", {})
        for own, mark in (("tpe", 100), ("cmaes", 100), ("gp", 100)):
            rows = cache.get(f"{name}/ours/{own}", {})
            if min(len(base), len(rows)) < 3:
                continue
            # Not paired: every seed of either counts.
            p = stats.mannwhitneyu([row[str(mark)] for row in rows.values()],
                                   [row[str(mark)] for row in base.values()], alternative="less").pvalue
            text += f"| {name} | {own} | {mark} | {len(rows)} | {p:.2g} |\n"
    return text


def peer_overhead(sampler, dimension, counts):
    if sampler == "rustuna":
        import rustuna
        study = rustuna.create_study(sampler=rustuna.samplers.TPESampler(seed=1))
    else:
        import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
    result, start = {}, 0.0
    for done in range(1, max(counts) + 1):
        trial = study.ask()
        x = [trial.suggest_float(f"x{i}", -5, 5) for i in range(dimension)]
        study.tell(trial.number, sum(v * v for v in x))
        if done + 50 in counts:
            start = time.perf_counter()
        if done in counts:
            result[done] = (time.perf_counter() - start) * 1000 / 50
    return result


def overhead(bench, repeats):
    counts = [100, 1000, 5000]
    rows = {"Hone TPE": [], "Rustuna TPE": []}
    for _ in range(repeats):
        output = subprocess.run([bench, "overhead", "tpe", "5"] + [str(c) for c in counts],
                                capture_output=True, text=True, check=True).stdout
        rows["Hone TPE"].append({int(k): v for k, v in json.loads(output).items()})
        try:
            rows["Rustuna TPE"].append(peer_overhead("rustuna", 5, counts))
        except Exception as error:
            print("prove: rustuna:", error)
    rows["Optuna TPE"] = [peer_overhead("optuna", 5, [100, 1000])]
    text = "| milliseconds a trial after | 100 | 1,000 | 5,000 |\n|---|---|---|---|\n"
    for name, runs in rows.items():
        if runs:
            cells = [f"{np.median([r[c] for r in runs]):.3f}" if c in runs[0] else "–" for c in counts]
            text += f"| {name} | " + " | ".join(cells) + " |\n"
    return text


def main():
    """Arguments: minutes for the whole (0: all of it), and the share of the seeds."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 0
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    bench = os.environ.get("HONE_SEARCH_BENCH_PROGRAM", str(ROOT / ".build/release/HoneSearchBench"))
    store = ROOT / ".build/search-regret.json"
    cache = json.loads(store.read_text()) if store.exists() else {}
    deadline = time.time() + minutes * 60 if minutes else math.inf
    costs = overhead(bench, 3)
    print(costs, flush=True)
    try:
        gather(bench, cache, deadline, scale)
    finally:
        store.write_text(json.dumps(cache))
    cells, counts = table(cache)
    text = (
        "# Search beside Optuna and Rustuna\n\n"
        "Written by `Scripts/prove_search.py`. Optuna 5.0.0, Rustuna 0.2.0 and cmaes 0.13.1 from PyPI, each "
        "with its defaults, both sides in turn on one core of the same machine.\n\n"
        "## Overhead of a trial\n\nFive floats in memory, ask and tell, mean of the 50 trials that end at the "
        "count; median of three runs (Optuna one).\n\n" + costs + "\n## Regret\n\n"
        "Best value less the known lowest, paired seeds. Parity: the bootstrap 90 % interval of the median "
        "paired ratio lies within 0.67 and 1.5. Better or worse: Wilcoxon's paired test, p < 0.01 after Holm "
        "over all cells. A ratio below 1 is ours.\n\n"
        + ", ".join(f"{counts[v]} {v}" for v in sorted(counts)) + ".\n\n" + cells
        + "\n## Against random\n\nMann-Whitney, one-sided, after 100 trials, our random sampler.\n\n"
        + against_random(cache))
    (ROOT / "Documentation/Results/search.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()

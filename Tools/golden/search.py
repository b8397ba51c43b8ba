"""Writes reference figures of HoneSearchTests: SciPy's Sobol points, a Gaussian process in NumPy, and
what Optuna's pruners decide on random streams of reports without ties.

Run from the repository's root, with numpy, scipy and optuna 5.0.0 installed:

    python Tools/golden/search.py
"""

import json
import pathlib

import numpy as np
import optuna
from scipy import linalg, special, stats
from scipy.stats import qmc

optuna.logging.set_verbosity(optuna.logging.ERROR)
FOLDER = pathlib.Path("Tests/HoneSearchTests/Golden")


def rounded(values, digits=15):
    return [float(f"{value:.{digits}g}") for value in np.asarray(values, dtype=float).ravel()]


def sobol():
    points = qmc.Sobol(40, scramble=False, bits=32).random(32)
    return {"dimension": 40, "points": [rounded(row) for row in points]}


def matern(squared):
    root = np.sqrt(5 * squared)
    return (1 + root + root**2 / 3) * np.exp(-root)


def process():
    rng = np.random.default_rng(7)
    points, queries = rng.random((12, 3)), rng.random((9, 3))
    points[:, 2], queries[:, 2] = rng.integers(0, 3, 12), rng.integers(0, 3, 9)
    values = rng.normal(size=12)
    scales, variance, noise = np.array([4.0, 0.7, 1.3]), 1.7, 0.02

    def squares(first, second):
        gaps = (first[:, None, :] - second[None, :, :]) ** 2
        gaps[..., 2] = gaps[..., 2] > 0
        return gaps @ scales

    matrix = variance * matern(squares(points, points)) + noise * np.eye(12)
    factor = linalg.cho_factor(matrix, lower=True)
    cross = variance * matern(squares(queries, points))
    mean = cross @ linalg.cho_solve(factor, values)
    spread = variance - np.einsum("ij,ij->i", cross, linalg.cho_solve(factor, cross.T).T)
    likelihood = stats.multivariate_normal(np.zeros(12), matrix).logpdf(values)
    return {
        "points": points.tolist(), "queries": queries.tolist(), "values": rounded(values),
        "inverseSquares": scales.tolist(), "variance": variance, "noise": noise,
        "mean": rounded(mean, 12), "posteriorVariance": rounded(spread, 12),
        "logLikelihood": float(likelihood),
    }


def improvement():
    rows = []
    for z in [-300, -60, -26, -25.5, -24, -10, -3, -0.5, 0, 0.7, 4, 20]:
        # log(phi(z) + z Phi(z)) with Mills' ratio, exact where z is negative.
        if z < 0:
            mills = np.sqrt(np.pi / 2) * special.erfcx(-z / np.sqrt(2))
            if z > -25:
                value = stats.norm.logpdf(z) + np.log1p(z * mills)
            else:
                t = 1.0 / (z * z)
                series = 1 - 3 * t + 15 * t**2 - 105 * t**3 + 945 * t**4
                value = stats.norm.logpdf(z) + np.log(t * series)
        else:
            value = np.log(stats.norm.pdf(z) + z * stats.norm.cdf(z))
        rows.append({"z": float(z), "value": float(value)})
    return rows


def pruners():
    return {
        "median": optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=2),
        "medianInterval": optuna.pruners.MedianPruner(n_startup_trials=2, interval_steps=3, n_min_trials=4),
        "percentile25": optuna.pruners.PercentilePruner(25.0, n_startup_trials=4),
        "halving": optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3),
        "halvingAuto": optuna.pruners.SuccessiveHalvingPruner(),
        "halvingLate": optuna.pruners.SuccessiveHalvingPruner(
            min_resource=2, reduction_factor=2, min_early_stopping_rate=1),
        "halvingBootstrap": optuna.pruners.SuccessiveHalvingPruner(
            min_resource=1, reduction_factor=2, bootstrap_count=3),
        "hyperband": optuna.pruners.HyperbandPruner(min_resource=1, max_resource=20, reduction_factor=3),
        "hyperbandAuto": optuna.pruners.HyperbandPruner(),
        "wilcoxon": optuna.pruners.WilcoxonPruner(p_threshold=0.1, n_startup_steps=2),
        "patience": optuna.pruners.PatientPruner(None, patience=2, min_delta=0.05),
        "patientMedian": optuna.pruners.PatientPruner(
            optuna.pruners.MedianPruner(n_startup_trials=2), patience=1),
        "threshold": optuna.pruners.ThresholdPruner(lower=0.1, upper=1.4, n_warmup_steps=1),
    }


def stream(name, pruner, direction, seed, trials=24, steps=20, workers=3):
    """Some workers take turns at random; every event is [trial, step, value, pruned]."""
    rng = np.random.default_rng(seed)
    study = optuna.create_study(study_name="s", direction=direction, pruner=pruner)
    running, events, started = [], [], 0
    while started < trials or running:
        if started < trials and len(running) < workers:
            trial = study.ask()
            running.append([trial, 0, rng.uniform(0.2, 1.0), rng.uniform(0.85, 1.02)])
            started += 1
            continue
        index = int(rng.integers(len(running)))
        slot = running[index]
        trial, step, level, rate = slot
        slot[2] = level * rate
        value = float(f"{level + rng.normal() * 0.05:.12g}")
        if direction == "maximize":
            value = -value
        trial.report(value, step)
        pruned = bool(trial.should_prune())
        events.append([trial.number, step, value, int(pruned)])
        slot[1] += 1
        if pruned:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            running.pop(index)
        elif slot[1] == steps:
            study.tell(trial, value)
            running.pop(index)
    return {"pruner": name, "direction": direction, "steps": steps, "events": events}


def main():
    streams = []
    for index, name in enumerate(pruners()):
        for direction in ["minimize", "maximize"]:
            if name == "threshold" and direction == "maximize":
                continue
            streams.append(stream(name, pruners()[name], direction, 100 + index))
    (FOLDER / "models.json").write_text(json.dumps(
        {"source": "scipy " + __import__("scipy").__version__, "sobol": sobol(), "process": process(),
         "improvement": improvement()}))
    (FOLDER / "pruners.json").write_text(json.dumps(
        {"source": "optuna " + optuna.__version__, "streams": streams}))
    for item in streams:
        print(item["pruner"], item["direction"], len(item["events"]), sum(e[3] for e in item["events"]))


main()

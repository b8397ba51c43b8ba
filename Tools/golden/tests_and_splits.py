"""Writes the reference figures of statistical tests (SciPy) and of splits (scikit-learn).

Run from the repository's root, with numpy, scipy and scikit-learn installed:

    python Tools/golden/tests_and_splits.py
"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn.model_selection import (
    KFold, StratifiedGroupKFold, StratifiedKFold, TimeSeriesSplit, train_test_split)

TESTS = pathlib.Path("Tests/HoneNumericsTests/Golden/tests.json")
SPLITS = pathlib.Path("Tests/HoneDataTests/Fixtures/splits.json")


def kolmogorov_smirnov(generator):
    cases = []
    for m, n, shift, ties in [
        (5, 7, 0, 0), (20, 20, 0.5, 0), (30, 47, 0.2, 0), (60, 35, 0, 1), (200, 150, 0.15, 0),
        (400, 100, 0.3, 1), (1, 3, 0, 0), (300, 300, 1.0, 0),
    ]:
        first = generator.normal(size=m)
        second = generator.normal(size=n) + shift
        if ties:
            first, second = np.round(first, 1), np.round(second, 1)
        first, second = np.round(first, 6), np.round(second, 6)
        result = stats.ks_2samp(first, second, method="exact")
        cases.append({"first": first.tolist(), "second": second.tolist(),
                      "statistic": result.statistic, "pValue": result.pvalue})
    return cases


def tests():
    generator = np.random.default_rng(7)
    tables = [
        [[10, 20], [30, 25]], [[5, 0, 7], [3, 0, 9]], [[12, 7, 3], [9, 9, 9], [1, 20, 4]],
        generator.integers(0, 50, size=(2, 12)).tolist(), [[100, 300], [110, 290]],
    ]
    contingency = []
    for table in tables:
        kept = np.array(table)[:, np.array(table).sum(axis=0) > 0]
        result = stats.chi2_contingency(kept, correction=False)
        contingency.append({
            "table": table, "statistic": result.statistic, "degrees": int(result.dof),
            "pValue": result.pvalue,
            "cramersV": stats.contingency.association(kept, method="cramer")})
    folds = []
    for count, rounds in [(5, 1), (10, 1), (3, 4)]:
        values = np.round(generator.normal(0.9, 0.02, size=count * rounds), 5)
        error = values.std(ddof=1) * np.sqrt(1 / len(values) + 1 / (count - 1))
        low, high = stats.t.interval(0.95, len(values) - 1, loc=values.mean(), scale=error)
        folds.append({"values": values.tolist(), "folds": count, "mean": values.mean(),
                      "deviation": values.std(ddof=1), "lower": low, "upper": high})
    points = [0.05, 0.2, 0.5, 0.9, 0.999, 1.0, 1.3, 2.0, 5.0]
    return {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "kolmogorovSmirnov": kolmogorov_smirnov(generator),
        "limitingTail": [{"x": x, "p": stats.kstwobign.sf(x)} for x in points],
        "contingency": contingency,
        "folds": folds,
    }


def splits():
    generator = np.random.default_rng(3)
    stratified = []
    for counts, k in [([60, 35, 9], 5), ([20, 21, 22], 4), ([100, 7], 3)]:
        labels = np.repeat(np.arange(len(counts)), counts)
        folds = [np.bincount(labels[test], minlength=len(counts)).tolist()
                 for _, test in StratifiedKFold(k).split(labels, labels)]
        stratified.append({"counts": counts, "folds": k, "foldCounts": folds})
    sizes = [{"samples": n, "folds": k,
              "sizes": [len(test) for _, test in KFold(k).split(np.zeros(n))]}
             for n, k in [(103, 5), (20, 3), (11, 10)]]
    held = []
    for counts, size in [([200, 100, 37, 11], 70), ([50, 31], 20), ([900, 90, 10], 105)]:
        labels = np.repeat(np.arange(len(counts)), counts)
        _, test = train_test_split(labels, test_size=size, stratify=labels, random_state=0)
        held.append({"counts": counts, "size": size, "heldCounts": np.bincount(test).tolist()})
    grouped = []
    for samples, group_count, classes, k in [(120, 30, 3, 4), (200, 25, 2, 5), (90, 12, 4, 3)]:
        labels = generator.integers(0, classes, size=samples)
        groups = generator.integers(0, group_count, size=samples)
        fold_of = np.zeros(samples, dtype=int)
        for fold, (_, test) in enumerate(
                StratifiedGroupKFold(k).split(np.zeros(samples), labels, groups)):
            fold_of[test] = fold
        grouped.append({"labels": labels.tolist(), "groups": groups.tolist(), "folds": k,
                        "foldOf": fold_of.tolist()})
    timed = []
    for n, k, gap in [(24, 5, 0), (23, 4, 2), (100, 3, 5)]:
        timed.append({"samples": n, "folds": k, "gap": gap, "splits": [
            {"train": train.tolist(), "validation": test.tolist()}
            for train, test in TimeSeriesSplit(k, gap=gap).split(np.zeros(n))]})
    return {"versions": {"sklearn": sklearn.__version__}, "stratified": stratified,
            "sizes": sizes, "held": held, "grouped": grouped, "timed": timed}


if __name__ == "__main__":
    TESTS.write_text(json.dumps(tests()) + "\n")
    SPLITS.write_text(json.dumps(splits()) + "\n")

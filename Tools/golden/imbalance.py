"""Writes the reference figures of answers to imbalance (imbalanced-learn, scikit-learn).

Run from the repository's root, with numpy, scikit-learn and imbalanced-learn installed:

    python Tools/golden/imbalance.py
"""

import json
import pathlib

import imblearn
import numpy as np
import sklearn
from imblearn.over_sampling import SMOTE
from sklearn.metrics import balanced_accuracy_score, f1_score
from sklearn.neighbors import NearestNeighbors
from sklearn.utils.class_weight import compute_class_weight

DATA = pathlib.Path("Tests/HoneDataTests/Fixtures/imbalance.json")
METRICS = pathlib.Path("Tests/HoneMetricsTests/Golden/thresholds.json")


def smote(generator):
    rare = np.round(generator.normal(size=(14, 3)), 4)
    often = np.round(generator.normal(size=(40, 3)) + 3, 4)
    inputs, labels = np.vstack([often, rare]), np.repeat([0, 1], [40, 14])
    nearest = NearestNeighbors(n_neighbors=6).fit(rare).kneighbors(return_distance=False)
    maker = SMOTE(k_neighbors=5, random_state=0)
    _, resampled = maker.fit_resample(inputs, labels)
    rows, columns, step = [0, 3, 9, 13], [0, 4, 2, 1], 0.25
    made = [(rare[r] + step * (rare[nearest[r][c]] - rare[r])).tolist()
            for r, c in zip(rows, columns)]
    return {"rows": rare.tolist(), "nearest": nearest[:, :5].tolist(),
            "counts": np.bincount(resampled).tolist(), "from": rows, "to": columns,
            "step": step, "made": made}


def weights():
    cases = []
    for counts in ([90, 10], [5, 20, 75], [30, 30, 30]):
        labels = np.repeat(np.arange(len(counts)), counts)
        cases.append({"counts": counts, "weights": compute_class_weight(
            "balanced", classes=np.arange(len(counts)), y=labels).tolist()})
    return cases


def thresholds(generator):
    cases = []
    for samples, share, shift in [(60, 0.2, 1.0), (200, 0.05, 1.5), (50, 0.5, 0.3)]:
        labels = (generator.random(samples) < share).astype(int)
        labels[:2] = [0, 1]
        scores = 1 / (1 + np.exp(-(generator.normal(size=samples) + shift * labels - 1)))
        scores = np.round(scores, 3)
        tried = np.unique(np.concatenate([scores, [1.1]]))
        cases.append({
            "scores": scores.tolist(), "labels": labels.tolist(),
            "f1": max(f1_score(labels, scores >= t, zero_division=0) for t in tried),
            "balancedAccuracy": max(
                balanced_accuracy_score(labels, scores >= t) for t in tried)})
    return cases


if __name__ == "__main__":
    generator = np.random.default_rng(5)
    versions = {"sklearn": sklearn.__version__, "imblearn": imblearn.__version__}
    DATA.write_text(json.dumps(
        {"versions": versions, "smote": smote(generator), "weights": weights()}) + "\n")
    METRICS.write_text(json.dumps(
        {"versions": versions, "thresholds": thresholds(generator)}) + "\n")

"""Writes the reference figures of answers to imbalance (imbalanced-learn, scikit-learn).

Run from the repository's root, with numpy, scikit-learn and imbalanced-learn installed:

    python Tools/golden/imbalance.py
"""

import json
import pathlib

import imblearn
import numpy as np
import sklearn
from imblearn.over_sampling import SMOTE, SMOTENC
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


def smote_nc(generator):
    """Rows of imbalanced-learn's own SMOTENC with the row, the neighbor and the step each came from."""
    rare = np.column_stack([np.round(generator.normal(size=(16, 2)), 4), generator.integers(0, 3, size=(16, 2))])
    often = np.column_stack([np.round(generator.normal(size=(40, 2)) + 2, 4), generator.integers(0, 3, size=(40, 2))])
    inputs, labels = np.vstack([often, rare]), np.repeat([0, 1], [40, 16])
    maker = SMOTENC(categorical_features=[2, 3], k_neighbors=5, random_state=0)
    resampled, _ = maker.fit_resample(inputs, labels)
    made = resampled[len(inputs):]
    # Two names lie apart by the median deviation.
    deviation = float(maker.median_std_[1])
    encoded = np.column_stack([rare[:, :2]] + [
        (rare[:, [column]] == np.arange(3)) * deviation / np.sqrt(2) for column in (2, 3)])
    nearest = NearestNeighbors(n_neighbors=6).fit(encoded).kneighbors(return_distance=False)[:, :5]
    # The draws of imbalanced-learn, in its order.
    state = np.random.RandomState(0)
    drawn = state.randint(low=0, high=nearest.size, size=len(made))
    steps = state.uniform(size=len(made))
    rows, columns = drawn // 5, drawn % 5
    expected = rare[rows, :2] + steps[:, None] * (rare[nearest[rows, columns], :2] - rare[rows, :2])
    assert np.allclose(expected, made[:, :2]), "the draws are not imbalanced-learn's"
    kept = []
    for place, row in enumerate(rows):
        counts = [np.sort(np.bincount(rare[nearest[row], column].astype(int), minlength=3)) for column in (2, 3)]
        # Of equally frequent names imbalanced-learn draws one.
        if all(count[-1] > count[-2] for count in counts):
            kept.append(place)
    kept = kept[:8]
    return {"rows": rare.tolist(), "deviation": deviation, "nearest": nearest.tolist(),
            "from": rows[kept].tolist(), "to": columns[kept].tolist(), "steps": steps[kept].tolist(),
            "made": made[kept].tolist()}


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
        {"versions": versions, "smote": smote(generator), "weights": weights(),
         "smoteNC": smote_nc(np.random.default_rng(11))}) + "\n")
    METRICS.write_text(json.dumps(
        {"versions": versions, "thresholds": thresholds(generator)}) + "\n")

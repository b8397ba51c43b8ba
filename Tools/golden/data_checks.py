"""Writes the reference figures of label checks (cleanlab).

Run from the repository's root, with numpy and cleanlab installed:

    python Tools/golden/data_checks.py
"""

import json
import pathlib

import cleanlab
import numpy as np
from cleanlab.count import compute_confident_joint, get_confident_thresholds
from cleanlab.filter import find_label_issues

OUTPUT = pathlib.Path("Tests/HoneDataTests/Fixtures/labels.json")


def case(generator, samples, classes, noise, sharpness):
    truth = generator.integers(0, classes, size=samples)
    logits = generator.normal(size=(samples, classes))
    logits[np.arange(samples), truth] += sharpness
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    probabilities = np.round(probabilities, 6)
    labels = truth.copy()
    wrong = generator.random(samples) < noise
    labels[wrong] = (labels[wrong] + 1 + generator.integers(0, classes - 1, wrong.sum())) % classes
    raw = compute_confident_joint(labels, probabilities, calibrate=False)
    issues = find_label_issues(
        labels, probabilities, filter_by="prune_by_noise_rate",
        return_indices_ranked_by="self_confidence", n_jobs=1)
    return {
        "labels": labels.tolist(), "classes": classes,
        "probabilities": probabilities.tolist(),
        "thresholds": get_confident_thresholds(labels, probabilities).tolist(),
        "confidentJoint": raw.tolist(), "issues": issues.tolist(),
        "wrong": np.flatnonzero(wrong).tolist(),
    }


if __name__ == "__main__":
    generator = np.random.default_rng(11)
    OUTPUT.write_text(json.dumps({
        "versions": {"cleanlab": cleanlab.__version__},
        "cases": [case(generator, 200, 3, 0.1, 2.5), case(generator, 300, 5, 0.2, 3.0),
                  case(generator, 120, 2, 0.0, 2.0)],
    }) + "\n")

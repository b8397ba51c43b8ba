"""Writes the reference figures of temperature scaling and ensemble selection.

Run from the repository's root, with numpy and scipy installed:

    python Tools/golden/ensembles.py
"""

import json
import pathlib

import numpy as np
from scipy import optimize, special

OUTPUT = pathlib.Path("Tests/HoneMetricsTests/Golden/ensembles.json")
SAMPLES, CLASSES = 60, 4


def temperature(logits, labels):
    def loss(log_temperature):
        rows = special.log_softmax(logits / np.exp(log_temperature), axis=1)
        return -rows[np.arange(len(labels)), labels].mean()
    found = optimize.minimize_scalar(loss, bounds=(-4, 4), method="bounded", options={"xatol": 1e-10})
    return float(np.exp(found.x)), float(found.fun)


def select(answers, loss, rounds):
    total, counts, best = np.zeros_like(answers[0]), np.zeros(len(answers), int), None
    for number in range(1, rounds + 1):
        values = [loss((total + answer) / number) for answer in answers]
        choice = int(np.argmin(values))
        total, counts[choice] = total + answers[choice], counts[choice] + 1
        if best is None or values[choice] < best[0]:
            best = (values[choice], counts.copy())
    return {"weights": (best[1] / best[1].sum()).tolist(), "loss": float(best[0])}


def main():
    random = np.random.default_rng(5)
    labels = random.integers(0, CLASSES, SAMPLES)
    logits = []
    for strength, noise in [(1.5, 1.0), (1.2, 1.3), (0.3, 2.0), (1.0, 0.7)]:
        rows = random.normal(0, noise, (SAMPLES, CLASSES))
        rows[np.arange(SAMPLES), labels] += strength
        logits.append((3 * rows).astype(np.float32))
    probabilities = [special.softmax(rows.astype(np.float64), axis=1).astype(np.float32) for rows in logits]
    targets = random.normal(0, 1, SAMPLES).astype(np.float32)
    predictions = [(targets + random.normal(bias, spread, SAMPLES)).astype(np.float32)
                   for bias, spread in [(0.2, 0.5), (-0.3, 0.4), (0.0, 1.5)]]

    def log_loss(mean):
        return -np.log(np.maximum(mean[np.arange(SAMPLES), labels], np.finfo(float).eps)).mean()

    def squared(mean):
        return ((mean - targets) ** 2).mean()

    best, loss = temperature(logits[0].astype(np.float64), labels)
    OUTPUT.write_text(json.dumps({
        "classes": CLASSES, "labels": labels.tolist(),
        "logits": [rows.ravel().tolist() for rows in logits],
        "temperature": best, "scaledLoss": loss,
        "classification": select([p.astype(np.float64) for p in probabilities], log_loss, 50),
        "targets": targets.tolist(), "predictions": [p.tolist() for p in predictions],
        "regression": select([p.astype(np.float64) for p in predictions], squared, 50),
    }, indent=None))


main()

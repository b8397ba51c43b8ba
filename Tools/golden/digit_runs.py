"""Writes the table of real runs that HoneSearch's demonstrations look up: scikit-learn's digits, one
hidden layer of 32 rectified units, stochastic gradient descent with momentum 0.9, 6 epochs of
batches of 64; 40 learning rates by 8 strengths of weight decay, the validation error of each.

Run from the repository's root, with numpy and scikit-learn installed:

    OMP_NUM_THREADS=1 python Tools/golden/digit_runs.py
"""

import pathlib
import time

import numpy as np
from sklearn.datasets import load_digits

RATES = np.logspace(-4, 1, 40)
DECAYS = np.logspace(-6, -1, 8)
EPOCHS, BATCH, WIDTH = 6, 64, 32
OUTPUT = pathlib.Path("Sources/HoneSearch/Recipes/DigitRuns.generated.swift")

images, labels = load_digits(return_X_y=True)
order = np.random.default_rng(0).permutation(len(labels))
images, labels = (images[order] / 16).astype(np.float32), labels[order]
train, held = slice(0, 1297), slice(1297, None)
targets = np.eye(10, dtype=np.float32)[labels]


def run(rate, decay):
    """The share of validation images that come out wrong; 0.9, a guess, where the run diverges."""
    rng = np.random.default_rng(1)
    weights = [rng.normal(0, np.sqrt(2 / 64), (64, WIDTH)).astype(np.float32), np.zeros(WIDTH, np.float32),
               rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, 10)).astype(np.float32), np.zeros(10, np.float32)]
    speed = [np.zeros_like(w) for w in weights]
    with np.errstate(all="ignore"):
        for _ in range(EPOCHS):
            shuffled = rng.permutation(train.stop)
            for start in range(0, train.stop, BATCH):
                rows = shuffled[start:start + BATCH]
                x = images[rows]
                hidden = np.maximum(x @ weights[0] + weights[1], 0)
                scores = hidden @ weights[2] + weights[3]
                scores = np.exp(scores - scores.max(1, keepdims=True))
                error = (scores / scores.sum(1, keepdims=True) - targets[rows]) / len(rows)
                back = (error @ weights[2].T) * (hidden > 0)
                slopes = [x.T @ back, back.sum(0), hidden.T @ error, error.sum(0)]
                for k in range(4):
                    speed[k] = 0.9 * speed[k] - rate * (slopes[k] + (decay * weights[k] if k % 2 == 0 else 0))
                    weights[k] = weights[k] + speed[k]
            if not np.isfinite(weights[0]).all():
                return 0.9
        scores = np.maximum(images[held] @ weights[0] + weights[1], 0) @ weights[2] + weights[3]
    return float((scores.argmax(1) != labels[held]).mean())


start = time.time()
rows = [[run(rate, decay) for decay in DECAYS] for rate in RATES]
lines = []
for row in rows:
    lines.append("    [" + ", ".join(f"{value:.3f}" for value in row) + "],")
OUTPUT.write_text(
    "// Written by Tools/golden/digit_runs.py; do not edit.\n\n"
    "/// Validation errors of 320 real runs on scikit-learn's digits, a row for each learning rate.\n"
    "enum DigitRuns {\n  static let errors: [[Double]] = [\n" + "\n".join(lines) + "\n  ]\n}\n")
print(f"{time.time() - start:.1f} s; best {min(map(min, rows)):.3f}, worst {max(map(max, rows)):.3f}")

"""Writes the reference figures of HoneTrainTests: the rates of PyTorch's ReduceLROnPlateau.

Run from the repository's root, with torch installed:

    python Tools/golden/train.py
"""

import json
import math
import pathlib
import random

import torch

OUTPUT = pathlib.Path("Tests/HoneTrainTests/Golden/plateau.json")
EPOCHS = 60
NO_FLOOR = 0.0

draw = random.Random(7)


def curve(mode, noise, holes):
    """A loss that falls, or an accuracy that rises, to a plateau, with noise and missing values."""
    values = []
    for epoch in range(EPOCHS):
        level = math.exp(-epoch / 8) + 0.2
        value = level if mode == "min" else 1 - level / 2
        value += draw.gauss(0, noise)
        values.append(math.nan if draw.random() < holes else round(value, 6))
    return values


def rates(mode, factor, patience, threshold, values):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, mode=mode, factor=factor, patience=patience, threshold=threshold,
        threshold_mode="rel", cooldown=0, min_lr=0, eps=NO_FLOOR)
    found = []
    for value in values:
        scheduler.step(value)
        found.append(optimizer.param_groups[0]["lr"])
    return found


examples = []
for mode in ["min", "max"]:
    for factor, patience, threshold, noise, holes in [
        (0.1, 5, 1e-4, 0.0, 0.0), (0.5, 2, 1e-4, 0.01, 0.0), (0.5, 0, 0.01, 0.05, 0.0),
        (0.3, 3, 0.0, 0.02, 0.2), (0.9, 1, 0.1, 0.02, 0.0),
    ]:
        values = curve(mode, noise, holes)
        examples.append({
            "mode": mode, "factor": factor, "patience": patience, "threshold": threshold,
            "values": [None if math.isnan(value) else value for value in values],
            "rates": rates(mode, factor, patience, threshold, values),
        })

OUTPUT.parent.mkdir(parents=True, exist_ok=True)
OUTPUT.write_text(json.dumps(examples, indent=1) + "\n")

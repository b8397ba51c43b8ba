"""The peer of `hone search digits`: Optuna's TPE driving PyTorch, one process of several on one study.

    optuna_digits.py STORAGE STUDY SEED WORKER TRIALS|EPOCHS=N HELD

HELD is a JSON file of the samples to judge by; the others are trained on. Waits for a line on standard input before its first trial and prints its own epochs and seconds at the end. With
TRIALS the study's trials are shared by all workers, each judged by the accuracy of its best epoch; with EPOCHS=N
successive halving ends trials, N epochs are this worker's share, and trials are judged by the loss of their best epoch.
"""
import json
import pathlib
import sys
import time

import numpy as np
import optuna
import torch
from torch import nn
from torch.nn import functional

ASSET = pathlib.Path(__file__).resolve().parents[1] / "Sources/CAssets/digits.bin"
SAMPLES = 1797
EPOCHS, BATCH = 30, 64


def digits(held):
    """The samples to train on and those to judge by."""
    content = np.frombuffer(ASSET.read_bytes(), np.uint8)
    pixels = torch.tensor(content[:SAMPLES * 64].reshape(SAMPLES, 64) / 16.0, dtype=torch.float32)
    labels = content[SAMPLES * 64:SAMPLES * 65].astype(np.int64)
    is_held = np.isin(np.arange(SAMPLES), held)
    labels = torch.tensor(labels)
    return pixels[~is_held], labels[~is_held], pixels[is_held], labels[is_held]


def network(dropout):
    return nn.Sequential(
        nn.Linear(64, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(128, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(dropout), nn.Linear(64, 10))


def main():
    storage, name, seed, worker, amount, held = sys.argv[1:]
    seed, worker = int(seed), int(worker)
    prunes = amount.startswith("EPOCHS=")
    torch.set_num_threads(1)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    inputs, labels, held_inputs, held_labels = digits(json.loads(pathlib.Path(held).read_text()))
    used = 0

    def objective(trial):
        nonlocal used
        rate = trial.suggest_float("lr", 1e-4, 1e-1, log=True)
        decay = trial.suggest_float("wd", 1e-6, 1e-2, log=True)
        dropout = trial.suggest_float("dropout", 0.0, 0.5)
        torch.manual_seed(1000 * seed + trial.number)
        model = network(dropout)
        optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay, fused=True)
        best = -float("inf")
        for epoch in range(EPOCHS):
            model.train()
            order = torch.randperm(len(inputs))
            for start in range(0, len(inputs), BATCH):
                batch = order[start:start + BATCH]
                loss = functional.cross_entropy(model(inputs[batch]), labels[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            used += 1
            model.eval()
            with torch.no_grad():
                output = model(held_inputs)
                value = (
                    -functional.cross_entropy(output, held_labels).item() if prunes
                    else (output.argmax(1) == held_labels).float().mean().item())
            best = max(best, value)
            if prunes:
                trial.report(value, epoch + 1)
                if trial.should_prune():
                    raise optuna.TrialPruned()
                if used >= share:
                    break
        return best

    study = optuna.create_study(
        storage=storage, study_name=name, load_if_exists=True, direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=100 * seed + worker),
        pruner=optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3) if prunes
        else optuna.pruners.NopPruner())
    # What is made once is not part of the measurement.
    network(0.1)(inputs[:BATCH]).sum().backward()
    print("ready", flush=True)
    sys.stdin.readline()
    start = time.perf_counter()
    if prunes:
        share = int(amount.removeprefix("EPOCHS="))
        while used < share:
            study.optimize(objective, n_trials=1)
    else:
        counted = (optuna.trial.TrialState.COMPLETE, optuna.trial.TrialState.RUNNING)
        study.optimize(objective, callbacks=[optuna.study.MaxTrialsCallback(int(amount), states=counted)])
    seconds = time.perf_counter() - start
    # Of trials that came to their end, as the best of a study is on the other side.
    print(json.dumps({
        "epochs": used, "seconds": seconds, "trials": len(study.trials), "best": study.best_value}), flush=True)


main()

#!/usr/bin/env python3
"""Makes a small file of Optuna's and says what Optuna itself reads in it.

    python optuna_study.py

Writes Tests/HoneStoreTests/Fixtures/optuna.db and Tests/HoneStoreTests/Golden/optuna-study.json.
Needs optuna 5.0.0. The trials are added by hand, so that the file comes out the same each time.
"""

import datetime
import json
import math
import os
import sqlite3

import optuna
from optuna.distributions import (
    CategoricalDistribution, FloatDistribution, IntDistribution)
from optuna.trial import TrialState

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Tests", "HoneStoreTests")
FILE = os.path.join(ROOT, "Fixtures", "optuna.db")
GOLDEN = os.path.join(ROOT, "Golden", "optuna-study.json")

RATE = FloatDistribution(1e-5, 1e-1, log=True)
WIDER = FloatDistribution(1e-6, 1e-1, log=True)
DROPOUT = FloatDistribution(0.0, 0.5, step=0.25)
WIDTH = IntDistribution(16, 256, log=True)
LAYERS = IntDistribution(1, 9, step=2)
KIND = CategoricalDistribution(["adamW", "sgd"])
MIXED = CategoricalDistribution(["a", None, True, 2.5])
BEGIN = datetime.datetime(2025, 3, 4, 5, 6, 7, 890123)


def frozen(number, state, **given):
    """A trial that took two seconds."""
    begun = BEGIN + datetime.timedelta(seconds=10 * number)
    waiting = state == TrialState.WAITING
    ended = begun + datetime.timedelta(seconds=2.5) if state.is_finished() else None
    return optuna.trial.FrozenTrial(
        number=number, trial_id=number, state=state, value=None, values=given.get("values"),
        datetime_start=None if waiting else begun, datetime_complete=ended,
        params=given.get("params", {}), distributions=given.get("distributions", {}),
        user_attrs=given.get("user", {}), system_attrs=given.get("system", {}),
        intermediate_values=given.get("reports", {}))


def usual(rate, layers, kind, **more):
    params = {"rate": rate, "dropout": 0.25, "width": 64, "layers": layers, "kind": kind}
    return {
        "params": params | more.pop("params", {}),
        "distributions": {
            "rate": RATE, "dropout": DROPOUT, "width": WIDTH, "layers": LAYERS, "kind": KIND,
        } | more.pop("distributions", {}),
    } | more


def single(storage):
    study = optuna.create_study(storage=storage, study_name="single")
    study.set_user_attr("data", {"name": "digits"})
    trials = [
        frozen(0, TrialState.COMPLETE, values=[0.5], **usual(
            1e-3, 3, "adamW", reports={0: 0.9, 1: 0.5}, system={"constraints": [-1.0, 0.5]})),
        frozen(1, TrialState.COMPLETE, values=[0.25], **usual(
            3e-3, 5, "sgd", params={"momentum": 0.9},
            distributions={"momentum": FloatDistribution(0.0, 0.99)},
            system={"constraints:memory": -2.0})),
        frozen(2, TrialState.PRUNED, **usual(
            1e-1, 1, "adamW", reports={0: math.inf, 1: math.nan, 3: 2.5})),
        frozen(3, TrialState.FAIL, **usual(1e-5, 9, "sgd")),
        frozen(4, TrialState.COMPLETE, values=[math.inf], **usual(5e-2, 7, "adamW")),
        frozen(5, TrialState.COMPLETE, values=[0.75], **usual(
            5e-6, 7, "sgd", distributions={"rate": WIDER}, params={"mixed": None})
            | {"distributions": usual(0, 0, "")["distributions"] | {
                "rate": WIDER, "mixed": MIXED}}),
        frozen(6, TrialState.RUNNING, **usual(2e-3, 3, "adamW", reports={0: 0.8})),
        frozen(7, TrialState.WAITING, system={"fixed_params": {"rate": 0.02, "layers": 5}}),
    ]
    study.add_trials(trials)
    return study


def pair(storage):
    study = optuna.create_study(
        storage=storage, study_name="pair", directions=["minimize", "maximize"])
    study.set_metric_names(["loss", "accuracy"])
    points = [(1.0, 0.5), (0.5, 0.4), (0.75, 0.75), (2.0, 0.1)]
    for number, values in enumerate(points):
        study.add_trial(frozen(
            number, TrialState.COMPLETE, values=list(values), params={"x": number / 4},
            distributions={"x": FloatDistribution(0.0, 1.0)}))
    return study


def plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value


def said(study):
    """What Optuna reads."""
    return {
        "name": study.study_name,
        "directions": [direction.name.lower() for direction in study.directions],
        "trials": [{
            "number": trial.number, "state": trial.state.name,
            "values": [plain(value) for value in trial.values or []],
            "parameters": {name: value for name, value in trial.params.items()},
            "reports": [[step, plain(value)] for step, value in
                        sorted(trial.intermediate_values.items())],
            "constraints": [value for _, value in sorted(trial.constraints.items())],
            "seconds": trial.duration.total_seconds() if trial.duration else None,
        } for trial in study.trials],
        "best": [trial.number for trial in study.best_trials],
    }


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    assert optuna.__version__ == "5.0.0", optuna.__version__
    if os.path.exists(FILE):
        os.remove(FILE)
    storage = optuna.storages.RDBStorage(f"sqlite:///{os.path.abspath(FILE)}")
    studies = [pair(storage), single(storage)]
    golden = {"optuna": optuna.__version__, "studies": [said(study) for study in studies]}
    with open(GOLDEN, "w", encoding="utf-8") as file:
        json.dump(golden, file, indent=1, sort_keys=True)
        file.write("\n")
    storage.engine.dispose()
    # Smaller pages make a smaller file.
    connection = sqlite3.connect(FILE)
    connection.execute("PRAGMA page_size = 512")
    connection.execute("VACUUM")
    connection.close()
    print(os.path.getsize(FILE), "bytes")


if __name__ == "__main__":
    main()

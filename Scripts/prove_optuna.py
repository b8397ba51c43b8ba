"""Proves that Optuna reads what Hone exports, and Hone what Optuna wrote.

Usage: Scripts/prove_optuna.py [HONE]
Needs a built `hone` (default: the release build), and Python with optuna 5. Trains a dozen tiny models.
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import optuna

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATES = {"completed": "COMPLETE", "pruned": "PRUNED", "failed": "FAIL", "waiting": "WAITING"}


def check(passed, sentence):
    print(("pass  " if passed else "FAIL  ") + sentence, flush=True)
    if not passed:
        sys.exit(1)


def number(value):
    return float(value) if isinstance(value, str) else value


def same(first, second):
    first, second = number(first), number(second)
    return first == second or (math.isnan(first) and math.isnan(second))


def compare(ours, theirs, what):
    """Trials of `hone studies export --format json` beside Optuna's."""
    check(len(ours["trials"]) == len(theirs), f"{what}: {len(theirs)} trials on both sides")
    for mine, other in zip(ours["trials"], theirs):
        state = STATES[mine["state"]]
        if state == "WAITING":
            continue
        check(state == other.state.name, f"{what}: trial {other.number} is {state}")
        parameters = mine["parameters"]
        check(parameters == other.params, f"{what}: trial {other.number} tried the same")
        check(mine["values"] == list(other.values or []) or state != "COMPLETE",
              f"{what}: trial {other.number} has the same values")
        reports = {report["step"]: report["values"][0] for report in mine["reports"]}
        told = other.intermediate_values
        check(reports.keys() == told.keys()
              and all(same(reports[step], told[step]) for step in told),
              f"{what}: trial {other.number} told the same in {len(told)} steps")


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    hone = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".build/release/hone")
    with tempfile.TemporaryDirectory() as folder:
        def run(*words):
            ended = subprocess.run([hone, *words], cwd=folder, capture_output=True, text=True)
            check(ended.returncode == 0, "hone " + " ".join(words) + ended.stderr[-300:]
                  * (ended.returncode != 0))
            return ended.stdout

        run("search", "digits", "--model", "mlp", "--epochs", "3", "--threads", "1", "--tune",
            "learningRate,dropout,batchSize,activation", "--trials", "12", "--pruner", "median",
            "--study", "mine", "--json")
        run("studies", "export", "mine", "--optuna", "mine.db")
        ours = json.loads(run("studies", "export", "mine", "--format", "json"))
        storage = f"sqlite:///{folder}/mine.db"
        study = optuna.load_study(study_name="mine", storage=storage)
        check(study.metric_names == ["validationLoss"], "the objective has its name")
        compare(ours, study.trials, "export")
        best = json.loads(run("studies", "best", "mine", "--json"))["best"][0]
        check(study.best_trial.number == best["trial"], "the best trial is the same")
        shares = optuna.importance.get_param_importances(study)
        check(abs(sum(shares.values()) - 1) < 1e-9, "Optuna computes importance from it")
        trial = study.ask()
        for name in ["optimizer.learningRate", "model.dropout"]:
            distribution = study.trials[0].distributions[name]
            trial.suggest_float(name, distribution.low, distribution.high, log=distribution.log)
        study.tell(trial, 1.0)
        check(len(study.trials) == 13, "Optuna goes on with it")

        theirs = optuna.create_study(
            study_name="theirs", storage=f"sqlite:///{folder}/theirs.db",
            sampler=optuna.samplers.TPESampler(seed=1),
            pruner=optuna.pruners.MedianPruner(n_startup_trials=3))

        def objective(trial):
            rate = trial.suggest_float("rate", 1e-4, 1, log=True)
            kind = trial.suggest_categorical("kind", ["a", "b"])
            width = trial.suggest_int("width", 8, 64, log=True)
            if trial.number == 4:
                raise ValueError("broken")
            for step in range(3):
                trial.report(rate * width / (step + 1) + (kind == "a"), step)
                if trial.should_prune():
                    raise optuna.TrialPruned()
            return rate * width + (kind == "a")

        theirs.optimize(objective, n_trials=25, catch=(ValueError,))
        run("studies", "import", "theirs.db")
        taken = json.loads(run("studies", "export", "theirs", "--format", "json"))
        compare(taken, theirs.trials, "import")
        best = json.loads(run("studies", "best", "theirs", "--json"))["best"][0]
        check(theirs.best_trial.number == best["trial"], "the best trial is the same")
        run("studies", "export", "theirs", "--optuna", "again.db")
        again = optuna.load_study(study_name="theirs", storage=f"sqlite:///{folder}/again.db")
        compare(taken, again.trials, "there and back")
        check(all(first.distributions.keys() == second.distributions.keys()
                  for first, second in zip(theirs.trials, again.trials)),
              "there and back: the same parameters have ranges")
    print("All passed.")


if __name__ == "__main__":
    main()

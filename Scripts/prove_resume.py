"""The part `resume` of Scripts/prove: runs that are killed at random instants end as the undisturbed one."""
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

from proving import HONE, RESULTS, header

KILLS = int(os.environ.get("HONE_KILLS", "100"))
TRUNCATIONS = max(KILLS // 5, 1)
KILLS_IN_A_RUN = 4
COMMON = [
    "--set", "data.threads=2", "--set", "data.validation=0.3",
    "--set", "training.checkpointEvery={steps: 5}", "--set", "training.accumulate=2"]
CASES = {
    "mlp": [
        "train", "digits", "--model", "mlp", "--epochs", "30", "--threads", "1", "--seed", "3", *COMMON,
        "--batch-size", "8",
        "--set", "model.dropout=0.2", "--set", "schedule={kind: plateau, patience: 1}", "--set", "training.averaging=ema",
        "--set", "augment=[{randomCrop: {padding: 1}}]", "--set", "training.earlyStopping={patience: 8}",
        "--set", "regularization.gradientNoise=0.0001"],
    "cnn": [
        "train", "digits", "--model", "cnn", "--epochs", "20", "--threads", "1", "--seed", "5", *COMMON,
        "--batch-size", "32",
        "--set", "training.averaging=ema", "--set", "augment=[{randomRotation: {degrees: 10}}, {cutMix: {alpha: 1}}]",
        "--set", "training.earlyStopping={patience: 6}", "--set", "schedule={kind: plateau, patience: 1}"],
}


def weights(file):
    """A hash of a model's tensors, without the description that holds times."""
    content = file.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    entries = json.loads(content[8:start])
    entries.pop("__metadata__", None)
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode() + content[start:]).hexdigest()


class Run:
    """One run in a folder of its own, with what is read of it from outside."""

    def __init__(self, folder, case):
        self.case = case
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=folder))
        self.home = self.folder / ".hone"
        self.errors = ""

    def start(self, resumes):
        words = ["train", "--resume", "last"] if resumes else CASES[self.case]
        self.log = open(self.folder / "log", "a+")
        return subprocess.Popen(
            [HONE, *words, "--lang", "en"], cwd=self.folder, stdout=self.log, stderr=subprocess.STDOUT)

    def run_folder(self):
        found = sorted((self.home / "runs").glob("*")) if (self.home / "runs").exists() else []
        return found[-1] if found else None

    def store_is_whole(self):
        """Checks a copy of the store, so that looking changes nothing."""
        if not (self.home / "hone.sqlite").exists():
            return True
        with tempfile.TemporaryDirectory() as copy:
            for name in ("hone.sqlite", "hone.sqlite-wal"):
                if (self.home / name).exists():
                    shutil.copy(self.home / name, copy)
            with sqlite3.connect(f"{copy}/hone.sqlite") as store:
                return store.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not store.execute(
                    "PRAGMA foreign_key_check").fetchall()

    def has_run(self):
        """Whether there is something to resume."""
        return self.ask("runs", "show", "last").returncode == 0

    def ask(self, *words):
        return subprocess.run([HONE, *words, "--lang", "en"], cwd=self.folder, capture_output=True, text=True)

    def result(self):
        """Everything that must be the same: status, weights, every number of epochs and steps."""
        exported = self.ask("runs", "export", "last", "-o", "run.json")
        assert exported.returncode == 0, exported.stderr
        evidence = json.loads((self.folder / "run.json").read_text())["evidence"]
        (self.folder / "run.json").unlink()
        record = evidence["run"]
        clocks = ("seconds", "waitShare", "samplesPerSecond")
        folder = self.home / "runs" / record["id"]
        return {
            "status": record["status"], "weights": weights(folder / "model.safetensors"), "steps": evidence["steps"],
            "epochs": [{key: value for key, value in epoch.items() if key not in clocks} for epoch in evidence["epochs"]],
            "test": record["test"]["metric"], "files": sorted(f.name for f in folder.iterdir()),
            "folders": len(list((self.home / "runs").iterdir())),
        }, evidence


def wait_for(run, process, kind, seconds):
    """Waits for the instant of the kind."""
    if kind == "time":
        try:
            process.wait(random.uniform(0.05, seconds))
        except subprocess.TimeoutExpired:
            pass
        return
    try:
        process.wait(random.uniform(0.3, seconds * 0.7))
    except subprocess.TimeoutExpired:
        pass
    log = run.home / "hone.sqlite-wal"
    before = log.stat().st_mtime_ns if log.exists() else 0
    while process.poll() is None:
        if kind == "store" and log.exists() and log.stat().st_mtime_ns != before:
            return
        folder = run.run_folder()
        if kind == "checkpoint" and folder and any(name.endswith(".partial") for name in os.listdir(folder)):
            return


def resume(folder):
    print(f"prove: resume: undisturbed runs of {', '.join(CASES)}", flush=True)
    wanted, seconds, shares, costs, failures = {}, {}, {}, {}, []
    for case in CASES:
        run = Run(folder, case)
        begun = time.monotonic()
        assert run.start(False).wait() == 0, (run.folder / "log").read_text()
        seconds[case] = time.monotonic() - begun
        wanted[case], evidence = run.result()
        record, epochs = evidence["run"], evidence["epochs"]
        training = record["task"]["trainSamples"]
        shares[case] = 1 - sum(training / e["samplesPerSecond"] for e in epochs) / sum(e["seconds"] for e in epochs)
        kept = record["checkpoints"]
        costs[case] = (kept["count"], (kept["stalledSeconds"] + kept["writingSeconds"]) / record["seconds"])
        assert wanted[case]["files"] == ["model.safetensors"], wanted[case]["files"]
    kills = {"time": 0, "checkpoint": 0, "store": 0}
    inside, truncated, told, ended, unstored, runs, shown = 0, 0, 0, 0, 0, 0, 0
    while sum(kills.values()) < KILLS or truncated < TRUNCATIONS:
        case = list(CASES)[runs % len(CASES)]
        runs += 1
        run, resumes = Run(folder, case), False
        for _ in range(KILLS_IN_A_RUN):
            kind = min(kills, key=lambda k: kills[k] / {"time": 2, "checkpoint": 1, "store": 1}[k])
            process = run.start(resumes)
            wait_for(run, process, kind, seconds[case])
            if process.poll() is not None:
                resumes = run.has_run()
                break
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills[kind] += 1
            if not run.store_is_whole():
                failures.append(f"{case}: the store was damaged by a kill")
            place = run.run_folder()
            if place and any(name.endswith(".partial") for name in os.listdir(place)):
                inside += 1
            resumes = run.has_run()
            unstored += not resumes
            newest = place / "checkpoint.safetensors" if place else None
            if truncated < TRUNCATIONS and resumes and newest.exists() and (place / "checkpoint.previous.safetensors").exists():
                # A loss of power: what was written last is only there in part.
                size = newest.stat().st_size
                os.truncate(newest, random.randrange(size))
                truncated += 1
                (place / "checkpoint.next.safetensors").unlink(missing_ok=True)
                before = len((run.folder / "log").read_text())
                process = run.start(True)
                said = ""
                while "the checkpoint before the damaged one" not in said:
                    # What it said before it ended counts, however quickly it ended.
                    has_ended = process.poll() is not None
                    said = (run.folder / "log").read_text()[before:]
                    if has_ended:
                        break
                    time.sleep(0.01)
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                process.wait()
                if "the checkpoint before the damaged one" in said:
                    told += 1
                elif "there is nothing to resume" in said:
                    # The run had ended; it needed no checkpoint any more.
                    ended += 1
                else:
                    failures.append(f"{case}: nothing was said of the checkpoint that was cut: {said[-500:]}")
        process = run.start(resumes)
        status = process.wait()
        log = (run.folder / "log").read_text()
        finished = "there is nothing to resume" in log
        if status != 0 and not finished:
            failures.append(f"{case}: ended with {status}: {log[-500:]}")
            continue
        got, _ = run.result()
        for key in wanted[case]:
            if got[key] != wanted[case][key]:
                failures.append(f"{case}: {key} differs after kills: {str(got[key])[:200]}")
        if not run.store_is_whole():
            failures.append(f"{case}: the store is damaged at the end")
        shutil.rmtree(run.folder)
        for failure in failures[shown:]:
            print(f"prove: resume: {failure}", flush=True)
        shown = len(failures)
        print(f"prove: resume: {sum(kills.values())} kills, {truncated} truncations, {len(failures)} failures", flush=True)
    text = header("Runs that are killed and continued", "Scripts/prove resume")
    text += (
        f"Two runs on the digits, each killed with `kill -9` up to {KILLS_IN_A_RUN} times and resumed each time: an MLP with "
        "dropout, random crops, plateau schedule, exponential average, early stopping, gradient noise and accumulation over "
        "two batches; a convolution network with batch normalization, rotation and CutMix, average, plateau, early stopping, "
        "and accumulation. After its last resumption a run must have the undisturbed run's status, "
        "weights (SHA-256 of all tensors), every number of every epoch and every recorded step, bit by bit; only the model "
        "may lie in its folder; SQLite's integrity and foreign keys are checked after each kill.\n\n"
        f"- Kills: {sum(kills.values())} in {runs} runs: {kills['time']} at instants drawn uniformly over the run, "
        f"{kills['checkpoint']} when a checkpoint was being written, {kills['store']} when the store's log had just grown. "
        f"{inside} left a half-written checkpoint file behind; {unstored} came before the run was in the store (it was "
        "started anew).\n"
        f"- Newest checkpoint cut at a random length: {truncated}; the one before it was used, and the user told so, in {told}; "
        f"{ended} runs had ended just before and needed none.\n"
        f"- Runs that did not end as the undisturbed one: {len(failures)}.\n"
        "- Validation, evaluation on the training split and statistics of averages take "
        + ", ".join(f"{share:.0%} of the time ({case})" for case, share in shares.items())
        + ", and so many of the uniform kills fall there.\n"
        "- Cost of checkpoints in the undisturbed runs: "
        + ", ".join(f"{count} checkpoints, {share:.2%} of the time ({case})" for case, (count, share) in costs.items())
        + ".\n")
    text += "".join(f"- FAILED: {failure}\n" for failure in failures)
    (RESULTS / "resume.md").write_text(text)
    return not failures

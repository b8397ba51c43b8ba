"""Runs for the pictures of findings, and what their records show: the panels that finding_pictures_svg draws."""
import json
import math
import os
import pathlib
import statistics
import subprocess

import proving
from finding_pictures_data import MIDDLE

HONE = pathlib.Path(os.environ.get("HONE", proving.HONE)).resolve()


class Laboratory:
    """Trains, checks and diagnoses in a folder of its own; what was asked before is answered from memory."""

    def __init__(self, folder):
        self.folder, self.known = pathlib.Path(folder), {}

    def hone(self, *arguments, allowed=(0,)):
        command = [HONE, *arguments, "--json", "--store", self.folder / "store.sqlite"]
        result = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if result.returncode not in allowed or not result.stdout.strip():
            raise RuntimeError(f"hone {' '.join(map(str, arguments))}: {result.stderr[-500:]}")
        return json.loads(result.stdout)

    def data(self, make):
        """The data that a function writes, or the bundled digits."""
        if make is None:
            return {"source": "digits"}
        if make not in self.known:
            self.known[make] = make(self.folder)
        return self.known[make]

    def run(self, settings, data):
        """The records of a training run, and what the diagnosis names."""
        key = json.dumps([settings, data["source"]], sort_keys=True)
        if key in self.known:
            return self.known[key]
        file = self.folder / "configuration.json"
        file.write_text(json.dumps(settings))
        target = ["--target", data["target"]] if "target" in data else []
        # A run that diverges ends with another status, and its records are what is wanted.
        result = self.hone("train", data["source"], "--config", file, "--threads", "1", *target, allowed=(0, 1, 2, 3))
        path = self.folder / f"{result['run']}.json"
        subprocess.run(
            [HONE, "runs", "export", result["run"], "-o", path, "--store", self.folder / "store.sqlite"],
            cwd=self.folder, check=True, capture_output=True)
        found = json.loads(path.read_text())["evidence"]
        found["named"] = [f["id"] for f in self.hone("diagnose", result["run"], allowed=(0, 1, 2, 3))["findings"]]
        found["data"] = data
        model = self.folder / (result.get("checkpoint") or "")
        found["weights"] = proving.arrays(model) if model.is_file() else {}
        self.known[key] = found
        return found

    def check(self, data, run=None):
        """What `hone check` names of data."""
        target = ["--target", data["target"]] if "target" in data else []
        judged = ["--run", run] if run else []
        size = ["--set", "data.imageSize=8", "--set", "data.imageChannels=1"] if "images" in data else []
        report = self.hone("check", data["source"], "--threads", "1", *target, *judged, *size, allowed=(0, 1, 2, 3))
        return [finding["id"] for finding in report["findings"]]


def numbers(values):
    """Numbers of records; those that are not finite are written as words or left out."""
    return [float(v) if v is not None else math.nan for v in values]


def line(label, x, y, dash=False, color=None):
    return {"label": label, "x": list(x), "y": numbers(y), "dash": dash, "color": color}


def bars(label, y, names=None):
    """Bars with their values; without names they are numbered."""
    names = names or [str(i + 1) for i in range(len(y))]
    return {"bars": [{"label": label, "y": y}], "names": names, "values": True}


def epochs(*fields, reference=None):
    """Numbers by epoch: pairs of a field and its label; and the loss of knowing nothing, where asked for."""
    def draw(run):
        records = run["epochs"]
        x = [record["epoch"] for record in records]
        lines = [line(label, x, [record.get(field) for record in records]) for field, label in fields]
        if reference:
            lines.append(line(reference, [x[0], x[-1]], [run["run"]["preflight"]["expectedInitialLoss"]] * 2, True))
        return {"lines": lines, "whole": True}
    return draw


LOSSES = epochs(("trainEvaluationLoss", "training"), ("validationLoss", "validation"))
LOSSES_AND_NOTHING = epochs(
    ("trainEvaluationLoss", "training"), ("validationLoss", "validation"), reference="knowing nothing")
MODES = epochs(("trainLoss", "training mode"), ("trainEvaluationLoss", "evaluation mode"))


def accuracy_bounds(run):
    """The validation accuracy with two standard errors on both sides."""
    records = run["epochs"]
    x = [record["epoch"] for record in records]
    value = [record["validationMetric"] for record in records]
    error = [2 * record.get("validationMetricError", 0) for record in records]
    return {"whole": True, "lines": [
        line("validation accuracy", x, value),
        line("± 2 standard errors", x, [min(v + e, 1) for v, e in zip(value, error)], True),
        line("", x, [v - e for v, e in zip(value, error)], True, color=1)]}


def errors(run):
    """The validation loss and the share of wrong answers by epoch."""
    x = [record["epoch"] for record in run["epochs"]]
    return {"whole": True, "lines": [
        line("validation loss", x, [record["validationLoss"] for record in run["epochs"]]),
        line("wrong answers", x, [1 - record["validationMetric"] for record in run["epochs"]])]}


def steps(field, label, reference=None):
    """A number of the sampled steps."""
    def draw(run):
        records = run["steps"]
        x = [record["step"] for record in records]
        lines = [line(label, x, [record.get(field) for record in records])]
        if reference:
            lines.append(line(reference, [x[0], x[-1]], [run["run"]["preflight"]["expectedInitialLoss"]] * 2, True))
        return {"lines": lines, "whole": True}
    return draw


def layers(field, label, sample=0, as_bars=False, over=None):
    """A number of each layer in a sampled step; divided by another where given."""
    def draw(run):
        states = run["run"]["layerSamples"][sample]["layers"]
        y = numbers(state.get(field) for state in states)
        if over:
            y = [a / b if b else math.nan for a, b in zip(y, numbers(state.get(over) for state in states))]
        if field in ("deadShare", "saturatedShare"):
            y = y[:-1]
        if as_bars:
            return bars(label, y)
        return {"lines": [line(label, range(1, len(y) + 1), y)], "whole": True}
    return draw


def several(field, labels):
    """A number by epoch of several runs."""
    def draw(runs):
        return {"whole": True, "lines": [
            line(label, [r["epoch"] for r in run["epochs"]], [r.get(field) for r in run["epochs"]])
            for run, label in zip(runs, labels)]}
    return draw


def gains(run):
    """The factor by which each hidden layer's first weights multiply a signal."""
    facts = run["run"]["preflight"]["layers"][:-1]
    y = [fact["weight"] * math.sqrt(fact["inputs"]) for fact in facts]
    return bars("weights × √inputs", y)


def unlike_units(run):
    """How many units of each layer differ in their weights when training has ended."""
    y = []
    for name, array in run["weights"].items():
        if name.endswith(".weight") and len(array[0]) == 2:
            y.append(len({tuple(round(v, 5) for v in row) for row in proving.rows(array)}))
    return bars("different units", y)


def recalls(run):
    """The share of training images and of right answers, by class."""
    most = max(run["run"]["task"]["classCounts"])
    rows = run["run"]["test"]["confusion"]
    return {"names": [str(i) for i in range(len(rows))], "bars": [
        {"label": "images, of the largest class", "y": [count / most for count in run["run"]["task"]["classCounts"]]},
        {"label": "recall", "y": [row[i] / max(1, sum(row)) for i, row in enumerate(rows)]}]}


def column(run, place=MIDDLE):
    """The values of a column as a model sees them: gaps at the median, mean 0 and deviation 1."""
    values = [row[place] for row in run["data"]["rows"]]
    present = [v for v in values if v != ""]
    filled = [statistics.median(present) if v == "" else v for v in values]
    mean, deviation = statistics.mean(filled), statistics.pstdev(filled)
    scaled = [(v - mean) / deviation for v in filled]
    return {"histogram": [{"label": f"rows by the value of p{place}", "values": scaled}]}


def deviations(run, first=32):
    """The standard deviation of eight columns in a row."""
    content = run["data"]["rows"]
    names = [i for i in range(first, first + 8)]
    if len(content[0]) < 65:
        names = [i for i in names if i not in (32, 39)]
    kept = [[row[i] for row in content] for i in range(len(content[0]) - 1)]
    kept = kept[first:first + 8] if len(kept) == 64 else kept[first - 1:first - 1 + len(names)]
    y = [statistics.pstdev(values) for values in kept]
    return bars("standard deviation", y, [f"p{i}" for i in names])


def copies(run):
    """How many rows there are once, twice, …"""
    seen = {}
    for row in run["data"]["rows"]:
        seen[tuple(row)] = seen.get(tuple(row), 0) + 1
    y = [sum(1 for count in seen.values() if count == times) for times in range(1, 5)]
    return bars("different rows", y, ["once", "twice", "3 times", "4 times"])


def images(measure, *parts):
    """The images of a folder by a number, as histograms of parts: pairs of the parts' names and a label."""
    def draw(run):
        return {"histogram": [
            {"label": label, "values": [measure(p) for part, _, p, _ in run["data"]["images"] if part in names]}
            for names, label in parts]}
    return draw


def readable(run):
    """The images of each class that can be read, and those that cannot."""
    content = run["data"]["images"]
    return {"names": [str(i) for i in range(10)], "bars": [
        {"label": label, "y": [sum(1 for _, l, _, cut in content if l == i and cut == broken) for i in range(10)]}
        for broken, label in ((False, "readable"), (True, "cut off"))]}

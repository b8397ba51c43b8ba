"""Ten real data sets: a plain baseline, what `hone improve` makes of it in ten minutes, and both again on fresh seeds."""
import concurrent.futures
import csv
import json
import math
import os
import pathlib
import statistics

from proving import HONE, RESULTS, header, hone

BUDGET = os.environ.get("HONE_IMPROVE_BUDGET", "10m")
FRESH_SEEDS = range(101, 106)
# Two-sided 95 % quantile of Student's t with four degrees of freedom.
STUDENT_4 = 2.776
DATA = pathlib.Path(os.environ.get("HONE_DATA", "."))
BACKBONE = f"squeezeNet1_1={DATA / 'weights/squeezenet-imagenet/squeezenet1_1-imagenet-features.safetensors'}"


def written(path, head, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def sms(folder):
    lines = (DATA / "sms-spam/SMSSpamCollection").read_text(encoding="utf-8").splitlines()
    return written(folder / "sms.csv", ["label", "text"], (line.split("\t", 1) for line in lines))


def trec(folder):
    lines = (DATA / "sent-conv/TREC.train.all").read_text(encoding="latin-1").splitlines()
    return written(folder / "trec.csv", ["label", "text"], (line.split(" ", 1) for line in lines))


def ag_news(folder):
    with open(DATA / "ag-news/test.csv", newline="", encoding="utf-8") as file:
        rows = [(row[0], f"{row[1]}. {row[2]}") for row in csv.reader(file)]
    return written(folder / "ag-news.csv", ["label", "text"], rows)


def stored(path):
    return lambda _: DATA / path


# Every baseline is what a tutorial would write: a fully connected network, a small convolutional one, or averaged word
# vectors; AdamW at 0.001 without schedule, augmentation or dropout. No setting of theirs was tuned.
SETS = {
    "digits": (lambda _: "digits", ["--model", "mlp", "--epochs", "15"]),
    "mnist": (lambda _: "mnist", ["--model", "mlp", "--epochs", "5"]),
    "fashion-mnist": (lambda _: "fashion-mnist", ["--model", "mlp", "--epochs", "5"]),
    "cifar10": (lambda _: "cifar10", ["--model", "cnn", "--epochs", "2"]),
    "hymenoptera": (stored("hymenoptera/train"), ["--model", "cnn", "--epochs", "10", "--pretrained", BACKBONE]),
    "sms-spam": (sms, ["--target", "label", "--epochs", "10"]),
    "trec": (trec, ["--target", "label", "--epochs", "10"]),
    "ag-news": (ag_news, ["--target", "label", "--epochs", "10"]),
    "california-housing": (
        stored("tabular/california-housing/housing.csv"), ["--target", "median_house_value", "--epochs", "20"]),
    "wine-quality": (
        stored("tabular/wine-quality/winequality-white.csv"), ["--target", "quality", "--epochs", "20"]),
}


def interval(differences):
    mean = statistics.mean(differences)
    half = STUDENT_4 * statistics.stdev(differences) / math.sqrt(len(differences))
    return mean, mean - half, mean + half


def proven(name, root):
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    source, words = SETS[name]
    source = str(source(folder))
    target = words[:2] if words[0] == "--target" else []
    store = ["--store", str(folder / "hone.sqlite")]
    record, seconds = hone(
        "improve", source, *words, "--budget", BUDGET, "--seed", "0", "--threads", "1", *store, folder=folder)
    configurations = {}
    for part in ("baseline", "final"):
        run, _ = hone("runs", "show", record[part]["run"], *store, folder=folder)
        configuration = run["configuration"]
        configuration["data"]["splitSeed"] = 0
        configurations[part] = folder / f"{part}.json"
        configurations[part].write_text(json.dumps(configuration))
    changed = record["kept"]
    fresh = {"baseline": [], "final": []}
    for seed in FRESH_SEEDS if changed else []:
        for part, file in configurations.items():
            run, _ = hone(
                "train", source, "--config", str(file), "--seed", str(seed), "--threads", "1", *target, *store, folder=folder)
            fresh[part].append(run["test"]["metric"])
    larger = not record["metric"].endswith("Error")
    differences = [
        (after - before) if larger else (before - after) for before, after in zip(fresh["baseline"], fresh["final"])]
    row = {
        "set": name, "metric": record["metric"], "kept": changed, "seconds": round(seconds, 1), "fresh": fresh,
        "gain": interval(differences) if changed else (0.0, 0.0, 0.0)}
    (folder / "row.json").write_text(json.dumps(row))
    print(f"prove: improve: {json.dumps(row)}", flush=True)
    return row


def improve(folder):
    """One data set for each core at a time, each on one thread."""
    root = pathlib.Path(folder)
    names = os.environ.get("HONE_IMPROVE_SETS", " ".join(SETS)).split()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = list(pool.map(lambda name: proven(name, root), names))
    (RESULTS / "improve.md").write_text(page(rows))


def page(rows):
    above = sum(row["gain"][1] > 0 for row in rows)
    below = sum(row["gain"][2] < 0 for row in rows)
    text = header("Real data sets, improved", "Scripts/prove improve")
    text += (
        f"`hone improve DATA --budget {BUDGET} --threads 1 --seed 0` on a plain baseline (`Scripts/prove_improve.py` has each; "
        "hymenoptera also with `--pretrained`), "
        f"{os.cpu_count()} data sets at a time. Then the baseline's configuration and the final one are trained anew with "
        f"{len(FRESH_SEEDS)} fresh seeds on the same split, and compared in pairs on its test part, which no choice has seen. "
        "The interval is Student's over the pairs, 95 %; a positive gain is better, also where the metric is an error.\n\n"
        f"**The interval lies above zero in {above} of {len(rows)}, below in {below}** (asked: at least seven, and none).\n\n"
        "| data | metric | baseline | improved | paired gain | kept | seconds |\n|---|---|---|---|---|---|---|\n")
    for row in rows:
        before, after = (statistics.mean(row["fresh"][part]) if row["kept"] else None for part in ("baseline", "final"))
        mean, low, high = row["gain"]
        text += (
            f"| {row['set']} | {row['metric']} | {before:.4f} | {after:.4f} | {mean:+.4f} [{low:+.4f}, {high:+.4f}] | "
            f"{', '.join(row['kept'])} | {row['seconds']} |\n" if row["kept"] else
            f"| {row['set']} | {row['metric']} | – | – | nothing proven | – | {row['seconds']} |\n")
    return text

"""The part `cases` of Scripts/prove: what remedies make of the labelled cases."""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

from proving import RESULTS, ROOT, header

FILE = os.environ.get("HONE_CASES_FILE", "")
SECONDS, BUDGET, SEEDS = (os.environ.get(f"HONE_CASES_{name}", default) for name, default in [
    ("SECONDS", "5"), ("BUDGET", "120"), ("SEEDS", "5")])
# A runner that was built before, instead of building one.
PROGRAM = os.environ.get("HONE_CASES_PROGRAM", str(ROOT / ".build/release/HoneCases"))
# AUTOTRAINER's published medians (Zhang and others 2021, arXiv 2101.10612), by data set.
PUBLISHED = {"blobs": 0.817, "circles": 0.847, "mnist": 0.99, "cifar10": 0.661}


def has_convolutions(case):
    """Whether the runner trains a case on all processors."""
    return any(layer.get("t", "").startswith("conv") for layer in case.get("layers", []))


def run(identifier, folder, threads=1):
    """One case in a process of its own; the report's path."""
    path = pathlib.Path(folder) / f"{identifier}.json"
    if path.exists():
        return path
    result = subprocess.run(
        [PROGRAM, "run", FILE, "--only", identifier, "--json", "--improve",
         "--seconds", SECONDS, "--budget", BUDGET, "--seeds", SEEDS],
        capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": str(threads)})
    if result.returncode != 0:
        print(f"prove: case {identifier} ended with {result.returncode}: {result.stderr[-500:]}", file=sys.stderr)
        return None
    lines = [line for line in result.stderr.splitlines() if line.startswith(("  proven", "  not proven"))]
    print(f"prove: case {identifier}: {' '.join(lines) or result.stderr.splitlines()[0]}", flush=True)
    path.write_text(result.stdout)
    return path


def cases(folder):
    """Cases with convolutions alone on all cores, of the others one for each core at a time; the runner itself scores what came out."""
    if not FILE:
        print("prove: cases skipped: HONE_CASES_FILE does not name a file in the format of Tools/cases.")
        return
    # Building it is Tools/cases' business; a call without arguments does no more.
    if "HONE_CASES_PROGRAM" not in os.environ:
        subprocess.run(
            [ROOT / "Tools/cases"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    folder = os.environ.get("HONE_CASES_FOLDER", folder)
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    records = json.loads(pathlib.Path(FILE).read_text())["cases"]
    paths = {case["id"]: run(case["id"], folder, os.cpu_count()) for case in records if has_convolutions(case)}
    others = [case["id"] for case in records if not has_convolutions(case)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        paths |= zip(others, pool.map(lambda name: run(name, folder), others))
    made = [path for path in (paths[case["id"]] for case in records) if path]
    scored = subprocess.run(
        [PROGRAM, "score", FILE, *made], capture_output=True, text=True, check=True)
    (RESULTS / "repairs.md").write_text(page(json.loads(scored.stdout)))


def number(value, form=".3f"):
    return "–" if value is None else format(float(value), form)


def page(report):
    score = report["improvement"]
    share = 100 * score["proven"] / max(score["repairable"], 1)
    text = header("Remedies on labelled cases", "Scripts/prove cases")
    text += (
        f"`Tools/cases run {pathlib.Path(FILE).name} --improve --seconds {SECONDS} --budget {BUDGET} --seeds {SEEDS}`, each "
        f"case in a process of its own: networks of convolutions alone on all cores, of the others {os.cpu_count()} at a time on "
        f"one thread each. Each case is trained as its label says for about {SECONDS} s, diagnosed, and its remedies raced for at most 1.7 times the training's time, and where that "
        "proves nothing and eight trainings' time is left, once more for as long as the budget allows; what wins is proven with fresh seeds on samples that "
        "chose nothing, as is the same recipe with another seed, and random search with the race's time. Where a whole "
        "training takes more than a sixteenth of the budget, all recipes train for fewer epochs.\n\n"
        f"- Gain proven on **{score['proven']} of {score['repairable']}** cases that a change of the recipe can mend "
        f"({share:.1f} %; asked: 80 %).\n"
        f"- Race over training time, median: {number(score.get('medianExtra'), '.2f')} (asked: 1.76 at most).\n"
        f"- Median gain {number(score.get('medianGain'))}, random search's {number(score.get('medianRandomGain'))}; below "
        f"random search: {', '.join(score['belowRandom']) or 'none'}.\n"
        f"- Healthy cases changed: {len(score['healthyChanged'])} of {score['healthy']}.\n\n"
        "| data | median final metric | AUTOTRAINER's |\n|---|---:|---:|\n")
    for name, value in sorted(score["medianMetric"].items()):
        text += f"| {name} | {number(value)} | {number(PUBLISHED.get(name))} |\n"
    text += (
        "\n| case | named first | remedies | before | after | gain, 95 % | random search | seeds x folds | races | race over training |\n"
        "|---|---|---|---:|---:|---|---:|---:|---:|---:|\n")
    for case in report["cases"]:
        found = case.get("improvement")
        if not found:
            continue
        first = next((entry["id"] for entry in case["findings"] if entry["severity"] != "info"), "–")
        bounds = found.get("interval") or []
        gain = f"{number(found.get('gain'), '+.3f')} [{', '.join(number(end, '+.3f') for end in bounds)}]" if bounds else "–"
        extra = found["raceSeconds"] / max(found["baselineSeconds"], 1e-9)
        text += (
            f"| {case['id']} | {first} | {', '.join(found['remedies']) or '–'} | {number(found.get('baselineMetric'))} | "
            f"{number(found.get('metric'))} | {gain} | {number(found.get('randomGain'), '+.3f')} | "
            f"{found['seeds']} x {found['folds']} | {found['races']} | {extra:.2f} |\n")
    missing = [f"{case['id']} ({case.get('reason') or case['status']})" for case in report["cases"] if case["status"] != "ran"]
    text += f"\nNot run: {', '.join(missing) or 'none'}.\n"
    if score["notProven"]:
        text += "\nNot proven:\n\n" + "".join(f"- {line}\n" for line in score["notProven"])
    return text

"""Parts of Scripts/prove about the ready models: published weights and torchvision's numbers."""
import json
import math
import os
import pathlib
import re
import shutil
import subprocess

from proving import RESULTS, ROOT, arrays, header, hone, rows

IMAGENET = ["--set", "data.normalize=imagenet"]
# ImageNet's numbers of the classes of the photos: ants, bees.
INSECTS = [310, 309]


def features(folder, data, model, weights, *options, content="outputs"):
    """What `hone features` writes for a model with weights of a file, and what it says of these."""
    target = f"{folder}/features.safetensors"
    report, _ = hone(
        "features", data, "--model", model, "--pretrained", str(weights), *IMAGENET, *options,
        "--content", content, "-o", target, folder=folder)
    return arrays(target), report["pretrained"]


def best(row, count=1):
    return sorted(range(len(row)), key=row.__getitem__, reverse=True)[:count]


def negative_log_likelihood(row, label):
    top = max(row)
    return top + math.log(sum(math.exp(value - top) for value in row)) - row[label]


def cifar_resnets(folder):
    """The four residual networks of published weights, on the test images that their figures are of."""
    weights = pathlib.Path(os.environ["HONE_DATA"]) / "weights"
    source = (weights / "SOURCE.txt").read_text()
    count, stated = re.search(r"first (\d+) test images.*?: ([\d. /]+) %", source).groups()
    weights /= "resnet-cifar10-akamaster"
    reference = json.loads((weights / "reference.json").read_text())
    text = header("Published weights of CIFAR residual networks", "Scripts/prove cifar-resnets")
    text += (
        "`hone features cifar10 --model resnetN --pretrained FILE.th --set data.normalize=imagenet "
        f"--content outputs --split test --limit {count}`: the original files of "
        "github.com/akamaster/pytorch_resnet_cifar10, read without running what is inside, beside the figures "
        "that PyTorch gave for the same images. Differences of outputs are those of the first three images, "
        "whose references have four decimals.\n\n"
        "| model | arrays | accuracy | stated | difference | loss | stated | outputs differ by | as stated |\n"
        "|---|---|---|---|---|---|---|---|---|\n")
    is_right = True
    for depth, percent in zip((20, 32, 44, 56), stated.split("/")):
        file = next(weights.glob(f"resnet{depth}-*.th"))
        found, loaded = features(
            folder, "cifar10", f"resnet{depth}", file, "--split", "test", "--limit", count)
        outputs, labels = rows(found["outputs"]), found["labels"][1]
        accuracy = 100 * sum(best(row) == [label] for row, label in zip(outputs, labels)) / len(outputs)
        loss = sum(map(negative_log_likelihood, outputs, labels)) / len(outputs)
        known = reference.get(file.stem, {})
        distance = max(
            (abs(x - y) for row, own in zip(known.get("logits_first3", []), outputs) for x, y in zip(row, own)),
            default=None)
        # A figure of one decimal is off by half of it at most; the others likewise.
        fits = (
            len(outputs) == int(count) and not loaded["missing"] and not loaded["unexpected"]
            and abs(accuracy - float(percent)) <= 0.05 + 1e-9
            and abs(loss - known.get("nll", loss)) <= 1e-4 and (distance or 0) <= 1e-3)
        is_right = is_right and fits
        text += (
            f"| resnet{depth} | {loaded['loaded']} | {accuracy:.2f} % | {percent.strip()} % | "
            f"{accuracy - float(percent):+.2f} | {loss:.5f} | {known.get('nll', '–')} | "
            f"{'–' if distance is None else format(distance, '.1e')} | {'yes' if fits else 'no'} |\n")
        print(f"prove: resnet{depth}: {accuracy:.2f} %, stated {percent.strip()} %", flush=True)
    (RESULTS / "cifar-resnets.md").write_text(text)
    return is_right


def torchvision_python():
    """A Python with torchvision: that of HONE_PYTHON or of the libtorch in use; None where none has it."""
    own = subprocess.run([ROOT / "Scripts/torch-python", "torch"], capture_output=True, text=True).stdout.strip()
    for python in filter(None, [os.environ.get("HONE_PYTHON"), own]):
        check = [python, "-c", "import PIL, safetensors, torchvision"]
        if subprocess.run(check, capture_output=True).returncode == 0:
            return python
    return None


def squeezenet_picture(folder, data):
    """One picture in its own size, beside the stored figures: rows of a table and whether all fit."""
    known = json.loads((data / "weights/squeezenet-imagenet/reference.json").read_text())["hopper_png_128x128_no_resize"]
    photos = pathlib.Path(folder) / "picture"
    # Data for a classifier have two classes, and enough of each to divide.
    for name in ("a/0.png", "a/1.png", "a/2.png", "b/0.png", "b/1.png", "b/2.png"):
        (photos / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(data / "image-decode/pillow/hopper.png", photos / name)
    size = ["--set", "data.imageSize=128"]
    weights = data / "weights/squeezenet-imagenet"
    found, _ = features(
        folder, photos, "squeezeNet1_0", weights / "squeezenet1_0-imagenet-deepcompression.safetensors", *size)
    outputs = rows(found["outputs"])[0]
    found, _ = features(
        folder, photos, "squeezeNet1_1", weights / "squeezenet1_1-imagenet-features.safetensors", *size,
        content="features")
    means = rows(found["features"])[0]
    top = known["squeezenet1_0_top5"]
    checks = [
        ("1.0: the five largest outputs", [entry[1] for entry in top], [outputs[i] for i in best(outputs, 5)], 1e-3),
        ("1.0: their classes", [entry[0] for entry in top], best(outputs, 5), 0),
        ("1.0: sum of all outputs", [known["squeezenet1_0_logits_sum"]], [sum(outputs)], 0.1),
        ("1.1: the first eight features", known["squeezenet1_1_features_gap_first8"], list(means[:8]), 1e-3),
        ("1.1: sum of all features", [known["squeezenet1_1_features_gap_sum"]], [sum(means)], 0.02)]
    text, is_right = "", True
    for title, expected, own, tolerance in checks:
        distance = max(abs(x - y) for x, y in zip(expected, own))
        is_right = is_right and distance <= tolerance
        text += f"| {title} | {distance:.1e} | {tolerance:g} | {'yes' if distance <= tolerance else 'no'} |\n"
    return text, is_right


def squeezenet(folder):
    """SqueezeNet with published weights, on one picture and on photos, beside torchvision."""
    data = pathlib.Path(os.environ["HONE_DATA"])
    weights = data / "weights/squeezenet-imagenet"
    text = header("SqueezeNet beside torchvision", "Scripts/prove squeezenet")
    table, is_right = squeezenet_picture(folder, data)
    text += (
        "One picture of 128x128 pixels, beside torchvision's stored figures of four or five digits:\n\n"
        "| what | difference | allowed | as stated |\n|---|---|---|---|\n" + table)

    known = json.loads((weights / "reference.json").read_text())["hymenoptera"]
    file = weights / "squeezenet1_0-imagenet-deepcompression.safetensors"
    photos = ["--set", "data.imageSize=227", "--set", "data.imageResize=256"]
    found, _ = features(folder, data / "hymenoptera", "squeezeNet1_0", file, *photos)
    outputs, labels = rows(found["outputs"]), found["labels"][1]
    truths = [INSECTS[label] for label in labels]
    first, five = (
        sum(truth in best(row, count) for row, truth in zip(outputs, truths)) / len(outputs) for count in (1, 5))
    stated = known["squeezenet1_0_top1_ant310_or_bee309"], known["squeezenet1_0_top5"]
    is_right = is_right and len(outputs) == known["images"] and abs(first - stated[0]) <= 5e-5
    is_right = is_right and abs(five - stated[1]) <= 5e-5
    text += (
        f"\n{len(outputs)} photos of ants and bees from their JPEG files, by `hone features photos/ --model "
        "squeezeNet1_0 --pretrained FILE --content outputs --set data.normalize=imagenet --set data.imageSize=227 "
        "--set data.imageResize=256`:\n\n"
        f"- The photo's class of 1,000 is first in {first:.2%} (stated {stated[0]:.2%}), among five in {five:.2%} "
        f"(stated {stated[1]:.2%}).\n")
    python = torchvision_python()
    if python is None:
        text += "- Not compared output by output: no Python with torchvision, Pillow and safetensors was found.\n"
    else:
        expected = f"{folder}/expected.safetensors"
        subprocess.run([python, ROOT / "Tools/golden/photos.py", data / "hymenoptera", file, expected], check=True)
        theirs = rows(arrays(expected)["outputs"])
        distances = sorted(max(abs(x - y) for x, y in zip(own, row)) for own, row in zip(outputs, theirs))
        largest = max(max(row) for row in theirs)
        fits = len(theirs) == len(outputs) and distances[-1] <= 1e-4 * largest
        is_right = is_right and fits
        text += (
            f"- Beside torchvision and Pillow on the same files, all {len(outputs) * 1000:,} outputs: they differ by "
            f"{distances[-1]:.1e} at most (median of the photos {distances[len(distances) // 2]:.1e}) where the "
            f"largest output is {largest:.1f}; allowed is a ten-thousandth of it: {'yes' if fits else 'no'}.\n")
    (RESULTS / "squeezenet.md").write_text(text)
    print(f"prove: squeezenet: {first:.2%} and {five:.2%}", flush=True)
    return is_right


def vision_golden(folder):
    """All vision models on formula weights in double precision, by the test that compares them."""
    table = pathlib.Path(folder) / "vision.json"
    subprocess.run(
        ["swift", "test", "--filter", "VisionModelTests/(table|cost)"], cwd=ROOT, check=True,
        env=os.environ | {
            "HONE_VISION_TABLE": str(table), "HONE_LONG_TESTS": "1", "HONE_TARGETS": "HoneModels"})
    cases = json.loads(table.read_text())
    fits = [max(case["evaluation"], case.get("training") or 0) <= case["tolerance"] for case in cases]
    large = sum(case["isLarge"] for case in cases)
    text = header("Vision models beside torchvision", "Scripts/prove vision-golden")
    text += (
        f"Weights from a formula, the same on both sides, in double precision; {len(cases)} models, {large} of them "
        "too large for the usual tests. The difference is the largest of all outputs, as a share of the largest "
        f"output; up to {cases[0]['tolerance']:g} is allowed, for sums in another order. Parameters and multiply-adds "
        "are of 1,000 classes and equal torchvision's exactly. LeNet, the original AlexNet, and residual networks for "
        "small images, with pre-activation or squeeze-and-excitation are compared with PyTorch modules written after "
        "the papers, as torchvision has none. In training, networks whose last maps have a single position differ "
        "most: the variance of a batch of two magnifies rounding. All reference figures come from "
        "`Tools/golden/vision.py`.\n\n"
        "| model | parameters | multiply-adds | difference | in training | allowed |\n|---|---|---|---|---|---|\n")
    for case, fit in zip(cases, fits):
        training = case.get("training")
        text += (
            f"| {case['name']}{' (large)' if case['isLarge'] else ''} | {case['parameters']:,} | "
            f"{case['multiplyAdds']:,} | {case['evaluation']:.1e} | "
            f"{'–' if training is None else format(training, '.1e')} | {'yes' if fit else 'no'} |\n")
    (RESULTS / "vision-golden.md").write_text(text)
    print(f"prove: vision-golden: {sum(fits)} of {len(cases)} as torchvision", flush=True)
    return all(fits)

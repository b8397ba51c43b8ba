"""PyTorch's side of the benchmarks: one workload of workloads.json, eager mode, default settings.

    python peers.py workloads.json NAME

prints one line of JSON, as HoneBench does.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        stride = 1 if inputs == outputs else 2
        self.added = outputs - inputs
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, x):
        shortcut = x
        if self.added:
            half = self.added // 2
            shortcut = functional.pad(
                x[:, :, ::2, ::2], (0, 0, 0, 0, half, self.added - half))
        x = functional.relu(self.bn1(self.conv1(x)))
        return functional.relu(self.bn2(self.conv2(x)) + shortcut)


def resnet20(workload):
    layers = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    channels = 16
    for width in [16, 32, 64]:
        for _ in range(3):
            layers.append(Block(channels, width))
            channels = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, workload["classes"])]
    return nn.Sequential(*layers)


def mlp(workload):
    layers = []
    features = workload["input"][0]
    for width in workload["widths"]:
        # No bias before a normalisation that would subtract it again; Hone's model has none either.
        layers += [
            nn.Linear(features, width, bias=False), nn.BatchNorm1d(width), nn.ReLU(),
            nn.Dropout(workload["dropout"])]
        features = width
    return nn.Sequential(*layers, nn.Linear(features, workload["classes"]))


MODELS = {"mlp": mlp, "resnet20": resnet20}


def clocks():
    return time.perf_counter(), time.process_time()


def passed(start, count):
    return {
        name: (end - begin) / count
        for name, begin, end in zip(("seconds", "processorSeconds"), start, clocks())}


def small_operation(workload):
    left = torch.ones(workload["elements"])
    right = torch.ones(workload["elements"])
    for _ in range(workload["warmUp"]):
        left + right
    start = clocks()
    for _ in range(workload["steps"]):
        left + right
    return passed(start, workload["steps"])


def training(workload, starting):
    model = MODELS[workload["model"]](workload)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=workload["learningRate"], weight_decay=workload["weightDecay"])
    batches = [
        (torch.randn(workload["batch"], *workload["input"]),
         torch.randint(workload["classes"], (workload["batch"],)))
        for _ in range(workload["batches"])]
    mixed = workload["precision"] == "bf16"

    def step(index):
        images, labels = batches[index % len(batches)]
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
            loss = functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss

    if starting:
        return {"loss": step(0).item()}
    for index in range(workload["warmUp"]):
        step(index)
    start = clocks()
    for index in range(workload["steps"]):
        loss = step(index)
    return passed(start, workload["steps"]) | {"loss": loss.item()}


def augmentation(workload):
    from torchvision.transforms import v2

    side = workload["side"]
    flip = v2.RandomHorizontalFlip(0.5)
    normalize = [
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])]
    if workload["chain"] == "crop":
        steps = [v2.RandomCrop(side, padding=4), flip, *normalize]
    else:
        steps = [
            v2.RandomResizedCrop(side, antialias=True), flip, v2.RandomRotation(15),
            v2.ColorJitter(0.4, 0.4, 0.4, 0.1), *normalize, v2.RandomErasing()]
    chain = v2.Compose(steps)
    pictures = torch.randint(
        256, (workload["pictures"], *workload["source"], 3), dtype=torch.uint8)
    # Channels last is the faster form of large images for torchvision, planes that of small ones.
    pictures = pictures.permute(0, 3, 1, 2)
    if workload["chain"] == "crop":
        pictures = pictures.contiguous()
    batch = torch.empty(128, 3, side, side)
    count = len(pictures)
    for index in range(workload["warmUp"]):
        batch[index % 128] = chain(pictures[index % count])
    start = clocks()
    for index in range(workload["steps"]):
        batch[index % 128] = chain(pictures[index % count])
    return passed(start, workload["steps"])


def peak_memory():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return None


def main():
    with open(sys.argv[1]) as file:
        document = json.load(file)
    workload = next(w for w in document["workloads"] if w["name"] == sys.argv[2])
    torch.set_num_threads(workload.get("threads", document["threads"]))
    torch.manual_seed(document["seed"])
    if workload["kind"] == "smallOperation":
        result = small_operation(workload)
    elif workload["kind"] == "textAugmentation":
        import nlpaug_texts

        result = nlpaug_texts.run(workload, document["vocabulary"], clocks, passed)
    elif workload["kind"] == "loading":
        import loading

        result = loading.run(workload, clocks, passed)
    elif workload["kind"] == "opening":
        import loading

        result = loading.open_large(workload)
    elif workload["kind"] == "augmentation":
        result = augmentation(workload)
    else:
        result = training(workload, workload["kind"] == "startUp")
    result["peakMemory"] = peak_memory()
    result.setdefault("library", "PyTorch " + torch.__version__)
    print(json.dumps(result), flush=True)


main()

"""PyTorch's side of the benchmarks: one workload of workloads.json, in eager mode with default settings
unless a tuning of training steps is named (fused, channels, compile, or several joined by plus signs).

    python peers.py workloads.json NAME [TUNING]
    python peers.py workloads.json NAME --export FILE

prints one line of JSON, as HoneBench does; the second form writes a workload's model for ONNX Runtime.
"""

import json
import sys

import torch
from torch import nn
from torch.nn import functional

from measuring import clocks, passed, peak_memory


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


class Tabular(nn.Module):
    """Numbers and the vectors of categories, joined, through a perceptron."""

    def __init__(self, workload):
        super().__init__()
        self.numbers = workload["numbers"]
        widths = [min(600, round(1.6 * codes**0.56)) for codes in workload["cardinalities"]]
        self.tables = nn.ModuleList(
            nn.Embedding(codes, width, padding_idx=0)
            for codes, width in zip(workload["cardinalities"], widths))
        self.dropout = nn.Dropout(workload["dropout"])
        self.perceptron = mlp(workload | {"input": [self.numbers + sum(widths)]})

    def forward(self, rows):
        codes = rows[:, self.numbers:].long()
        vectors = [table(codes[:, column]) for column, table in enumerate(self.tables)]
        joined = self.dropout(torch.cat(vectors, 1))
        return self.perceptron(torch.cat([rows[:, :self.numbers], joined], 1))


class Recurrent(nn.Module):
    def __init__(self, workload):
        super().__init__()
        self.lstm = nn.LSTM(
            workload["input"][-1], workload["features"], workload["layers"], batch_first=True)
        self.head = nn.Linear(workload["features"], workload["classes"])

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


class Encoder(nn.Module):
    def __init__(self, workload):
        super().__init__()
        features = workload["input"][-1]
        layer = nn.TransformerEncoderLayer(
            features, workload["heads"], workload["hidden"], workload["dropout"], "gelu",
            batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(
            layer, workload["layers"], norm=nn.LayerNorm(features), enable_nested_tensor=False)
        self.head = nn.Linear(features, workload["classes"])

    def forward(self, x):
        return self.head(self.encoder(x).mean(1))


def resnet18(workload):
    from torchvision.models import resnet18 as make

    return make(num_classes=workload["classes"])


MODELS = {
    "mlp": mlp, "tabularMLP": Tabular, "resnet20": resnet20, "resnet18": resnet18,
    "lstm": Recurrent, "transformer": Encoder}


def random_batch(workload):
    labels = torch.randint(workload["classes"], (workload["batch"],))
    if workload["model"] != "tabularMLP":
        return torch.randn(workload["batch"], *workload["input"]), labels
    codes = [
        torch.randint(codes, (workload["batch"], 1)).float() for codes in workload["cardinalities"]]
    return torch.cat([torch.randn(workload["batch"], workload["numbers"]), *codes], 1), labels


def small_operation(workload):
    left = torch.ones(workload["elements"])
    right = torch.ones(workload["elements"])
    for _ in range(workload["warmUp"]):
        left + right
    start = clocks()
    for _ in range(workload["steps"]):
        left + right
    return passed(start, workload["steps"])


def training(workload, starting, tuning):
    """Steps of training. `tuning` names what is done beyond the defaults, joined by plus signs:
    `fused` the optimiser, `channels` innermost in memory, `compile`."""
    model = MODELS[workload["model"]](workload)
    batches = [random_batch(workload) for _ in range(workload["batches"])]
    if "channels" in tuning:
        model = model.to(memory_format=torch.channels_last)
        batches = [(x.to(memory_format=torch.channels_last), y) for x, y in batches]
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=workload["learningRate"], weight_decay=workload["weightDecay"],
        fused=True if "fused" in tuning else None)
    mixed = workload["precision"] == "bf16"

    def loss_of(images, labels):
        with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
            return functional.cross_entropy(model(images), labels)

    compute = torch.compile(loss_of) if "compile" in tuning else loss_of

    def step(index):
        optimizer.zero_grad()
        loss = compute(*batches[index % len(batches)])
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


def export(workload, path):
    model = MODELS[workload["model"]](workload).eval()
    torch.onnx.export(model, (torch.randn(workload["batch"], *workload["input"]),), path, dynamo=False)


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


def main():
    with open(sys.argv[1]) as file:
        document = json.load(file)
    workload = next(w for w in document["workloads"] if w["name"] == sys.argv[2])
    torch.set_num_threads(workload.get("threads", document["threads"]))
    torch.manual_seed(document["seed"])
    if sys.argv[3:4] == ["--export"]:
        return export(workload, sys.argv[4])
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
        tuning = sys.argv[3].split("+") if len(sys.argv) > 3 else []
        result = training(workload, workload["kind"] == "startUp", tuning)
    result["peakMemory"] = peak_memory()
    result.setdefault("library", "PyTorch " + torch.__version__)
    print(json.dumps(result), flush=True)


main()

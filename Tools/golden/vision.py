"""Writes the reference values of the vision models: torchvision's outputs, parameters and arithmetic.

Weights are not stored: both sides fill them from a formula over the weight's name and the element's
index, in whole numbers, so that they agree to the last bit.

Run from the repository's root, with torch and torchvision installed:

    python Tools/golden/vision.py [NAME ...]      all where none is named
"""

import json
import math
import pathlib
import sys

import torch
import torchvision
from torch import nn
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode
from torchvision import models

OUTPUT = pathlib.Path("Tests/HoneModelsTests/Golden/vision.json")
PRIME = 2**31 - 1
OUTPUTS = 7


def uniform(name, count):
    """Numbers in 0..<1 that depend on a name: a linear sequence, squared twice modulo a prime."""
    offset = 2166136261
    for byte in name.encode():
        offset = ((offset ^ byte) * 16777619) % 2**32
    offset %= PRIME
    x = (torch.arange(count, dtype=torch.int64) * 48271 + offset) % PRIME
    x = (x * x) % PRIME
    x = (x * x + offset) % PRIME
    return x.double() / PRIME


def filled(name, shape):
    """Weights of two dimensions or more with Kaiming's size, scales around one, the rest near zero."""
    value = uniform(name, math.prod(shape)).reshape(shape)
    leaf = name.rsplit(".", 1)[-1]
    if leaf == "running_var" or (leaf == "weight" and len(shape) == 1):
        return value + 0.5
    if leaf.endswith("weight") and len(shape) > 1:
        return (value * 2 - 1) * math.sqrt(6 / math.prod(shape[1:]))
    return (value - 0.5) * 0.4


def fill(model):
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                value.copy_(filled(name, value.shape))


def logits(output):
    """The main head's outputs, and behind them those of others in the order of the network."""
    parts = [output] if torch.is_tensor(output) else [output[0], *reversed(output[1:])]
    return torch.cat(parts).detach().double().flatten().tolist()


class LeNet(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, num_classes)

    def forward(self, x):
        x = functional.avg_pool2d(torch.tanh(self.conv1(x)), 2)
        x = functional.avg_pool2d(torch.tanh(self.conv2(x)), 2).flatten(1)
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


def original_alexnet(num_classes, dropout=0.5):
    """Krizhevsky et al. 2012: torchvision's class with the paper's convolutions."""
    model = models.alexnet(num_classes=num_classes, dropout=dropout)
    norm = lambda: nn.LocalResponseNorm(5, k=2)
    relu, pool = nn.ReLU, lambda: nn.MaxPool2d(3, 2)
    model.features = nn.Sequential(
        nn.Conv2d(3, 96, 11, 4, 2), relu(), norm(), pool(),
        nn.Conv2d(96, 256, 5, padding=2, groups=2), relu(), norm(), pool(),
        nn.Conv2d(256, 384, 3, padding=1), relu(),
        nn.Conv2d(384, 384, 3, padding=1, groups=2), relu(),
        nn.Conv2d(384, 256, 3, padding=1, groups=2), relu(), pool())
    return model


def small_vit(num_classes):
    return models.VisionTransformer(image_size=32, patch_size=4, num_layers=6, num_heads=4, hidden_dim=192,
                                    mlp_dim=384, num_classes=num_classes)


def googlenet(aux_logits=False, **more):
    return models.GoogLeNet(aux_logits=aux_logits, init_weights=False, **more)


def inception(aux_logits=False, **more):
    return models.Inception3(aux_logits=aux_logits, init_weights=False, **more)


class Excitation(nn.Module):
    """Hu, Shen and Sun 2018: factors of channels out of the means of all."""

    def __init__(self, channels, reduction):
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // reduction, 1)
        self.excitation = nn.Conv2d(channels // reduction, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.excitation(functional.relu(self.squeeze(x.mean((2, 3), keepdim=True)))))


class ResidualUnit(nn.Module):
    """He et al. 2015, or with `pre` 2016: convolutions of the given kernels, widths and strides."""

    def __init__(self, widths, kernels, strides, pre, reduction):
        super().__init__()
        self.pre, self.count = pre, len(kernels)
        for i, (kernel, stride) in enumerate(zip(kernels, strides)):
            convolution = nn.Conv2d(widths[i], widths[i + 1], kernel, stride, kernel // 2, bias=False)
            setattr(self, f"conv{i + 1}", convolution)
            setattr(self, f"bn{i + 1}", nn.BatchNorm2d(widths[i if pre else i + 1]))
        self.downsample = nn.Sequential()
        if max(strides) > 1 or widths[0] != widths[-1]:
            self.downsample.append(nn.Conv2d(widths[0], widths[-1], 1, max(strides), bias=False))
            if not pre:
                self.downsample.append(nn.BatchNorm2d(widths[-1]))
        self.excitation = Excitation(widths[-1], reduction) if reduction else nn.Identity()

    def forward(self, x):
        part = lambda kind, i: getattr(self, f"{kind}{i + 1}")
        if not self.pre:
            y = x
            for i in range(self.count):
                y = part("bn", i)(part("conv", i)(functional.relu(y) if i else y))
            return functional.relu(self.excitation(y) + self.downsample(x))
        first = functional.relu(self.bn1(x))
        y = self.conv1(first)
        for i in range(1, self.count):
            y = part("conv", i)(functional.relu(part("bn", i)(y)))
        return self.excitation(y) + (self.downsample(first) if len(self.downsample) else x)


class ResidualNetwork(nn.Module):
    """What torchvision has not: networks for small images, pre-activation, squeeze-and-excitation."""

    def __init__(self, num_classes, counts, width, stem=None, deep=False, pre=False, large=False, reduction=None):
        super().__init__()
        channels = stem or width
        self.large, self.pre = large, pre
        self.conv1 = nn.Conv2d(3, channels, 7 if large else 3, 2 if large else 1, 3 if large else 1, bias=False)
        if not pre:
            self.bn1 = nn.BatchNorm2d(channels)
        for stage, count in enumerate(counts):
            units, inner = [], width << stage
            for index in range(count):
                stride = 2 if index == 0 and stage else 1
                shape = (
                    ([channels, inner, inner, 4 * inner], [1, 3, 1], [1, stride, 1]) if deep
                    else ([channels, inner, inner], [3, 3], [stride, 1]))
                units.append(ResidualUnit(*shape, pre, reduction))
                channels = shape[0][-1]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*units))
        self.stages = len(counts)
        if pre:
            self.bn = nn.BatchNorm2d(channels)
        self.fc = nn.Linear(channels, num_classes)

    def forward(self, x):
        x = self.conv1(x)
        if not self.pre:
            x = functional.relu(self.bn1(x))
        if self.large:
            x = functional.max_pool2d(x, 3, 2, 1)
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        if self.pre:
            x = functional.relu(self.bn(x))
        return self.fc(x.mean((2, 3)))


def residual(**options):
    return lambda num_classes: ResidualNetwork(num_classes, **options)


# Name: what makes it, its options in tests, the size that costs are stated for, the size that outputs
# are computed for, and whether training mode is checked too.
NO_DROPOUT = {"dropout": 0.0}
CASES = {
    "leNet": (LeNet, {}, (1, 28, 28), (1, 28, 28), False),
    "alexNet": (models.alexnet, NO_DROPOUT, (3, 224, 224), (3, 63, 63), False),
    "originalAlexNet": (original_alexnet, NO_DROPOUT, (3, 224, 224), (3, 63, 63), False),
    "squeezeNet1_0": (models.squeezenet1_0, NO_DROPOUT, (3, 224, 224), (3, 47, 50), False),
    "squeezeNet1_1": (models.squeezenet1_1, NO_DROPOUT, (3, 224, 224), (3, 47, 50), False),
    "resnet18": (models.resnet18, {}, (3, 224, 224), (3, 64, 64), True),
    "resnet34": (models.resnet34, {}, (3, 224, 224), (3, 33, 35), True),
    "resnet50": (models.resnet50, {}, (3, 224, 224), (3, 64, 64), True),
    "resnet101": (models.resnet101, {}, (3, 224, 224), (3, 33, 33), False),
    "resnet152": (models.resnet152, {}, (3, 224, 224), (3, 33, 33), False),
    "resnext50": (models.resnext50_32x4d, {}, (3, 224, 224), (3, 64, 64), True),
    "wideResnet50": (models.wide_resnet50_2, {}, (3, 224, 224), (3, 33, 33), False),
}
CASES |= {
    "denseNet121": (models.densenet121, {}, (3, 224, 224), (3, 40, 37), True),
    "mobileNetV2": (models.mobilenet_v2, NO_DROPOUT, (3, 224, 224), (3, 64, 50), True),
    "mobileNetV3Small": (models.mobilenet_v3_small, NO_DROPOUT, (3, 224, 224), (3, 64, 50), True),
    "mobileNetV3Large": (models.mobilenet_v3_large, NO_DROPOUT, (3, 224, 224), (3, 64, 50), True),
    "efficientNetB0": (models.efficientnet_b0, NO_DROPOUT | {"stochastic_depth_prob": 0.0},
                       (3, 224, 224), (3, 64, 50), True),
    "convNeXtTiny": (models.convnext_tiny, {"stochastic_depth_prob": 0.0}, (3, 224, 224), (3, 40, 33),
                     False),
    "smallVisionTransformer": (small_vit, {}, (3, 32, 32), (3, 32, 32), False),
    "visionTransformerB16": (lambda image_size=32, **more: models.vit_b_16(image_size=image_size, **more),
                             {}, (3, 224, 224), (3, 32, 32), False),
    "googLeNet": (googlenet, NO_DROPOUT, (3, 224, 224), (3, 64, 50), True),
    "inceptionV3": (inception, NO_DROPOUT, (3, 299, 299), (3, 75, 80), True),
    "googLeNetAuxiliary": (lambda **more: googlenet(aux_logits=True, dropout_aux=0.0, **more), NO_DROPOUT,
                           (3, 224, 224), (3, 64, 50), True),
    "inceptionV3Auxiliary": (lambda **more: inception(aux_logits=True, **more), NO_DROPOUT,
                             (3, 299, 299), (3, 299, 299), True),
}
CASES |= {
    "wideResnet16x2": (residual(counts=(2, 2, 2), width=32, stem=16, pre=True), {}, (3, 32, 32), (3, 20, 17), True),
    "preActivationResnet20": (residual(counts=(3, 3, 3), width=16, pre=True), {}, (3, 32, 32), (3, 20, 17), True),
    "excitedResnet20": (residual(counts=(3, 3, 3), width=16, reduction=4), {}, (3, 32, 32), (3, 20, 17), True),
    "excitedPreActivationResnet50": (
        residual(counts=(3, 4, 6, 3), width=64, deep=True, pre=True, large=True, reduction=16), {},
        (3, 224, 224), (3, 64, 64), True),
}
for depth in (11, 13, 16, 19):
    for suffix, norm in (("", ""), ("BatchNorm", "_bn")):
        CASES[f"vgg{depth}{suffix}"] = (
            getattr(models, f"vgg{depth}{norm}"), NO_DROPOUT, (3, 224, 224), (3, 32, 32), False)


def cost(make, shape):
    """Parameters and multiply-adds with 1,000 classes, without computing anything."""
    with torch.device("meta"):
        model = make(num_classes=1000, **({"image_size": 224} if make is CASES["visionTransformerB16"][0] else {}))
        model.eval()
        counter = FlopCounterMode(display=False)
        with counter:
            model(torch.empty(1, *shape))
    return sum(p.numel() for p in model.parameters()), counter.get_total_flops() // 2


def case(name):
    make, options, size, small, trains = CASES[name]
    parameters, multiply_adds = cost(make, size)
    model = make(num_classes=OUTPUTS, **options).double()
    fill(model)
    images = ((uniform("images", 2 * math.prod(small)) * 2 - 1) * 1.7).reshape(2, *small)
    with torch.no_grad():
        evaluation = logits(model.eval()(images))
        training = logits(model.train()(images)) if trains else None
    return {"name": name, "costShape": size, "parameters": parameters, "multiplyAdds": multiply_adds,
            "shape": small, "evaluation": evaluation, "training": training}


def main():
    torch.backends.mha.set_fastpath_enabled(False)
    names = sys.argv[1:] or list(CASES)
    found = {}
    if OUTPUT.exists():
        found = {c["name"]: c for c in json.loads(OUTPUT.read_text())["cases"]}
    for name in names:
        print(name, flush=True)
        found[name] = case(name)
    content = {"torch": torch.__version__, "torchvision": torchvision.__version__,
               "cases": [found[name] for name in CASES if name in found]}
    OUTPUT.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()

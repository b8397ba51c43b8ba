"""Writes the reference values of HoneNNTests: PyTorch's layers and losses, forward and backward.

Run from the repository's root, with torch installed:

    python Tools/golden/nn.py

Everything is computed in float64, so that the tests can compare to rounding.
"""

import json
import pathlib

import torch
from torch import nn
from torch.nn import functional

OUTPUT = pathlib.Path("Tests/HoneNNTests/Golden")
NAMES = {"running_mean": "runningMean", "running_var": "runningVariance",
         "num_batches_tracked": "batchCount"}


def array(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


def state(module):
    result = {}
    for path, value in module.state_dict().items():
        *parents, name = path.split(".")
        result[".".join(parents + [NAMES.get(name, name)])] = array(value)
    return result


def layer_case(name, module, shape, training=True, integers=None):
    """One forward and backward pass with a random gradient, and the state before and after."""
    module = module.double().train(training)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_()
    before = state(module)
    if integers is None:
        inputs = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    else:
        inputs = torch.randint(integers, shape)
    output = module(inputs)
    gradient = torch.randn_like(output)
    output.backward(gradient)
    return {
        "name": name, "training": training, "input": array(inputs), "isInteger": integers is not None,
        "output": array(output), "outputGradient": array(gradient),
        "inputGradient": None if inputs.grad is None else array(inputs.grad),
        "stateBefore": before, "stateAfter": state(module),
        "gradients": {n: array(p.grad) for n, p in module.named_parameters()},
    }


def layers():
    images = (2, 4, 6, 5)
    return [
        layer_case("linear", nn.Linear(5, 3), (4, 5)),
        layer_case("linearWithoutBias", nn.Linear(5, 3, bias=False), (2, 4, 5)),
        layer_case("conv1d", nn.Conv1d(4, 6, 3, stride=2, padding=1), (2, 4, 11)),
        layer_case("conv1dSame", nn.Conv1d(4, 6, 4, padding="same", dilation=2), (2, 4, 11)),
        layer_case("conv2d", nn.Conv2d(4, 6, 3, stride=2, padding=1), images),
        layer_case("conv2dSame", nn.Conv2d(4, 6, 4, padding="same"), images),
        layer_case("conv2dGroups", nn.Conv2d(4, 6, 3, padding=2, dilation=2, groups=2, bias=False),
                   images),
        layer_case("batchNormRows", nn.BatchNorm1d(5), (6, 5)),
        layer_case("batchNormImages", nn.BatchNorm2d(4), images),
        layer_case("batchNormEvaluation", nn.BatchNorm2d(4), images, training=False),
        layer_case("batchNormPlain", nn.BatchNorm1d(4, affine=False, momentum=0.3, eps=1e-3),
                   (3, 4, 7)),
        layer_case("layerNorm", nn.LayerNorm([6, 5]), images),
        layer_case("groupNorm", nn.GroupNorm(2, 4), images),
        layer_case("embedding", nn.Embedding(7, 3), (4, 5), integers=7),
        layer_case("embeddingPadding", nn.Embedding(7, 3, padding_idx=2), (4, 5), integers=7),
        layer_case("maxPool1d", nn.MaxPool1d(3, 2, 1), (2, 4, 11)),
        layer_case("maxPool2d", nn.MaxPool2d(3, 2, 1), images),
        layer_case("averagePool2d", nn.AvgPool2d(3, 2, 1), images),
        layer_case("adaptiveAveragePool2d", nn.AdaptiveAvgPool2d(3), images),
        layer_case("globalAveragePool", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), images),
        layer_case("flatten", nn.Flatten(), images),
        layer_case("softmax", nn.Softmax(dim=-1), (4, 5)),
        layer_case("relu", nn.ReLU(), (4, 5)),
        layer_case("leakyReLU", nn.LeakyReLU(0.2), (4, 5)),
        layer_case("elu", nn.ELU(0.7), (4, 5)),
        layer_case("selu", nn.SELU(), (4, 5)),
        layer_case("gelu", nn.GELU(), (4, 5)),
        layer_case("geluTanh", nn.GELU(approximate="tanh"), (4, 5)),
        layer_case("silu", nn.SiLU(), (4, 5)),
        layer_case("mish", nn.Mish(), (4, 5)),
        layer_case("hardSwish", nn.Hardswish(), (4, 5)),
        layer_case("softplus", nn.Softplus(), (4, 5)),
        layer_case("tanh", nn.Tanh(), (4, 5)),
        layer_case("sigmoid", nn.Sigmoid(), (4, 5)),
        layer_case("sequential", nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.ReLU(),
                                               nn.Linear(4, 2)), (6, 5)),
    ]


def loss_case(name, function, output, target, is_integer=False):
    output = output.clone().requires_grad_()
    mean = function(output, target, reduction="mean")
    mean.backward()
    elements = function(output.detach(), target, reduction="none")
    per_sample = elements.reshape(elements.shape[0], -1).mean(1)
    return {"name": name, "output": array(output), "target": array(target), "isInteger": is_integer,
            "mean": mean.item(), "perSample": array(per_sample), "gradient": array(output.grad)}


def losses():
    logits = torch.randn(6, 4, dtype=torch.float64)
    maps = torch.randn(3, 4, 2, 5, dtype=torch.float64)
    labels, positions = torch.randint(4, (6,)), torch.randint(4, (3, 2, 5))
    soft = torch.softmax(torch.randn(6, 4, dtype=torch.float64), 1)
    weights = torch.tensor([0.5, 1.0, 2.0, 4.0], dtype=torch.float64)
    values, truth = torch.randn(2, 6, 4, dtype=torch.float64) * 2
    cross = functional.cross_entropy

    def with_options(**options):
        return lambda o, t, reduction: cross(o, t, reduction=reduction, **options)

    return [
        loss_case("crossEntropy", cross, logits, labels, True),
        loss_case("crossEntropyPositions", cross, maps, positions, True),
        loss_case("crossEntropySmoothed", with_options(label_smoothing=0.1), logits, labels, True),
        loss_case("crossEntropyWeighted", with_options(weight=weights), logits, labels, True),
        loss_case("crossEntropySoft", cross, logits, soft),
        loss_case("crossEntropySoftSmoothedWeighted",
                  with_options(weight=weights, label_smoothing=0.2), logits, soft),
        loss_case("binaryCrossEntropyWithLogits", functional.binary_cross_entropy_with_logits,
                  logits, (soft > 0.3).double()),
        loss_case("meanSquaredError", functional.mse_loss, values, truth),
        loss_case("meanAbsoluteError", functional.l1_loss, values, truth),
        loss_case("huber", lambda o, t, reduction: functional.huber_loss(
            o, t, reduction=reduction, delta=0.7), values, truth),
    ]


def main():
    torch.manual_seed(20)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, cases in [("layers", layers()), ("losses", losses())]:
        content = {"torch": torch.__version__, "cases": cases}
        (OUTPUT / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

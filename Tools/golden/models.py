"""Writes the reference values of HoneModelsTests: a small CIFAR residual network under PyTorch's names.

Run from the repository's root, with torch installed:

    python Tools/golden/models.py
"""

import json
import pathlib

import torch
from torch import nn
from torch.nn import functional

OUTPUT = pathlib.Path("Tests/HoneModelsTests/Golden/resnet.json")


class Block(nn.Module):
    """He et al.'s basic block with option A: every second pixel, zeros for new channels."""

    def __init__(self, inputs, outputs):
        super().__init__()
        stride = 1 if inputs == outputs else 2
        self.added = outputs - inputs
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, x):
        y = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        if self.added:
            half = self.added // 2
            x = functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, half, self.added - half))
        return functional.relu(x + y)


class Network(nn.Module):
    def __init__(self, width, blocks):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        channels = width
        for stage in range(3):
            parts = []
            for _ in range(blocks):
                parts.append(Block(channels, width << stage))
                channels = width << stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(*parts))
        self.linear = nn.Linear(channels, 5)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(x.mean((2, 3)))


def array(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


def main():
    torch.manual_seed(8)
    network = Network(width=2, blocks=2).double()
    images = torch.randn(3, 3, 9, 10, dtype=torch.float64)
    network(images)  # gives the running statistics values of their own
    state = {name: array(value) for name, value in network.state_dict().items()}
    training = network(images)
    training.square().mean().backward()
    gradient = network.conv1.weight.grad
    network.load_state_dict({k: torch.tensor(v["values"], dtype=torch.float64).reshape(v["shape"])
                             for k, v in state.items()})
    evaluation = network.eval()(images)
    content = {
        "torch": torch.__version__, "input": array(images), "state": state,
        "training": array(training), "evaluation": array(evaluation),
        "stemGradient": array(gradient),
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

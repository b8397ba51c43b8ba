"""Writes the reference values of HoneNNTests' layer catalogue: PyTorch's layers, forward and backward.

Run from the repository's root, with torch and torchvision installed:

    python Tools/golden/layers.py

Everything is computed in float64, so that the tests can compare to rounding; inputs, first values and
output gradients have three decimals, which keeps the files small.
"""

import json
from collections import OrderedDict

import torch
import torchvision
from torch import nn
from torch.nn.utils import parametrizations

from nn import OUTPUT, array, state

RENAMED = {"fc1": "squeeze", "fc2": "excitation"}
SEQUENCES, IMAGES, VOLUMES = (2, 4, 7), (2, 4, 5, 4), (1, 2, 4, 3, 5)


def rounded(shape):
    return (torch.randn(shape, dtype=torch.float64) * 1000).round() / 1000


def renamed(arrays):
    return {".".join(RENAMED.get(part, part) for part in name.split(".")): value
            for name, value in arrays.items()}


def case(name, module, shape, training=True):
    """One forward and backward pass with a random gradient, and the state before and after."""
    module = module.double().train(training)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(rounded(parameter.shape))
        for path, buffer in module.named_buffers():
            if path.endswith("running_var"):
                buffer.copy_(rounded(buffer.shape).abs() + 0.5)
            elif path.endswith("running_mean"):
                buffer.copy_(rounded(buffer.shape))
    before = state(module)
    inputs = rounded(shape).requires_grad_()
    output = module(inputs)
    gradient = rounded(output.shape)
    output.backward(gradient)
    return {
        "name": name, "training": training, "input": array(inputs), "isInteger": False,
        "output": array(output), "outputGradient": array(gradient),
        "inputGradient": array(inputs.grad), "stateBefore": renamed(before),
        "stateAfter": renamed(state(module)),
        "gradients": renamed({n: array(p.grad) for n, p in module.named_parameters()}),
    }


class Split(nn.Module):
    """A bilinear layer of the two parts of one input."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Bilinear(4, 3, 2)

    def forward(self, x):
        return self.inner(x[..., :4], x[..., 4:])


class Gated(nn.Module):
    """A gated linear unit with another activation than the sigmoid."""

    def __init__(self, activation):
        super().__init__()
        self.activation = activation

    def forward(self, x):
        kept, gate = x.chunk(2, -1)
        return kept * self.activation(gate)


def separable(convolution, **options):
    return nn.Sequential(OrderedDict(
        depthwise=convolution(4, 8, 3, groups=4, bias=False, **options),
        pointwise=convolution(8, 3, 1)))


def convolutions():
    weight, spectral = parametrizations.weight_norm, parametrizations.spectral_norm
    return [
        case("conv1dReflect", nn.Conv1d(4, 6, 3, padding=2, padding_mode="reflect"), SEQUENCES),
        case("conv1dSameCircular", nn.Conv1d(4, 4, 4, padding="same", padding_mode="circular",
                                             groups=2), SEQUENCES),
        case("conv2dAxes", nn.Conv2d(4, 6, (3, 1), stride=(1, 2), padding=(2, 0), dilation=(2, 1)),
             IMAGES),
        case("conv2dReplicate", nn.Conv2d(4, 2, 3, stride=2, padding=(2, 1),
                                          padding_mode="replicate"), IMAGES),
        case("conv2dReflect", nn.Conv2d(4, 2, (2, 3), padding=(1, 2), padding_mode="reflect"), IMAGES),
        case("conv2dCircular", nn.Conv2d(4, 2, 3, padding=1, padding_mode="circular"), IMAGES),
        case("conv2dSameReplicate", nn.Conv2d(4, 2, (4, 3), padding="same",
                                              padding_mode="replicate"), IMAGES),
        case("conv2dDepthwise", nn.Conv2d(4, 8, 3, padding=1, groups=4), IMAGES),
        case("conv3d", nn.Conv3d(2, 3, (2, 3, 1), stride=(1, 2, 1), padding=(1, 1, 0)), VOLUMES),
        case("conv3dSame", nn.Conv3d(2, 2, 2, padding="same", padding_mode="reflect"), VOLUMES),
        case("conv3dGroups", nn.Conv3d(2, 4, 2, dilation=(1, 2, 3), groups=2, bias=False), VOLUMES),
        case("convTranspose1d", nn.ConvTranspose1d(4, 6, 3, stride=2, padding=1, output_padding=1),
             SEQUENCES),
        case("convTranspose2d", nn.ConvTranspose2d(4, 6, (3, 2), stride=2, padding=(1, 0),
                                                   output_padding=(0, 1), groups=2), IMAGES),
        case("convTranspose2dDilated", nn.ConvTranspose2d(4, 2, 2, dilation=3, bias=False), IMAGES),
        case("convTranspose3d", nn.ConvTranspose3d(2, 3, 2, stride=(2, 1, 2), padding=(0, 1, 0)),
             VOLUMES),
        case("separable1d", separable(nn.Conv1d, padding=1), SEQUENCES),
        case("separable2d", separable(nn.Conv2d, stride=(2, 1), padding=1), IMAGES),
        case("bilinear", Split(), (3, 2, 7)),
        case("weightNorm", weight(nn.Linear(5, 3)), (4, 5)),
        case("weightNormConv", weight(nn.Conv2d(4, 3, 2, bias=False), dim=1), IMAGES),
        case("weightNormWhole", weight(nn.Linear(5, 3), dim=None), (4, 5)),
        case("spectralNorm", spectral(nn.Linear(5, 3)), (4, 5)),
        case("spectralNormEvaluation", spectral(nn.Linear(5, 3)), (4, 5), training=False),
        case("spectralNormConv", spectral(nn.Conv2d(4, 3, 2), n_power_iterations=3), IMAGES),
        case("spectralNormTransposed", spectral(nn.ConvTranspose1d(4, 3, 2)), SEQUENCES),
        case("squeezeExcitation", torchvision.ops.SqueezeExcitation(4, 2), IMAGES),
        case("squeezeExcitationHard", torchvision.ops.SqueezeExcitation(
            4, 2, activation=nn.SiLU, scale_activation=nn.Hardsigmoid), IMAGES),
    ]


def poolings():
    return [
        case("maxPool1dDilated", nn.MaxPool1d(2, stride=2, dilation=2, ceil_mode=True), (2, 3, 8)),
        case("maxPool2dCeil", nn.MaxPool2d((3, 2), stride=2, padding=(1, 0), ceil_mode=True),
             (2, 3, 6, 5)),
        case("maxPool3d", nn.MaxPool3d(2, stride=(1, 2, 2), padding=1), VOLUMES),
        case("averagePool1d", nn.AvgPool1d(3, 2, 1), SEQUENCES),
        case("averagePool2dCeil", nn.AvgPool2d((3, 2), stride=2, padding=(1, 0), ceil_mode=True),
             (2, 3, 6, 5)),
        case("averagePool2dExcluding", nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True,
                                                    count_include_pad=False), (2, 3, 6, 5)),
        case("averagePool3d", nn.AvgPool3d((2, 3, 2), stride=(2, 1, 1), padding=(1, 1, 0),
                                           count_include_pad=False), VOLUMES),
        case("adaptiveAveragePool1d", nn.AdaptiveAvgPool1d(3), SEQUENCES),
        case("adaptiveAveragePool2dAxes", nn.AdaptiveAvgPool2d((3, 1)), IMAGES),
        case("adaptiveAveragePool3d", nn.AdaptiveAvgPool3d((2, 1, 3)), VOLUMES),
        case("adaptiveMaxPool1d", nn.AdaptiveMaxPool1d(3), SEQUENCES),
        case("adaptiveMaxPool2d", nn.AdaptiveMaxPool2d((3, 2)), IMAGES),
        case("adaptiveMaxPool3d", nn.AdaptiveMaxPool3d(2), VOLUMES),
        case("globalMaxPool", nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten()), IMAGES),
        case("upsampleNearest1d", nn.Upsample(scale_factor=1.7), SEQUENCES),
        case("upsampleNearest2d", nn.Upsample(size=(7, 3)), IMAGES),
        case("upsampleNearest3d", nn.Upsample(scale_factor=(1.0, 2.0, 1.5)), VOLUMES),
        case("upsampleLinear", nn.Upsample(scale_factor=1.7, mode="linear"), SEQUENCES),
        case("upsampleBilinear", nn.Upsample(scale_factor=1.5, mode="bilinear"), IMAGES),
        case("upsampleBilinearAligned", nn.Upsample(size=(8, 3), mode="bilinear", align_corners=True),
             IMAGES),
        case("upsampleBicubic", nn.Upsample(scale_factor=(1.6, 0.8), mode="bicubic"), IMAGES),
        case("upsampleTrilinear", nn.Upsample(size=(3, 4, 6), mode="trilinear"), VOLUMES),
        case("pixelShuffle", nn.PixelShuffle(2), (2, 8, 2, 3)),
        case("pixelUnshuffle", nn.PixelUnshuffle(2), (2, 2, 4, 6)),
        case("channelShuffle", nn.ChannelShuffle(2), (2, 6, 2, 3)),
        case("flattenMiddle", nn.Flatten(2, 3), VOLUMES),
        case("reshape", nn.Unflatten(1, (3, -1)), (2, 12)),
    ]


def normalizations():
    return [
        case("batchNormVolumes", nn.BatchNorm3d(2), VOLUMES),
        case("layerNormWithoutBias", nn.LayerNorm(4, bias=False), IMAGES),
        case("layerNormPlain", nn.LayerNorm([4, 5, 4], elementwise_affine=False), IMAGES),
        case("groupNormOne", nn.GroupNorm(1, 4), IMAGES),
        case("groupNormChannels", nn.GroupNorm(4, 4, affine=False), IMAGES),
        case("instanceNorm1d", nn.InstanceNorm1d(4), SEQUENCES),
        case("instanceNorm2d", nn.InstanceNorm2d(4, affine=True, eps=1e-3), IMAGES),
        case("instanceNorm3d", nn.InstanceNorm3d(2, affine=True, track_running_stats=True,
                                                 momentum=0.3), VOLUMES),
        case("instanceNormEvaluation", nn.InstanceNorm2d(4, track_running_stats=True), IMAGES,
             training=False),
        case("rmsNorm", nn.RMSNorm(4), IMAGES),
        case("rmsNormShape", nn.RMSNorm([5, 4], eps=1e-3), IMAGES),
        case("localResponseNorm", nn.LocalResponseNorm(3), IMAGES),
        case("localResponseNormEven", nn.LocalResponseNorm(2, alpha=0.5, beta=0.6, k=2.0), SEQUENCES),
    ] + running_statistics()


def running_statistics():
    """Batch normalizations with equal weights of all batches, and with none kept."""
    with torch.random.fork_rng():
        torch.manual_seed(22)
        equal = nn.BatchNorm2d(4, momentum=None)
        equal.num_batches_tracked.fill_(3)
        return [
            case("batchNormCumulative", equal, IMAGES),
            case("batchNormCumulativeFirst", nn.BatchNorm1d(4, momentum=None), (6, 4)),
            case("batchNormUntracked", nn.BatchNorm2d(4, track_running_stats=False), IMAGES),
            case("batchNormUntrackedEvaluation", nn.BatchNorm1d(4, track_running_stats=False), (6, 4),
                 training=False),
        ]


def activations():
    rows = (5, 6)
    return [
        case("prelu", nn.PReLU(), rows),
        case("preluChannels", nn.PReLU(4), IMAGES),
        case("rreluEvaluation", nn.RReLU(0.1, 0.4), rows, training=False),
        case("celu", nn.CELU(0.6), rows),
        case("relu6", nn.Sequential(nn.Threshold(-1.0, 7.0), nn.ReLU6()), rows),
        case("hardSigmoid", nn.Hardsigmoid(), rows),
        case("hardTanh", nn.Hardtanh(-0.5, 0.8), rows),
        case("logSigmoid", nn.LogSigmoid(), rows),
        case("softplusSharp", nn.Softplus(beta=3, threshold=2), rows),
        case("softsign", nn.Softsign(), rows),
        case("softShrink", nn.Softshrink(0.4), rows),
        case("hardShrink", nn.Hardshrink(0.4), rows),
        case("tanhShrink", nn.Tanhshrink(), rows),
        case("threshold", nn.Threshold(0.1, -2.0), rows),
        case("softmaxChannels", nn.Softmax(dim=1), SEQUENCES),
        case("logSoftmax", nn.LogSoftmax(dim=-1), rows),
        case("softmin", nn.Softmin(dim=-1), rows),
        case("glu", nn.GLU(dim=1), SEQUENCES),
        case("geglu", Gated(nn.GELU()), rows),
        case("swiglu", Gated(nn.SiLU()), rows),
    ]


def main():
    torch.manual_seed(21)
    for family in [convolutions, poolings, normalizations, activations]:
        content = {"torch": torch.__version__, "cases": family()}
        (OUTPUT / f"{family.__name__}.json").write_text(
            json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

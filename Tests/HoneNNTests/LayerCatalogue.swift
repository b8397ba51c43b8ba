import HoneNN
import HoneNumerics
import HoneTensor

/// The layers whose reference values Tools/golden/layers.py writes, by the names it gives them.
enum LayerCatalogue {
  static func make(
    _ name: String, using stream: inout RandomStream
  ) -> (any Layer<Tensor, Tensor>)? {
    convolution(name, &stream) ?? transposed(name, &stream) ?? wrapped(name, &stream)
      ?? pooling(name) ?? resampling(name) ?? normalization(name) ?? activation(name)
  }

  private static func convolution(
    _ name: String, _ stream: inout RandomStream
  ) -> (any Layer<Tensor, Tensor>)? {
    switch name {
    case "conv1dReflect":
      Conv1d(
        inputs: 4, outputs: 6, kernel: 3, padding: 2, paddingMode: .reflect, using: &stream)
    case "conv1dSameCircular":
      Conv1d(
        inputs: 4, outputs: 4, kernel: 4, padding: .same, paddingMode: .circular, groups: 2,
        using: &stream)
    case "conv2dAxes":
      Conv2d(
        inputs: 4, outputs: 6, kernel: [3, 1], stride: [1, 2], padding: [2, 0], dilation: [2, 1],
        using: &stream)
    case "conv2dReplicate":
      Conv2d(
        inputs: 4, outputs: 2, kernel: 3, stride: 2, padding: [2, 1], paddingMode: .replicate,
        using: &stream)
    case "conv2dReflect":
      Conv2d(
        inputs: 4, outputs: 2, kernel: [2, 3], padding: [1, 2], paddingMode: .reflect,
        using: &stream)
    case "conv2dCircular":
      Conv2d(
        inputs: 4, outputs: 2, kernel: 3, padding: 1, paddingMode: .circular, using: &stream)
    case "conv2dSameReplicate":
      Conv2d(
        inputs: 4, outputs: 2, kernel: [4, 3], padding: .same, paddingMode: .replicate,
        using: &stream)
    case "conv2dDepthwise":
      Conv2d(inputs: 4, outputs: 8, kernel: 3, padding: 1, groups: 4, using: &stream)
    case "conv3d":
      Conv3d(
        inputs: 2, outputs: 3, kernel: [2, 3, 1], stride: [1, 2, 1], padding: [1, 1, 0],
        using: &stream)
    case "conv3dSame":
      Conv3d(
        inputs: 2, outputs: 2, kernel: 2, padding: .same, paddingMode: .reflect, using: &stream)
    case "conv3dGroups":
      Conv3d(
        inputs: 2, outputs: 4, kernel: 2, dilation: [1, 2, 3], groups: 2, bias: false,
        using: &stream)
    default: nil
    }
  }

  private static func transposed(
    _ name: String, _ stream: inout RandomStream
  ) -> (any Layer<Tensor, Tensor>)? {
    switch name {
    case "convTranspose1d":
      ConvTranspose1d(
        inputs: 4, outputs: 6, kernel: 3, stride: 2, padding: 1, outputPadding: 1, using: &stream)
    case "convTranspose2d":
      ConvTranspose2d(
        inputs: 4, outputs: 6, kernel: [3, 2], stride: 2, padding: [1, 0], outputPadding: [0, 1],
        groups: 2, using: &stream)
    case "convTranspose2dDilated":
      ConvTranspose2d(inputs: 4, outputs: 2, kernel: 2, dilation: 3, bias: false, using: &stream)
    case "convTranspose3d":
      ConvTranspose3d(
        inputs: 2, outputs: 3, kernel: 2, stride: [2, 1, 2], padding: [0, 1, 0], using: &stream)
    case "separable1d":
      DepthwiseSeparableConv1d(
        inputs: 4, outputs: 3, kernel: 3, padding: 1, multiplier: 2, using: &stream)
    case "separable2d":
      DepthwiseSeparableConv2d(
        inputs: 4, outputs: 3, kernel: 3, stride: [2, 1], padding: 1, multiplier: 2,
        using: &stream)
    case "squeezeExcitation": SqueezeExcitation(channels: 4, squeezed: 2, using: &stream)
    case "squeezeExcitationHard":
      SqueezeExcitation(
        channels: 4, squeezed: 2, activation: .silu, gate: .hardSigmoid, using: &stream)
    default: nil
    }
  }

  private static func wrapped(
    _ name: String, _ stream: inout RandomStream
  ) -> (any Layer<Tensor, Tensor>)? {
    switch name {
    case "bilinear":
      SplitBilinear(Bilinear(firstInputs: 4, secondInputs: 3, outputs: 2, using: &stream))
    case "weightNorm": WeightNorm(Linear(inputs: 5, outputs: 3, using: &stream))
    case "weightNormConv":
      WeightNorm(
        Conv2d(inputs: 4, outputs: 3, kernel: 2, bias: false, using: &stream), along: 1)
    case "weightNormWhole": WeightNorm(Linear(inputs: 5, outputs: 3, using: &stream), along: nil)
    case "spectralNorm", "spectralNormEvaluation":
      SpectralNorm(Linear(inputs: 5, outputs: 3, using: &stream), using: &stream)
    case "spectralNormConv":
      SpectralNorm(
        Conv2d(inputs: 4, outputs: 3, kernel: 2, using: &stream), iterations: 3, using: &stream)
    case "spectralNormTransposed":
      SpectralNorm(
        ConvTranspose1d(inputs: 4, outputs: 3, kernel: 2, using: &stream), using: &stream)
    default: nil
    }
  }

  private static func pooling(_ name: String) -> (any Layer<Tensor, Tensor>)? {
    switch name {
    case "maxPool1dDilated": MaxPool1d(window: 2, dilation: 2, ceilMode: true)
    case "maxPool2dCeil": MaxPool2d(window: [3, 2], stride: 2, padding: [1, 0], ceilMode: true)
    case "maxPool3d": MaxPool3d(window: 2, stride: [1, 2, 2], padding: 1)
    case "averagePool1d": AveragePool1d(window: 3, stride: 2, padding: 1)
    case "averagePool2dCeil":
      AveragePool2d(window: [3, 2], stride: 2, padding: [1, 0], ceilMode: true)
    case "averagePool2dExcluding":
      AveragePool2d(window: 3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
    case "averagePool3d":
      AveragePool3d(
        window: [2, 3, 2], stride: [2, 1, 1], padding: [1, 1, 0], countIncludePad: false)
    case "adaptiveAveragePool1d": AdaptiveAveragePool1d(size: 3)
    case "adaptiveAveragePool2dAxes": AdaptiveAveragePool2d(size: [3, 1])
    case "adaptiveAveragePool3d": AdaptiveAveragePool3d(size: [2, 1, 3])
    case "adaptiveMaxPool1d": AdaptiveMaxPool1d(size: 3)
    case "adaptiveMaxPool2d": AdaptiveMaxPool2d(size: [3, 2])
    case "adaptiveMaxPool3d": AdaptiveMaxPool3d(size: 2)
    case "globalMaxPool": GlobalMaxPool()
    default: nil
    }
  }

  private static func resampling(_ name: String) -> (any Layer<Tensor, Tensor>)? {
    switch name {
    case "upsampleNearest1d": Upsample(scale: 1.7)
    case "upsampleNearest2d": Upsample(size: [7, 3])
    case "upsampleNearest3d": Upsample(scales: [1, 2, 1.5])
    case "upsampleLinear": Upsample(scale: 1.7, mode: .linear)
    case "upsampleBilinear": Upsample(scale: 1.5, mode: .bilinear)
    case "upsampleBilinearAligned": Upsample(size: [8, 3], mode: .bilinear, alignCorners: true)
    case "upsampleBicubic": Upsample(scales: [1.6, 0.8], mode: .bicubic)
    case "upsampleTrilinear": Upsample(size: [3, 4, 6], mode: .trilinear)
    case "pixelShuffle": PixelShuffle(factor: 2)
    case "pixelUnshuffle": PixelUnshuffle(factor: 2)
    case "channelShuffle": ChannelShuffle(groups: 2)
    case "flattenMiddle": Flatten(from: 2, through: 3)
    case "reshape": Reshape(shape: [3, -1])
    default: nil
    }
  }

  private static func normalization(_ name: String) -> (any Layer<Tensor, Tensor>)? {
    switch name {
    case "batchNormVolumes": BatchNorm(features: 2)
    case "batchNormCumulative", "batchNormCumulativeFirst": BatchNorm(features: 4, momentum: nil)
    case "batchNormUntracked", "batchNormUntrackedEvaluation":
      BatchNorm(features: 4, tracksRunningStatistics: false)
    case "layerNormWithoutBias": LayerNorm(features: 4, bias: false)
    case "layerNormPlain": LayerNorm(normalizedShape: [4, 5, 4], affine: false)
    case "groupNormOne": GroupNorm(groups: 1, features: 4)
    case "groupNormChannels": GroupNorm(groups: 4, features: 4, affine: false)
    case "instanceNorm1d": InstanceNorm(features: 4)
    case "instanceNorm2d": InstanceNorm(features: 4, epsilon: 1e-3, affine: true)
    case "instanceNorm3d":
      InstanceNorm(features: 2, momentum: 0.3, affine: true, tracksRunningStatistics: true)
    case "instanceNormEvaluation": InstanceNorm(features: 4, tracksRunningStatistics: true)
    case "rmsNorm": RMSNorm(features: 4)
    case "rmsNormShape": RMSNorm(normalizedShape: [5, 4], epsilon: 1e-3)
    case "localResponseNorm": LocalResponseNorm(size: 3)
    case "localResponseNormEven":
      LocalResponseNorm(size: 2, alpha: 0.5, beta: 0.6, constant: 2)
    default: nil
    }
  }

  private static func activation(_ name: String) -> (any Layer<Tensor, Tensor>)? {
    switch name {
    case "prelu": PReLU()
    case "preluChannels": PReLU(features: 4)
    case "rreluEvaluation": RReLU(lower: 0.1, upper: 0.4)
    case "celu": Activation.celu(alpha: 0.6).layer
    case "relu6":
      Sequential {
        Activation.threshold(-1, value: 7).layer
        Activation.relu6.layer
      }
    case "hardSigmoid": Activation.hardSigmoid.layer
    case "hardTanh": Activation.hardTanh(minimum: -0.5, maximum: 0.8).layer
    case "logSigmoid": Activation.logSigmoid.layer
    case "softplusSharp": Activation.softplus(beta: 3, threshold: 2).layer
    case "softsign": Activation.softsign.layer
    case "softShrink": Activation.softShrink(lambda: 0.4).layer
    case "hardShrink": Activation.hardShrink(lambda: 0.4).layer
    case "tanhShrink": Activation.tanhShrink.layer
    case "threshold": Activation.threshold(0.1, value: -2).layer
    case "softmaxChannels": Softmax(along: 1)
    case "logSoftmax": LogSoftmax()
    case "softmin": Softmin()
    case "glu": GLU(along: 1)
    case "geglu": GLU(activation: .gelu())
    case "swiglu": GLU(activation: .silu)
    default: nil
    }
  }
}

/// A bilinear layer of the first four and the other elements of one input.
private final class SplitBilinear: Layer {
  let inner: Bilinear

  init(_ inner: Bilinear) { self.inner = inner }

  func callAsFunction(_ input: Tensor) -> Tensor {
    let count = input.shape.last ?? 0
    return inner(input.sliced(0..<4, along: -1), input.sliced(4..<count, along: -1))
  }
}

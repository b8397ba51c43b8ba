public import HoneNN
import HoneNumerics
public import HoneTensor

/// A bottleneck turned round (Sandler and others 2018): a 1x1 convolution to more channels, a
/// depthwise one, squeeze-and-excitation where wanted, and a 1x1 one to few; added to the input where
/// the shape stays.
public final class InvertedResidual: Layer {
  /// The layers, at torchvision's positions.
  public let body: Sequential
  /// Drops the body of whole samples in training.
  public let stochasticDepth: StochasticDepth
  /// Whether the input is added.
  public let addsInput: Bool

  /// The extents of a block.
  struct Extents {
    var inputs: Int
    var outputs: Int
    /// The channels of the depthwise convolution; no expansion where they are the inputs.
    var expanded: Int
    var kernel = 3
    var stride = 1
    /// The channels within squeeze-and-excitation; none where nil.
    var squeezed: Int?
    var excitation: Activation = .relu
    var gate: Activation = .sigmoid
    /// Whether the last convolution and its normalization stand in the body one by one, as in
    /// torchvision's second version.
    var isFlat = false
    var stochasticDepth = 0.0
  }

  init(
    _ extents: Extents, options: ConvolutionUnit.Options, device: Device,
    using stream: inout RandomStream
  ) {
    var layers: [any Layer<Tensor, Tensor>] = []
    if extents.expanded != extents.inputs {
      layers.append(
        ConvolutionUnit(
          extents.inputs, extents.expanded, kernel: [1, 1], options: options, device: device,
          using: &stream))
    }
    layers.append(
      ConvolutionUnit(
        extents.expanded, extents.expanded, kernel: [extents.kernel, extents.kernel],
        stride: extents.stride, groups: extents.expanded, options: options, device: device,
        using: &stream))
    if let squeezed = extents.squeezed {
      layers.append(
        SqueezeExcitation(
          channels: extents.expanded, squeezed: squeezed, activation: extents.excitation,
          gate: extents.gate, initializer: options.initializer, device: device, using: &stream))
    }
    var linear = options
    linear.activation = nil
    let projection = ConvolutionUnit(
      extents.expanded, extents.outputs, kernel: [1, 1], options: linear, device: device,
      using: &stream)
    layers += extents.isFlat ? [projection.convolution, projection.norm] : [projection]
    body = Sequential(layers)
    stochasticDepth = StochasticDepth(probability: extents.stochasticDepth)
    addsInput = extents.stride == 1 && extents.inputs == extents.outputs
  }

  /// The block's output.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    addsInput ? stochasticDepth(body(input)) + input : body(input)
  }
}

/// A number of channels times a factor, as a multiple of 8 that is at most a tenth smaller: the rule
/// of MobileNet's authors.
func divisible(_ channels: Int, by factor: Double = 1) -> Int {
  let exact = Double(channels) * factor
  let rounded = max(8, Int(exact + 4) / 8 * 8)
  return Double(rounded) < 0.9 * exact ? rounded + 8 : rounded
}

/// The maps of a sequence behind some of its layers.
func stageMaps(of layers: Sequential, after ends: [Int], _ images: Tensor) -> [Tensor] {
  var maps: [Tensor] = []
  var value = images
  for (index, layer) in layers.layers.enumerated() {
    value = layer(value)
    if ends.contains(index) { maps.append(value) }
  }
  return maps
}

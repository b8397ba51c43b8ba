public import HoneNN
public import HoneNumerics
public import HoneTensor

/// LeNet-5 (LeCun and others 1998): two convolutions of 5x5, each before a pooling by two, and three linear
/// layers of 120, 84 and `outputs`.
///
/// As it is taught today: plain average pooling, full connections between the maps, no radial basis
/// functions at the end. Images of less than 32 pixels are padded by two on each side, as the paper
/// does with its 28x28 digits. First values are PyTorch's defaults.
public final class LeNet: ImageBackbone, ForeignWeights {
  /// The two convolutions.
  public let convolutions: [Conv2d]
  /// The two hidden linear layers.
  public let hidden: [Linear]
  /// From 84 features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  private let activation: Activation

  /// A network; with images of 28x28 and ten classes it has 61,706 parameters.
  /// - Parameters:
  ///   - inputs: the channels of an image.
  ///   - height: the height of an image.
  ///   - width: the width of an image.
  ///   - outputs: the number of classes or values.
  ///   - activation: what is applied to hidden features; the paper's is a scaled tanh.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: height and width are 12 or more.
  public init(
    inputs: Int = 1, height: Int = 28, width: Int = 28, outputs: Int = 10,
    activation: Activation = .tanh, device: Device = .cpu, using stream: inout RandomStream
  ) {
    guard min(height, width) >= 12 else {
      fatalError("LeNet got images of \(height)x\(width); height and width must be 12 or more.")
    }
    let padding = min(height, width) < 32 ? 2 : 0
    self.activation = activation
    convolutions = [
      Conv2d(
        inputs: inputs, outputs: 6, kernel: 5, padding: .zeros(padding), device: device,
        using: &stream),
      Conv2d(inputs: 6, outputs: 16, kernel: 5, device: device, using: &stream),
    ]
    let extents = [height, width].map { (($0 + 2 * padding - 4) / 2 - 4) / 2 }
    let features = [16 * extents[0] * extents[1], 120]
    hidden = zip(features, [120, 84]).map { inputs, outputs in
      Linear(inputs: inputs, outputs: outputs, device: device, using: &stream)
    }
    head = Linear(inputs: 84, outputs: outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(features(images)) }

  /// The channels behind each convolution: 6 and 16.
  public var mapChannels: [Int] { [6, 16] }

  /// The extent of the last hidden layer: 84.
  public var featureCount: Int { 84 }

  /// The map behind each convolution, before its pooling.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    let first = activation(convolutions[0](images))
    return [first, activation(convolutions[1](AveragePool2d(window: 2)(first)))]
  }

  /// The last hidden features.
  public func features(_ images: Tensor) -> Tensor {
    let map = AveragePool2d(window: 2)(featureMaps(images)[1])
    return hidden.reduce(Flatten()(map)) { activation($1($0)) }
  }

  /// A linear layer with PyTorch's default first values.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Linear(inputs: featureCount, outputs: outputs, device: device, using: &stream)
  }

  /// `conv1`, `conv2`, `fc1`, `fc2`, `fc3`, as most PyTorch code has it.
  public var torchNames: WeightNames {
    ["convolutions.#": "conv#+1", "hidden.#": "fc#+1", "head": "fc3"]
  }
}

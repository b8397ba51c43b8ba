import Hone

/// The models of the workloads, as a user would build them.
enum Models {
  static func make(
    _ workload: Workload, device: Device = .cpu, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    let (classes, input) = (workload.classes ?? 1, workload.input ?? [1])
    let options = MLP.Options(
      normalization: workload.normalization == nil ? .batch : .none, dropout: workload.dropout ?? 0)
    switch workload.model {
    case .mlp:
      return MLP(
        inputs: input[0], outputs: classes, widths: workload.widths ?? [], options: options,
        device: device, using: &stream)
    case .tabularMLP:
      return TabularMLP(
        layout: layout(workload), outputs: classes, widths: workload.widths ?? [], options: options,
        device: device, using: &stream)
    case .resnet20:
      return CIFARResNet(
        depth: 20, inputs: input[0], outputs: classes, device: device, using: &stream)
    case .resnet18:
      return ResNet(.depth(18), inputs: input[0], outputs: classes, device: device, using: &stream)
    case .lstm:
      return LSTMClassifier(workload, outputs: classes, device: device, using: &stream)
    case .transformer:
      return EncoderClassifier(workload, outputs: classes, device: device, using: &stream)
    case nil: fatalError("Workload \(workload.name) names no model.")
    }
  }

  static func layout(_ workload: Workload) -> TabularLayout {
    TabularLayout(numbers: workload.numbers ?? 0, cardinalities: workload.cardinalities ?? [])
  }

  /// Random samples of a workload, and their labels.
  static func batch(_ workload: Workload, from source: RandomSource) -> (Tensor, Tensor) {
    let (batch, classes) = (workload.batch ?? 1, workload.classes ?? 1)
    let labels = (Tensor.uniform([batch], using: source) * Scalar(classes)).floor()
    guard workload.model == .tabularMLP else {
      let images = Tensor.normal([batch] + (workload.input ?? [1]), using: source)
      return (images, labels.cast(to: .int64))
    }
    let layout = layout(workload)
    let codes = layout.cardinalities.map {
      (Tensor.uniform([batch, 1], using: source) * Scalar($0)).floor()
    }
    let numbers = Tensor.normal([batch, layout.numbers], using: source)
    return (Tensor.concatenated([numbers] + codes, along: 1), labels.cast(to: .int64))
  }
}

/// Long short-term memories over vectors, and a linear layer on the last output.
final class LSTMClassifier: Layer {
  let lstm: LSTM
  let head: Linear

  init(_ workload: Workload, outputs: Int, device: Device, using stream: inout RandomStream) {
    let features = workload.features ?? 1
    lstm = LSTM(
      inputs: workload.input?.last ?? 1, features: features,
      options: RecurrentOptions(layers: workload.layers ?? 1), device: device, using: &stream)
    head = Linear(inputs: features, outputs: outputs, device: device, using: &stream)
  }

  func callAsFunction(_ input: Tensor) -> Tensor {
    let outputs = lstm(input)
    return head(outputs.selected(outputs.shape[1] - 1, along: 1))
  }
}

/// A Transformer encoder over vectors, and a linear layer on the mean of its outputs.
final class EncoderClassifier: Layer {
  let encoder: TransformerEncoder
  let head: Linear

  init(_ workload: Workload, outputs: Int, device: Device, using stream: inout RandomStream) {
    let features = workload.input?.last ?? 1
    encoder = TransformerEncoder(
      layers: workload.layers ?? 1, features: features, heads: workload.heads ?? 1,
      options: TransformerOptions(
        feedForward: workload.hidden ?? features, dropout: workload.dropout ?? 0,
        activation: .gelu(), isNormFirst: true),
      device: device, using: &stream)
    head = Linear(inputs: features, outputs: outputs, device: device, using: &stream)
  }

  func callAsFunction(_ input: Tensor) -> Tensor { head(encoder(input).mean(along: [1])) }
}

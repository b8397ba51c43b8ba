import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

/// Turns the `layers:` of a configuration into modules, inferring each layer's input from the
/// output of the one before it.
///
/// Every leaf is tried on libtorch's meta device first, so that a shape that does not fit is an
/// error at its line and never a trap.
struct LayerAssembler {
  let configuration: Configuration
  /// What `outputs: classes` means.
  let outputs: Int
  let device: Device

  /// A layer and the shape of its output for one sample.
  typealias Built = (layer: any Layer<Tensor, Tensor>, shape: [Int])

  func sequence(
    _ specifications: [LayerSpecification], input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    var layers: [any Layer<Tensor, Tensor>] = []
    var shape = shape
    for (index, specification) in specifications.enumerated() {
      let built = try layer(
        specification, input: shape, at: "\(path)[\(index)]", using: &stream)
      layers.append(built.layer)
      shape = built.shape
    }
    return (Sequential(layers), shape)
  }

  private func layer(
    _ specification: LayerSpecification, input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    switch specification {
    case .sequence(let layers):
      return try sequence(layers, input: shape, at: "\(path).sequence.layers", using: &stream)
    case .repeat(let count, let layers):
      return try repeated(count, layers, input: shape, at: "\(path).repeat.layers", using: &stream)
    case .residual(let layers):
      return try residual(layers, input: shape, at: "\(path).residual.layers", using: &stream)
    case .parallel(let branches, let join):
      return try parallel(
        branches, join, input: shape, at: "\(path).parallel.layers", using: &stream)
    default:
      return try leaf(specification, input: shape, at: path, using: &stream)
    }
  }

  private func repeated(
    _ count: Int, _ layers: [LayerSpecification], input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    var rounds: [any Layer<Tensor, Tensor>] = []
    var shape = shape
    for _ in 0..<count {
      let built = try sequence(layers, input: shape, at: path, using: &stream)
      rounds.append(built.layer)
      shape = built.shape
    }
    return (Sequential(rounds), shape)
  }

  private func residual(
    _ layers: [LayerSpecification], input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    let body = try sequence(layers, input: shape, at: path, using: &stream)
    guard body.shape == shape else {
      throw configuration.problem(
        at: path,
        Localized(
          "the layers of a residual block must give the shape they receive; they receive "
            + "\(shape) and give \(body.shape).",
          korean: "잔차 블록의 계층은 입력과 같은 형상을 출력해야 합니다. 입력은 \(shape), 출력은 "
            + "\(body.shape)입니다."))
    }
    return (Residual { body.layer }, shape)
  }

  private func parallel(
    _ branches: [LayerSpecification], _ join: LayerSpecification.Joining, input shape: [Int],
    at path: String, using stream: inout RandomStream
  ) throws -> Built {
    guard join == .concatenate else { throw configuration.unsupported(path, "join: \(join)") }
    var layers: [any Layer<Tensor, Tensor>] = []
    var shapes: [[Int]] = []
    for (index, branch) in branches.enumerated() {
      let built = try layer(branch, input: shape, at: "\(path)[\(index)]", using: &stream)
      layers.append(built.layer)
      shapes.append(built.shape)
    }
    guard let first = shapes.first, shapes.allSatisfy({ $0.dropFirst() == first.dropFirst() })
    else {
      throw configuration.problem(
        at: path,
        Localized(
          "branches that are joined must agree in all but the first dimension; they give "
            + "\(shapes).",
          korean: "병렬 가지의 출력은 첫 차원을 제외하고 같아야 합니다. 현재 출력은 \(shapes)입니다."))
    }
    let joined = [shapes.reduce(0) { $0 + ($1.first ?? 0) }] + first.dropFirst()
    return (Parallel { for layer in layers { layer } }, joined)
  }

  private func leaf(
    _ specification: LayerSpecification, input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    let maker = LeafMaker(
      configuration: configuration, outputs: outputs, shape: shape, path: path)
    var trial = stream
    let twin = try maker.layer(specification, device: .meta, using: &trial)
    let output: [Int]
    do {
      // Two samples: batch statistics of one have no spread.
      output = Array(try twin.outputShape(for: [2] + shape).dropFirst())
    } catch {
      throw configuration.problem(at: path, Localized(verbatim: "\(error)"))
    }
    return (try maker.layer(specification, device: device, using: &stream), output)
  }
}

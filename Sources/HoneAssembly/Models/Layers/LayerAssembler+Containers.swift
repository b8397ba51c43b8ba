import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

extension LayerAssembler {
  /// A layer made of layers.
  func container(
    _ container: LayerSpecification.Container, input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    switch container {
    case .sequence(let layers):
      return try sequence(layers, input: shape, at: "\(path).sequence.layers", using: &stream)
    case .repeat(let count, let layers):
      return try repeated(count, layers, input: shape, at: "\(path).repeat.layers", using: &stream)
    case .residual(let layers):
      return try residual(layers, input: shape, at: "\(path).residual.layers", using: &stream)
    case .parallel(let branches, let join):
      return try parallel(
        branches, join, input: shape, at: "\(path).parallel.layers", using: &stream)
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
}

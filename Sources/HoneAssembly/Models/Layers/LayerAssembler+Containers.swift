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
    case .residual(let layers, let shortcut):
      return try residual(layers, shortcut, input: shape, at: "\(path).residual", using: &stream)
    case .parallel(let branches, let join):
      return try parallel(
        branches, join, input: shape, at: "\(path).parallel.layers", using: &stream)
    case .bilinear(let outputs, let branches, let bias, let initializer):
      return try bilinear(
        outputs, branches, bias, initializer, input: shape, at: "\(path).bilinear", using: &stream)
    case .weightNorm(let layer, let axis):
      return try wrapped(layer, input: shape, at: "\(path).weightNorm.layer", using: &stream) {
        weighted, site, _ in
        guard axis ?? 0 < weighted.weight.shape.count else {
          throw site.problem(
            "axis \(axis ?? 0) is none of the weight's, whose shape is \(weighted.weight.shape).",
            korean: "axis \(axis ?? 0)은(는) 형상이 \(weighted.weight.shape)인 가중치에 없는 축입니다.")
        }
        return WeightNorm(weighted, along: axis)
      }
    case .spectralNorm(let layer, let iterations, let epsilon):
      return try wrapped(layer, input: shape, at: "\(path).spectralNorm.layer", using: &stream) {
        weighted, _, stream in
        SpectralNorm(weighted, iterations: iterations, epsilon: epsilon, using: &stream)
      }
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
    _ layers: [LayerSpecification], _ shortcut: [LayerSpecification], input shape: [Int],
    at path: String, using stream: inout RandomStream
  ) throws -> Built {
    let body = try sequence(layers, input: shape, at: "\(path).layers", using: &stream)
    if shortcut.isEmpty {
      guard body.shape == shape else {
        throw configuration.problem(at: path, .residualShapes(shape, body.shape))
      }
      return (Residual { body.layer }, shape)
    }
    let direct = try sequence(shortcut, input: shape, at: "\(path).shortcut", using: &stream)
    guard body.shape == direct.shape else {
      throw configuration.problem(at: path, .shortcutShapes(direct.shape, body.shape))
    }
    return (Residual(shortcut: direct.layer) { body.layer }, body.shape)
  }

  private func parallel(
    _ branches: [LayerSpecification], _ join: LayerSpecification.Joining, input shape: [Int],
    at path: String, using stream: inout RandomStream
  ) throws -> Built {
    let (layers, shapes) = try made(branches, input: shape, at: path, using: &stream)
    let first = shapes[0]
    if join == .concatenate {
      guard shapes.allSatisfy({ $0.dropFirst() == first.dropFirst() }) else {
        throw configuration.problem(at: path, .concatenatedShapes(shapes))
      }
      let joined = [shapes.reduce(0) { $0 + ($1.first ?? 0) }] + first.dropFirst()
      return (Parallel { for layer in layers { layer } }, joined)
    }
    guard shapes.allSatisfy({ $0 == first }) else {
      throw configuration.problem(at: path, .addedShapes(shapes))
    }
    return (
      Parallel(join: join == .add ? .add : .multiply) { for layer in layers { layer } }, first
    )
  }

  private func bilinear(
    _ outputs: LayerOutputs, _ branches: [LayerSpecification], _ bias: Bool,
    _ initializer: InitializerSpecification?, input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    let (layers, shapes) = try made(branches, input: shape, at: "\(path).layers", using: &stream)
    guard shapes.allSatisfy({ $0.count == 1 }) else {
      throw configuration.problem(at: path, .bilinearShapes(shapes))
    }
    let count = site(shape, path, device: device).count(outputs)
    try checkInitializer(initializer, shapes: [[count] + shapes.map { $0[0] }], at: path)
    let join = Bilinear(
      firstInputs: shapes[0][0], secondInputs: shapes[1][0], outputs: count, bias: bias,
      initializer: .init(initializer), device: device, using: &stream)
    if initializer != nil { beginnings.note(join) }
    return (BilinearJoin(layers, join: join), [count])
  }

  private func made(
    _ branches: [LayerSpecification], input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> (layers: [any Layer<Tensor, Tensor>], shapes: [[Int]]) {
    var layers: [any Layer<Tensor, Tensor>] = []
    var shapes: [[Int]] = []
    for (index, branch) in branches.enumerated() {
      let built = try layer(branch, input: shape, at: "\(path)[\(index)]", using: &stream)
      layers.append(built.layer)
      shapes.append(built.shape)
    }
    return (layers, shapes)
  }

  private typealias Wrap = (
    any WeightedLayer, LayerSite, inout RandomStream
  ) throws -> any Layer<Tensor, Tensor>

  /// A layer around one with a weight.
  private func wrapped(
    _ specification: LayerSpecification, input shape: [Int], at path: String,
    using stream: inout RandomStream, _ wrap: Wrap
  ) throws -> Built {
    func layer(
      on device: Device, _ stream: inout RandomStream
    ) throws -> any Layer<Tensor, Tensor> {
      let site = site(shape, path, device: device)
      guard let inner = try weighted(specification, site, using: &stream) else {
        throw site.problem(
          "only a layer with one weight can be wrapped: linear, conv1d, conv2d, conv3d and their "
            + "transposes.",
          korean: "가중치가 하나인 층(linear, conv1d, conv2d, conv3d와 그 전치)만 감쌀 수 있습니다.")
      }
      try checkInitializer(specification.initializer, shapes: [inner.weight.shape], at: path)
      return try wrap(inner, site, &stream)
    }
    var trial = stream
    let output = try outputShape(of: layer(on: .meta, &trial), input: shape, at: path)
    return (try layer(on: device, &stream), output)
  }

  private func weighted(
    _ specification: LayerSpecification, _ site: LayerSite, using stream: inout RandomStream
  ) throws -> (any WeightedLayer)? {
    switch specification {
    case .weight(let layer): try layer.made(at: site, using: &stream)
    case .convolution(let layer): try layer.weighted(at: site, using: &stream)
    default: nil
    }
  }
}

extension Localized {
  fileprivate static func residualShapes(_ input: [Int], _ output: [Int]) -> Localized {
    Localized(
      "the layers of a residual block must give the shape they receive; they receive \(input) and "
        + "give \(output). Give a shortcut that changes the shape alike.",
      korean: "잔차 블록의 계층은 입력과 같은 형상을 출력해야 합니다. 입력은 \(input), 출력은 \(output)입니다. "
        + "형상을 똑같이 바꾸는 shortcut을 지정하십시오.")
  }

  fileprivate static func shortcutShapes(_ shortcut: [Int], _ body: [Int]) -> Localized {
    Localized(
      "layers and shortcut of a residual block must give one shape; the layers give \(body), the "
        + "shortcut \(shortcut).",
      korean: "잔차 블록의 layers와 shortcut은 같은 형상을 출력해야 합니다. layers는 \(body), "
        + "shortcut은 \(shortcut)을(를) 출력합니다.")
  }

  fileprivate static func concatenatedShapes(_ shapes: [[Int]]) -> Localized {
    Localized(
      "branches that are joined must agree in all but the first dimension; they give \(shapes).",
      korean: "병렬 가지의 출력은 첫 차원을 제외하고 같아야 합니다. 현재 출력은 \(shapes)입니다.")
  }

  fileprivate static func addedShapes(_ shapes: [[Int]]) -> Localized {
    Localized(
      "branches that are added or multiplied must give one shape; they give \(shapes).",
      korean: "더하거나 곱하는 병렬 가지의 출력은 형상이 같아야 합니다. 현재 출력은 \(shapes)입니다.")
  }

  fileprivate static func bilinearShapes(_ shapes: [[Int]]) -> Localized {
    Localized(
      "the branches of bilinear must give [features] each; they give \(shapes). End them with "
        + "flatten.",
      korean: "bilinear의 두 갈래는 [features]를 출력해야 합니다. 현재 출력은 \(shapes)입니다. flatten으로 "
        + "끝내십시오.")
  }
}

import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

/// The parameters of layers whose initialiser the file gives, found while the layers are made.
final class OwnBeginnings {
  private(set) var parameters: Set<ObjectIdentifier> = []

  func note(_ layer: any Module) {
    parameters.formUnion(layer.parameters.map { ObjectIdentifier($0) })
  }
}

extension ModelAssembler {
  /// Draws the weights anew by the initialiser that the configuration gives for the whole model; layers
  /// with an initialiser of their own keep theirs.
  /// - Throws: `ConfigurationError` where the initialiser fits no weight of the model.
  func initialize(
    _ model: any Layer<Tensor, Tensor>, using stream: inout RandomStream
  ) throws {
    guard let specification = configuration.model.initializer else { return }
    let drawn = model.initializeWeights(
      Initializer(specification), sparing: beginnings.parameters, using: &stream)
    guard drawn == 0 else { return }
    throw configuration.problem(
      at: "model.initializer",
      Localized(
        "the model has no weight that \(specification.name) fits; identity and sparse are for "
          + "matrices, dirac for the kernels of convolutions.",
        korean: "모델에 \(specification.name)을(를) 쓸 수 있는 가중치가 없습니다. identity와 sparse는 행렬, "
          + "dirac는 합성곱 커널에만 쓸 수 있습니다."))
  }
}

extension LayerAssembler {
  /// Refuses an initialiser of a layer's own that does not fit its weights.
  func checkInitializer(
    _ specification: InitializerSpecification?, shapes: [[Int]], at path: String
  ) throws {
    guard let specification else { return }
    let initializer = Initializer(specification)
    guard let shape = shapes.first(where: { $0.count > 1 && !initializer.fits($0) }) else {
      return
    }
    throw configuration.problem(
      at: path,
      Localized(
        "\(specification.name) does not fit a weight of shape \(shape); identity and sparse are for "
          + "matrices, dirac for the kernels of convolutions with outputs that its groups divide.",
        korean: "\(specification.name)은(는) 형상이 \(shape)인 가중치에 쓸 수 없습니다. identity와 sparse는 행렬, "
          + "dirac는 출력이 groups로 나누어지는 합성곱 커널에만 쓸 수 있습니다."))
  }
}

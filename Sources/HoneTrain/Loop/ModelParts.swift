import HoneNN
import HoneTensor

/// What a training step needs to know of a model's make-up, found once: a walk through the model
/// reflects, which no step has the time for.
struct ModelParts {
  /// The weights and statistics.
  let state: StateReader
  /// The layers with modes.
  let modes: ModeSwitch
  /// The model's step in one call; nil where its layers allow none.
  let denseStep: DenseStep?
  /// The layers that collect penalties.
  let activityLayers: [ActivityRegularization]
  /// Whether a forward pass changes the model, as running statistics do.
  let hasBuffers: Bool
  /// The parameters of the last layer that has a weight of two dimensions or more.
  let lastLayer: Set<ObjectIdentifier>

  init(_ model: any Layer<Tensor, Tensor>) {
    state = StateReader(of: model)
    modes = ModeSwitch(of: model)
    denseStep = DenseStep(model)
    activityLayers = model.namedModules.compactMap { $0.module as? ActivityRegularization }
    hasBuffers = !model.namedBuffers.isEmpty
    let named = model.namedParameters
    let path = named.last { $0.parameter.shape.count >= 2 }.map { layerPath(of: $0.name) }
    lastLayer = Set(
      named.filter { layerPath(of: $0.name) == path }.map { ObjectIdentifier($0.parameter) })
  }
}

/// The path of the layer that a parameter of a path belongs to.
private func layerPath(of name: String) -> Substring {
  name.lastIndex(of: ".").map { name[..<$0] } ?? ""
}

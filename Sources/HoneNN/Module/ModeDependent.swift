/// A module that computes something else in training than in evaluation: dropout, batch
/// normalization.
public protocol ModeDependent: Module {
  /// Whether the module is in training; true from the start.
  var isTraining: Bool { get set }
}

extension Module {
  /// Puts every part into training mode.
  public func train() { setTraining(true) }

  /// Puts every part into evaluation mode: no dropout, running statistics instead of the batch's.
  public func evaluate() { setTraining(false) }

  /// Runs code with every part in evaluation mode, and gives each its former mode back.
  public func evaluating<R>(_ body: () throws -> R) rethrows -> R {
    let former = modeDependentModules.map { ($0, $0.isTraining) }
    evaluate()
    defer { for (module, mode) in former { module.isTraining = mode } }
    return try body()
  }

  private func setTraining(_ isTraining: Bool) {
    for module in modeDependentModules { module.isTraining = isTraining }
  }

  private var modeDependentModules: [any ModeDependent] {
    namedModules.compactMap { $0.module as? any ModeDependent }
  }
}

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
    try ModeSwitch(of: self).evaluating(body)
  }

  private func setTraining(_ isTraining: Bool) {
    for module in ModeSwitch(of: self).modules { module.isTraining = isTraining }
  }
}

/// The parts of a model that have modes, found once: the walk through a model reflects, which takes as
/// long as a pass through a small one.
///
/// What becomes a part of the model later is not among them.
public struct ModeSwitch {
  let modules: [any ModeDependent]

  /// The parts of a module that have modes now.
  public init(of module: any Module) {
    modules = module.namedModules.compactMap { $0.module as? any ModeDependent }
  }

  /// Runs code with every part in evaluation mode, and gives each its former mode back.
  public func evaluating<R>(_ body: () throws -> R) rethrows -> R {
    let former = modules.map { ($0, $0.isTraining) }
    for module in modules { module.isTraining = false }
    defer { for (module, mode) in former { module.isTraining = mode } }
    return try body()
  }
}

package import HoneTensor

/// A step of the optimisers of several models as one computation, where the models' parameters are rows of
/// common tensors.
///
/// Each optimiser keeps its rate, its decay and its state, whose tensors become rows as well, so that it may
/// step alone at any time. A model's step is what it is alone, to rounding.
package final class StackedUpdate {
  /// A parameter of all models, `[models, …]`, and the models' own, its rows.
  package typealias Share = (whole: Parameter, rows: [Parameter])

  /// What a step did, model by model.
  package struct Measurement {
    /// The norms of the gradients.
    package let gradientNorms: [Double]
    /// The norms of the changes over those of the weights; nil where there are no weights but zeros.
    package let updateRatios: [Double?]
  }

  private let rule: any StackedRule
  private let shares: [Share]
  private let update: RowUpdate

  /// A common step of optimisers.
  ///
  /// Nil where they do not allow it: all must be `AdamW` without its AMSGrad form, or all `SGD`, each over
  /// exactly its model's parameters, in float32 on the CPU.
  /// - Parameter shares: all parameters of the models.
  package init?(_ optimizers: [any Optimizer], _ shares: [Share]) {
    let models = optimizers.count
    let places = optimizers.enumerated().map { model, optimizer in
      Self.places(of: shares.map { $0.rows[model] }, in: optimizer)
    }
    let isPlain = shares.allSatisfy {
      $0.whole.value.device.kind == .cpu && $0.whole.value.dtype == .float32
        && $0.whole.value.isContiguous()
    }
    guard isPlain, !shares.isEmpty, places.allSatisfy({ $0.count == shares.count }) else {
      return nil
    }
    let adams = optimizers.compactMap { $0 as? AdamW }.filter { !$0.isAMSGrad }
    let descents = optimizers.compactMap { $0 as? SGD }
    if adams.count == models {
      rule = StackedAdamW(adams, shares, places)
    } else if descents.count == models {
      rule = StackedSGD(descents, shares, places)
    } else {
      return nil
    }
    self.shares = shares
    update = RowUpdate(values: shares.map { $0.whole.value.detached() }, models: models)
  }

  /// Changes the parameters once by the gradients of the common tensors, which are forgotten then.
  /// - Parameter measuring: whether to look at what the step does.
  /// - Precondition: every common tensor has a gradient.
  package func step(measuring: Bool) -> Measurement? {
    withoutGradients {
      let gradients = shares.compactMap { share in share.whole.gradient }
      guard gradients.count == shares.count else {
        fatalError("StackedUpdate stepped without gradients; call backward() before.")
      }
      let before = measuring ? update.values.map { $0.clone() } : []
      rule.step(update, gradients.map { $0.contiguous() })
      for share in shares { share.whole.clearGradient() }
      guard measuring else { return nil }
      let norms = rowNorms(of: gradients)
      let changes = rowNorms(of: ATen._foreach_sub_List(update.values, other: before))
      let weights = rowNorms(of: before)
      return Measurement(
        gradientNorms: norms,
        updateRatios: zip(changes, weights).map { $1 > 0 ? $0 / $1 : nil })
    }
  }

  /// The norm of each model's rows of all tensors together.
  private func rowNorms(of tensors: [Tensor]) -> [Double] {
    let norms = tensors.map {
      ATen.linalg_vector_norm($0.reshaped([update.models, -1]), dim: [1])
    }
    return ATen.linalg_vector_norm(Tensor.stacked(norms), dim: [0]).values(as: Double.self)
  }

  /// Where an optimiser has some parameters; shorter where it has others, or not all of them.
  private static func places(of parameters: [Parameter], in optimizer: any Optimizer) -> [Int] {
    let known = optimizer.parameters
    guard known.count == parameters.count, known.allSatisfy(\.isTrainable) else { return [] }
    var order: [ObjectIdentifier: Int] = [:]
    for (place, parameter) in known.enumerated() { order[ObjectIdentifier(parameter)] = place }
    return parameters.compactMap { order[ObjectIdentifier($0)] }
  }
}

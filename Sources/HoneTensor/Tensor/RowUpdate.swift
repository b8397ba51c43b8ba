import CTorch

/// Weights of several models, those of each a row of every tensor, for steps of optimisers that treat each
/// row by rules of its own.
package struct RowUpdate {
  /// A step of Adam with decoupled weight decay for a row.
  package struct Adam {
    /// What the weights are multiplied by.
    package var keep: Double
    /// The rate over the first average's correction.
    package var rate: Double
    /// One over the root of the second average's correction.
    package var root: Double
    /// What is added to the denominator.
    package var epsilon: Double
    /// The share of a new gradient in the first average.
    package var firstShare: Double
    /// The share of its square in the second.
    package var secondShare: Double

    /// A step.
    package init(
      keep: Double, rate: Double, root: Double, epsilon: Double, firstShare: Double,
      secondShare: Double
    ) {
      self.keep = keep
      self.rate = rate
      self.root = root
      self.epsilon = epsilon
      self.firstShare = firstShare
      self.secondShare = secondShare
    }
  }

  /// A step of gradient descent for a row.
  package struct Descent {
    /// The rate.
    package var rate: Double
    /// The share of the weights that is added to gradients.
    package var decay: Double
    /// What is kept of the direction so far; zero in the first step.
    package var momentum: Double
    /// The share of a new gradient in the direction.
    package var share: Double
    /// Whether the gradient is looked up where the momentum leads.
    package var isNesterov: Bool

    /// A step.
    package init(
      rate: Double, decay: Double, momentum: Double, share: Double, isNesterov: Bool
    ) {
      self.rate = rate
      self.decay = decay
      self.momentum = momentum
      self.share = share
      self.isNesterov = isNesterov
    }
  }

  /// The weights, `[models, …]`.
  package let values: [Tensor]
  /// How many models there are.
  package let models: Int

  /// Weights in contiguous float32 tensors on the CPU.
  package init(values: [Tensor], models: Int) {
    self.values = values
    self.models = models
  }

  /// A step of Adam.
  /// - Parameters:
  ///   - gradients: of the weights.
  ///   - averages: of gradients, and of their squares.
  ///   - rules: of all models for the first tensor, then for the next.
  package func adam(
    _ gradients: [Tensor], averages: (first: [Tensor], second: [Tensor]), rules: [Adam]
  ) {
    let rules = rules.map {
      ct_adam_row(
        keep: Float($0.keep), rate: Float($0.rate), root: Float($0.root),
        epsilon: Float($0.epsilon), first_share: Float($0.firstShare),
        second_share: Float($0.secondShare))
    }
    withTensors(gradients, averages.first, averages.second) { tensors in
      check(ct_adam_rows(tensors, rules), "adam over rows")
    }
  }

  /// A step of gradient descent.
  /// - Parameters:
  ///   - gradients: of the weights.
  ///   - directions: the running sums of gradients.
  ///   - rules: of all models for the first tensor, then for the next.
  package func descend(_ gradients: [Tensor], directions: [Tensor], rules: [Descent]) {
    let rules = rules.map {
      ct_descent_row(
        rate: Float($0.rate), decay: Float($0.decay), momentum: Float($0.momentum),
        share: Float($0.share), nesterov: $0.isNesterov)
    }
    withTensors(gradients, directions, []) { tensors in
      check(ct_descent_rows(tensors, rules), "descent over rows")
    }
  }

  private func withTensors(
    _ gradients: [Tensor], _ first: [Tensor], _ second: [Tensor],
    _ body: (UnsafePointer<ct_row_tensors>) -> Void
  ) {
    withExtendedLifetime((values, gradients, first, second)) {
      let pointers = [values, gradients, first, second].map { $0.map(\.pointer) }
      pointers[0].withUnsafeBufferPointer { values in
        pointers[1].withUnsafeBufferPointer { gradients in
          pointers[2].withUnsafeBufferPointer { first in
            pointers[3].withUnsafeBufferPointer { second in
              var tensors = ct_row_tensors(
                values: values.baseAddress, gradients: gradients.baseAddress,
                first: first.baseAddress, second: second.baseAddress, count: values.count,
                models: models)
              body(&tensors)
            }
          }
        }
      }
    }
  }
}

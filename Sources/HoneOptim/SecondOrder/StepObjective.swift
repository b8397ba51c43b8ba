public import HoneTensor

/// The function that one optimiser step works on: a sum of terms of the present parameters, one for
/// each batch of the step and one for a penalty.
///
/// The same parameters must give the same value, however often it is asked for: who makes an objective
/// seeds dropout anew inside each term and keeps running statistics from moving. A term's graph is
/// freed before the next term is computed, so that memory is that of one batch.
///
/// ```swift
/// let objective = StepObjective { loss(model(inputs), targets) }
/// optimizer.step(evaluating: objective)
/// ```
public struct StepObjective {
  /// The number of terms whose sum is the objective.
  public let terms: Int
  /// A term, a scalar with its graph, by its index.
  public let term: (Int) -> Tensor
  /// The residuals r of a term, of any shape with ½ Σ r² equal to the term; nil where the objective is
  /// no sum of squares.
  public let residuals: ((Int) -> Tensor)?
  /// Bounds the gradients that lie on the parameters, as clipping does.
  ///
  /// For optimisers that step along the gradient: called once, after the last evaluation and before
  /// the step. Methods with a line search do not call it, because a bounded gradient is not the
  /// objective's.
  public let boundGradients: () -> Void

  /// An objective of several terms.
  /// - Parameters:
  ///   - terms: how many there are.
  ///   - residuals: each term as residuals, for Gauss-Newton methods.
  ///   - boundGradients: what clips gradients.
  ///   - term: computes a term, with its graph.
  public init(
    terms: Int, residuals: ((Int) -> Tensor)? = nil, boundGradients: @escaping () -> Void = {},
    term: @escaping (Int) -> Tensor
  ) {
    self.terms = terms
    self.term = term
    self.residuals = residuals
    self.boundGradients = boundGradients
  }

  /// An objective of one term.
  public init(_ loss: @escaping () -> Tensor) { self.init(terms: 1) { _ in loss() } }

  /// The objective's value; its gradient replaces what lies on the parameters.
  ///
  /// Waits for the device.
  public func evaluate(_ parameters: [Parameter]) -> Double {
    for parameter in parameters { parameter.clearGradient() }
    var value = 0.0
    for index in 0..<terms {
      let term = withGradients { self.term(index) }
      value += term.item()
      // A penalty of strength zero depends on nothing.
      if term.requiresGradient { term.backward() }
    }
    return value
  }
}

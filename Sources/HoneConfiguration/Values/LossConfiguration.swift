/// What training minimises.
public enum LossConfiguration: Sendable, Equatable, Codable {
  /// The usual loss of the task: cross-entropy for classes, mean squared error for numbers.
  case auto
  /// Softmax cross-entropy on logits.
  case crossEntropy(
    labelSmoothing: Double = 0, classWeights: [Double]? = nil, ignoreIndex: Int = -100)
  /// Cross-entropy in which what is answered well counts little (arXiv 1708.02002).
  case focal(gamma: Double = 2, classWeights: [Double]? = nil, ignoreIndex: Int = -100)
  /// The divergence of the labels' distribution from the model's (Kullback and Leibler 1951).
  case klDivergence(labelSmoothing: Double = 0)
  /// The hinge loss of several classes (Crammer and Singer 2001).
  case multiMargin(margin: Double = 1, power: Int = 1, classWeights: [Double]? = nil)
  /// Cross-entropy for a model that ends in a softmax, as Keras computes it.
  case crossEntropyOnProbabilities(labelSmoothing: Double = 0, classWeights: [Double]? = nil)
  /// Sigmoid cross-entropy on logits.
  case binaryCrossEntropy(positiveWeight: Double? = nil, labelSmoothing: Double = 0)
  /// Sigmoid cross-entropy in which what is answered well counts little (arXiv 1708.02002).
  case binaryFocal(gamma: Double = 2, alpha: Double? = 0.25)
  /// Cross-entropy for a model that ends in a sigmoid, as Keras computes it.
  case binaryCrossEntropyOnProbabilities(labelSmoothing: Double = 0)
  /// The loss of support vector machines (Cortes and Vapnik 1995).
  case hinge
  /// Its square.
  case squaredHinge
  /// The mean of squared differences.
  case meanSquaredError
  /// The mean of absolute differences.
  case meanAbsoluteError
  /// Squared near zero, absolute far from it (Huber 1964).
  case huber(delta: Double = 1)
  /// Huber's loss divided by its bound (Girshick 2015, arXiv 1504.08083).
  case smoothL1(beta: Double = 1)
  /// The pinball loss, for a quantile of the targets (Koenker and Bassett 1978).
  case quantile(quantile: Double = 0.5)
  /// The likelihood of counts under a Poisson distribution.
  case poissonNLL(logarithmic: Bool = true, full: Bool = false, epsilon: Double = 1e-8)
  /// The likelihood under a normal distribution whose mean and variance the model gives (Nix and
  /// Weigend 1994).
  case gaussianNLL(full: Bool = false, epsilon: Double = 1e-6)
}

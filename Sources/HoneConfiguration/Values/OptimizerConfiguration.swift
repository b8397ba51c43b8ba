import HoneRecords

/// How weights are updated: a method, and what goes beside any method.
public struct OptimizerConfiguration: Sendable, Equatable, Codable {
  /// The method with its parameters.
  public var method: Method = .adamW()
  /// Whether biases and the scales and shifts of norms keep clear of the method's weight decay.
  public var excludeNormsAndBiases = true
  /// What each layer's learning rate is of the next one's (Howard and Ruder 2018, arXiv 1801.06146).
  public var layerDecay = 1.0
  /// Parameters by name that are treated differently; the first match decides.
  public var groups: [Group] = []
  /// Sharpness-aware minimisation around the method; nil for none.
  public var sam: SharpnessAwareness?
  /// Lookahead around the method; nil for none.
  public var lookahead: Lookahead?

  /// A method with nothing beside it.
  public init(_ method: Method = .adamW()) { self.method = method }

  /// The learning rate before any schedule.
  public var learningRate: Double { method.number("learningRate") ?? 0 }

  /// The strength of weight decay; zero for methods without.
  public var weightDecay: Double { method.number("weightDecay") ?? 0 }

  /// How weights are updated from gradients.
  ///
  /// Defaults are PyTorch's where it has the method, the paper's otherwise; `sgd` has a rate and a
  /// momentum of our own because PyTorch's (1e-3, none) hardly train.
  public enum Method: Sendable, Equatable, Codable {
    /// Gradient descent with momentum (Sutskever et al. 2013).
    ///
    /// The batch size makes it batch, mini-batch or stochastic gradient descent.
    case sgd(
      learningRate: Double = 0.05, momentum: Double = 0.9, dampening: Double = 0,
      nesterov: Bool = false, weightDecay: Double = 0)
    /// Adam (Kingma and Ba 2014, arXiv 1412.6980), AMSGrad on request (arXiv 1904.09237).
    case adam(
      learningRate: Double = 1e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8,
      weightDecay: Double = 0, amsgrad: Bool = false)
    /// Adam with decoupled weight decay (arXiv 1711.05101).
    case adamW(
      learningRate: Double = 1e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8,
      weightDecay: Double = 1e-2, amsgrad: Bool = false)
    /// Adam with Nesterov's momentum (Dozat 2016).
    case nadam(
      learningRate: Double = 2e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8,
      momentumDecay: Double = 4e-3, weightDecay: Double = 0, decoupled: Bool = false)
    /// Rectified Adam (Liu et al. 2019, arXiv 1908.03265).
    case radam(
      learningRate: Double = 1e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8,
      weightDecay: Double = 0, decoupled: Bool = false)
    /// Adam with the largest recent gradient as scale (arXiv 1412.6980).
    case adamax(
      learningRate: Double = 2e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8,
      weightDecay: Double = 0)
    /// Gradients over the root of the sum of their squares (Duchi et al. 2011).
    case adagrad(
      learningRate: Double = 1e-2, learningRateDecay: Double = 0, initialSum: Double = 0,
      epsilon: Double = 1e-10, weightDecay: Double = 0)
    /// Steps in the size of the last steps (Zeiler 2012, arXiv 1212.5701).
    case adadelta(
      learningRate: Double = 1, smoothing: Double = 0.9, epsilon: Double = 1e-6,
      weightDecay: Double = 0)
    /// Gradients over the root of their running mean square (Tieleman and Hinton 2012).
    case rmsProp(
      learningRate: Double = 1e-2, smoothing: Double = 0.99, momentum: Double = 0,
      centered: Bool = false, epsilon: Double = 1e-8, weightDecay: Double = 0)
    /// Signs of an averaged gradient (Chen et al. 2023, arXiv 2302.06675).
    case lion(
      learningRate: Double = 1e-4, betas: [Double] = [0.9, 0.99], weightDecay: Double = 0)
    /// AdamW with steps in proportion to each tensor's norm (You et al. 2019, arXiv 1904.00962).
    case lamb(
      learningRate: Double = 1e-3, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-6,
      weightDecay: Double = 1e-2)
    /// Second moments of rows and columns only (Shazeer and Stern 2018, arXiv 1804.04235).
    case adafactor(
      learningRate: Double = 1e-2, relative: Bool = true, secondMomentDecay: Double = -0.8,
      clipping: Double = 1, epsilon: Double? = nil, smallestScale: Double = 1e-3,
      weightDecay: Double = 0)
    /// Orthogonal steps for matrices, AdamW for the rest (Jordan et al. 2024).
    case muon(
      learningRate: Double = 1e-3, momentum: Double = 0.95, nesterov: Bool = true,
      iterations: Int = 5, adjustment: MuonAdjustment = .original, vectorRateScale: Double = 1,
      betas: [Double] = [0.9, 0.999], weightDecay: Double = 0.1)
    /// Gradient descent whose rate falls, with a mean of the weights (Polyak and Juditsky 1992).
    case asgd(
      learningRate: Double = 1e-2, decay: Double = 1e-4, power: Double = 0.75,
      averagingStart: Int = 1_000_000, weightDecay: Double = 0)
    /// A step size for each weight, by the signs of whole gradients (Riedmiller and Braun 1993).
    case rprop(
      learningRate: Double = 1e-2, shrinking: Double = 0.5, growing: Double = 1.2,
      smallestStep: Double = 1e-6, largestStep: Double = 50)
    /// L-BFGS as PyTorch steps (Liu and Nocedal 1989).
    ///
    /// PyTorch itself keeps 100 steps and has no line search unless asked.
    case lbfgs(
      learningRate: Double = 1, history: Int = 10, iterations: Int = 20,
      lineSearch: StepRule = .strongWolfe)
    /// Quasi-Newton with a full matrix (Nocedal and Wright 2006, section 6.1).
    case bfgs(
      learningRate: Double = 1, iterations: Int = 20, lineSearch: LineSearch = .strongWolfe)
    /// Nonlinear conjugate gradients (Nocedal and Wright 2006, section 5.2).
    case conjugateGradient(
      learningRate: Double = 1, formula: ConjugateFormula = .polakRibiere, iterations: Int = 20,
      lineSearch: LineSearch = .strongWolfe)
    /// Gauss and Newton's method for squared error (Nocedal and Wright 2006, section 10.3).
    case gaussNewton(
      learningRate: Double = 1, iterations: Int = 5, lineSearch: LineSearch = .strongWolfe)
    /// Newton's method by Hessian products (Nocedal and Wright 2006, section 7.1).
    case newtonCG(
      learningRate: Double = 1, iterations: Int = 5, products: Int = 20,
      lineSearch: LineSearch = .strongWolfe)
    /// Newton's method with the full Hessian (Nocedal and Wright 2006, section 3.4).
    case newton(
      learningRate: Double = 1, iterations: Int = 1, damping: Double = 1e-3,
      lineSearch: LineSearch = .strongWolfe)
    /// Least squares within a radius of trust (Moré 1978).
    case levenbergMarquardt(learningRate: Double = 1, iterations: Int = 5)

    /// A parameter of the method that is a number; nil where it has none of the name.
    func number(_ name: String) -> Double? {
      guard case .map(let outer) = ConfigurationValue(coding: self),
        case .map(let values)? = outer.values.first
      else { return nil }
      switch values[name] {
      case .number(let number)?: return number
      case .integer(let whole)?: return Double(whole)
      default: return nil
      }
    }
  }

  /// How the rate of a matrix depends on its shape.
  public enum MuonAdjustment: String, Sendable, Codable, CaseIterable {
    /// Times the root of rows over columns, at least 1.
    case original
    /// Steps of AdamW's size (arXiv 2502.16982).
    case matchAdamW
  }

  /// Parameters by name.
  public struct Group: Sendable, Equatable, Codable {
    /// The names that are meant; `*` stands for any characters.
    public var match: String
    /// What the learning rate is multiplied by.
    public var learningRateScale = 1.0
    /// The strength of weight decay; nil for the method's.
    public var weightDecay: Double?

    /// A group.
    public init(match: String, learningRateScale: Double = 1, weightDecay: Double? = nil) {
      self.match = match
      self.learningRateScale = learningRateScale
      self.weightDecay = weightDecay
    }
  }

  /// Sharpness-aware minimisation (arXiv 2010.01412).
  public struct SharpnessAwareness: Sendable, Equatable, Codable {
    /// The radius of the neighbourhood.
    public var rho = 0.05
    /// Whether the neighbourhood stretches with each weight's size (arXiv 2102.11600).
    public var adaptive = false

    /// The wrapper in which nothing was set.
    public init() {}
  }

  /// Lookahead (arXiv 1907.08610).
  public struct Lookahead: Sendable, Equatable, Codable {
    /// Steps between two meetings of fast and slow weights.
    public var k = 5
    /// The share of the way that the slow weights go.
    public var alpha = 0.5

    /// The wrapper in which nothing was set.
    public init() {}
  }
}

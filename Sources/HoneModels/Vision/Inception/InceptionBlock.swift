public import HoneNN
import HoneNumerics
public import HoneTensor

/// A module of GoogLeNet or Inception: branches of convolutions that all see the same map, joined
/// along channels.
public final class InceptionBlock: Layer {
  /// The convolutions of each branch.
  public let branches: [[ConvolutionUnit]]
  private let plans: [Plan]

  /// A convolution of a branch.
  struct Step {
    /// torchvision's name within the module.
    let name: String
    let outputs: Int
    let kernel: [Int]
    var stride = 1
    var padding: [Int]?

    init(
      _ name: String, _ outputs: Int, _ kernel: [Int] = [1, 1], stride: Int = 1,
      padding: [Int]? = nil
    ) {
      self.name = name
      self.outputs = outputs
      self.kernel = kernel
      self.stride = stride
      self.padding = padding
    }
  }

  /// What a branch begins with; all windows are 3x3.
  enum Pooling {
    /// Nothing.
    case none
    /// Means, of the same extents.
    case average
    /// Maxima, of the same extents.
    case maximum
    /// Maxima of half the extents.
    case reduction

    func callAsFunction(_ input: Tensor) -> Tensor {
      switch self {
      case .none: input
      case .average: AveragePool2d(window: 3, stride: 1, padding: 1)(input)
      case .maximum: MaxPool2d(window: 3, stride: 1, padding: 1)(input)
      case .reduction: MaxPool2d(window: 3, stride: 2)(input)
      }
    }
  }

  /// A branch: a pooling or none, and convolutions one behind the other.
  struct Plan {
    var pooling = Pooling.none
    var steps: [Step]
    /// Whether the last two convolutions both see the one before them, their outputs joined.
    var isForked = false
  }

  /// The channels of the output.
  let outputs: Int

  init(
    _ inputs: Int, _ plans: [Plan], options: ConvolutionUnit.Options, device: Device,
    using stream: inout RandomStream
  ) {
    self.plans = plans
    var branches: [[ConvolutionUnit]] = []
    var total = 0
    for plan in plans {
      var units: [ConvolutionUnit] = []
      var channels = inputs
      for (index, step) in plan.steps.enumerated() {
        let isSecondProng = plan.isForked && index == plan.steps.count - 1
        if isSecondProng { channels = plan.steps[index - 2].outputs }
        units.append(
          ConvolutionUnit(
            channels, step.outputs, kernel: step.kernel, stride: step.stride,
            padding: step.padding, options: options, device: device, using: &stream))
        channels = step.outputs
      }
      total += channels + (plan.isForked ? plan.steps[plan.steps.count - 2].outputs : 0)
      branches.append(units)
    }
    self.branches = branches
    outputs = total
  }

  /// The joined outputs.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    var joined: [Tensor] = []
    for (plan, units) in zip(plans, branches) {
      let start = plan.pooling(input)
      let trunk = units.dropLast(plan.isForked ? 2 : 0).reduce(start) { $1($0) }
      joined += plan.isForked ? units.suffix(2).map { $0(trunk) } : [trunk]
    }
    return Tensor.concatenated(joined, along: 1)
  }

  /// The rules that give a module's convolutions torchvision's names.
  func names(_ path: String, _ name: String) -> [(String, String)] {
    plans.enumerated().flatMap { branch, plan in
      plan.steps.enumerated().map { index, step in
        ("\(path).branches.\(branch).\(index)", "\(name).\(step.name)")
      }
    }
  }
}

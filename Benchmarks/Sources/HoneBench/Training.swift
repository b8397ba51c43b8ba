import Hone

/// A model, its optimiser and random batches in memory.
struct Training {
  private let model: any Layer<Tensor, Tensor>
  private let optimizer: AdamW
  private let batches: [(images: Tensor, labels: Tensor)]
  private let isMixed: Bool
  private let loss = Loss.crossEntropy()
  private let pass: GradientPass

  init(_ workload: Workload, seed: UInt64) {
    guard let count = workload.batches, let learningRate = workload.learningRate,
      let weightDecay = workload.weightDecay
    else { fatalError("Workload \(workload.name) lacks a part that training needs.") }
    var stream = RandomStream(seed: seed, "benchmark")
    model = Models.make(workload, using: &stream)
    optimizer = AdamW(model.parameters, learningRate: learningRate, weightDecay: weightDecay)
    let source = RandomSource(seed: seed)
    batches = (0..<count).map { _ in Models.batch(workload, from: source) }
    isMixed = workload.precision == .bf16
    pass = GradientPass(of: model, loss)
  }

  /// One whole step.
  @discardableResult
  func step(_ index: Int) -> Double {
    let (images, labels) = batches[index % batches.count]
    optimizer.clearGradients()
    defer { optimizer.step() }
    guard isMixed else { return pass(images, labels) }
    let value = withAutocast(.bfloat16, on: .cpu) { loss(model(images), labels) }
    value.backward()
    return value.item()
  }
}

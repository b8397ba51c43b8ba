import Hone

/// A model that answers random batches in memory, its answers copied out.
struct Inference {
  private let model: any Layer<Tensor, Tensor>
  private let batches: [Tensor]

  init(_ workload: Workload, seed: UInt64) {
    var stream = RandomStream(seed: seed, "benchmark")
    model = Models.make(workload, using: &stream)
    model.evaluate()
    let source = RandomSource(seed: seed)
    batches = (0..<(workload.batches ?? 1)).map { _ in Models.batch(workload, from: source).0 }
  }

  /// One batch.
  func predict(_ index: Int) {
    let answers = withoutGradients {
      model(batches[index % batches.count]).values(as: Float.self)
    }
    guard answers.allSatisfy(\.isFinite) else { fatalError("An answer is not a finite number.") }
  }
}

import HoneNumerics

/// The samples of an epoch in the order they are visited.
struct EpochOrder {
  let order: SampleOrder
  let seed: UInt64
  let indices: [Int]
  let buckets: LengthBuckets?
  /// Samples by class, for the balanced order; empty classes left out.
  let classes: [[Int]]

  init(
    _ dataset: Dataset, indices: [Int], order: SampleOrder, seed: UInt64,
    buckets: LengthBuckets? = nil
  ) {
    self.buckets = buckets
    self.order = order
    self.seed = seed
    self.indices = indices
    guard [.balanced, .weighted, .undersampled].contains(order), !dataset.labels.isEmpty else {
      classes = []
      return
    }
    let byClass = Dictionary(grouping: indices) { dataset.labels[$0] }
    classes = byClass.keys.sorted().compactMap { byClass[$0] }
  }

  /// Samples in an epoch.
  var count: Int {
    order == .undersampled && !classes.isEmpty ? rarest * classes.count : indices.count
  }

  private var rarest: Int { classes.map(\.count).min() ?? 0 }

  func samples(epoch: Int) -> [Int] {
    var stream = RandomStream(seed: seed, "order", epoch)
    switch order {
    case .sequential: return indices
    case .balanced where !classes.isEmpty: return balanced(&stream)
    case .weighted where !classes.isEmpty:
      return indices.map { _ in
        let members = classes[stream.index(below: classes.count)]
        return members[stream.index(below: members.count)]
      }
    case .undersampled where !classes.isEmpty:
      let drawn = classes.flatMap { members in
        stream.permutation(members.count).prefix(rarest).map { members[$0] }
      }
      return stream.permutation(drawn.count).map { drawn[$0] }
    case .balanced, .shuffled, .weighted, .undersampled:
      let shuffled = stream.permutation(indices.count).map { indices[$0] }
      return buckets?.arranged(shuffled, using: &stream) ?? shuffled
    }
  }

  /// Goes round the classes; within a class all samples come before one comes again.
  private func balanced(_ stream: inout RandomStream) -> [Int] {
    var drawn: [Int] = []
    drawn.reserveCapacity(indices.count)
    for (position, members) in classes.enumerated() {
      var share = indices.count / classes.count
      if position < indices.count % classes.count { share += 1 }
      while share > 0 {
        let round = stream.permutation(members.count).prefix(share)
        drawn += round.map { members[$0] }
        share -= round.count
      }
    }
    return stream.permutation(drawn.count).map { drawn[$0] }
  }
}

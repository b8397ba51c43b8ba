/// Finds the named tensors of a checkpoint: at the top, under a usual key such as `state_dict`, or in
/// dictionaries of dictionaries, whose keys are then joined by dots.
struct StateSearch {
  let heap: PickleHeap
  /// The tensors in the file's order.
  private(set) var named: [(name: String, tensor: Int)] = []
  /// The keys that lead to the tensors, joined by dots; empty at the top.
  private(set) var location = ""
  /// Dictionaries that were looked into: they may hold one another in circles.
  private var visited: Set<Int> = []

  /// What people call the state among the other parts of a checkpoint, the most telling name first.
  private static let usualKeys = [
    "state_dict", "model_state_dict", "model_state", "model", "module", "net", "network", "weights",
    "params", "model_ema", "state_dict_ema", "ema",
  ]
  /// Parts that hold tensors but no weights.
  private static let otherParts = ["optim", "sched", "scaler", "rng", "amp"]
  private static let deepest = 8

  init(_ heap: PickleHeap, root: PickleValue) {
    self.heap = heap
    guard case .dictionary(let index) = root else { return }
    let (found, path) = descend(from: index)
    location = path.joined(separator: ".")
    named = tensors(in: found)
    if named.isEmpty { collect(found, prefix: "", depth: 0) }
  }

  /// Follows the usual keys from a dictionary without tensors of its own.
  private func descend(from root: Int) -> (dictionary: Int, path: [String]) {
    var (current, path): (Int, [String]) = (root, [])
    while path.count < Self.deepest, tensors(in: current).isEmpty {
      let entries = heap.textEntries(current)
      let next = Self.usualKeys.lazy.compactMap { key -> (String, Int)? in
        guard case .dictionary(let index)? = entries.first(where: { $0.key == key })?.value else {
          return nil
        }
        return (key, index)
      }.first
      guard let (key, index) = next else { break }
      path.append(key)
      current = index
    }
    return (current, path)
  }

  private func tensors(in dictionary: Int) -> [(name: String, tensor: Int)] {
    heap.textEntries(dictionary).compactMap { key, value in
      if case .tensor(let index) = value { (key, index) } else { nil }
    }
  }

  private mutating func collect(_ dictionary: Int, prefix: String, depth: Int) {
    guard depth < Self.deepest, visited.insert(dictionary).inserted else { return }
    for (key, value) in heap.textEntries(dictionary) {
      switch value {
      case .tensor(let index): named.append((prefix + key, index))
      case .dictionary(let index)
      where !Self.otherParts.contains(where: { key.lowercased().hasPrefix($0) }):
        collect(index, prefix: "\(prefix)\(key).", depth: depth + 1)
      default: continue
      }
    }
  }
}

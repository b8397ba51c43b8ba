import Foundation
package import HoneTensor

/// Where layers note their work while a model's cost is counted.
///
/// Kept in the thread's dictionary, because the pass that is counted is synchronous: it opens and
/// closes on one thread. Layers look here on the meta device only, so that training never pays.
final class CostTrace {
  /// What one layer did, all its calls together.
  struct Entry {
    var outputShape: [Int]
    var multiplyAdds: Int
  }

  private(set) var entries: [ObjectIdentifier: Entry] = [:]

  /// Runs code whose layers are counted.
  static func recording(_ body: () throws -> Void) rethrows -> CostTrace {
    let dictionary = Thread.current.threadDictionary
    let former = dictionary[key]
    let trace = CostTrace()
    dictionary[key] = trace
    defer { dictionary[key] = former }
    try body()
    return trace
  }

  /// Notes what a layer did as the work of the module that wraps it.
  static func credit(_ wrapper: any Module, with layer: any Module) {
    guard let trace = current else { return }
    guard let entry = trace.entries.removeValue(forKey: ObjectIdentifier(layer)) else { return }
    trace.note(wrapper, entry.outputShape, entry.multiplyAdds)
  }

  fileprivate static var current: CostTrace? {
    Thread.current.threadDictionary[key] as? CostTrace
  }

  private static let key = "HoneNN.CostTrace"

  fileprivate func note(_ module: any Module, _ shape: [Int], _ multiplyAdds: Int) {
    entries[ObjectIdentifier(module), default: Entry(outputShape: shape, multiplyAdds: 0)]
      .multiplyAdds += multiplyAdds
    entries[ObjectIdentifier(module)]?.outputShape = shape
  }
}

extension Tensor {
  /// This output of a layer, noted with its work where a model's cost is being counted.
  ///
  /// Layers call it on the meta device: `return output.counted(for: self, multiplyAdds: …)`.
  /// - Parameters:
  ///   - module: the layer that gave the output.
  ///   - multiplyAdds: the products that it took, with the batch.
  package func counted(for module: any Module, multiplyAdds: Int = 0) -> Tensor {
    if !isPoisoned { CostTrace.current?.note(module, shape, multiplyAdds) }
    return self
  }
}

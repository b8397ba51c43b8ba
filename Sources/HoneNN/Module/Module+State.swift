import HoneNumerics
import HoneTensor

extension Module {
  /// The values of all parameters and buffers.
  ///
  /// Copies to host memory and waits for the device.
  public var stateDictionary: StateDictionary { StateReader(of: self).stateDictionary }

  /// Writes the values of a state into the parameters and buffers, in place and converted to their
  /// element types.
  /// - Parameters:
  ///   - state: what `stateDictionary` gave, or a file's content under these names.
  ///   - allowsPartial: whether names may be missing on either side; shapes never may differ.
  /// - Returns: which names were loaded, missing and unexpected.
  /// - Throws: `StateDictionaryError` before anything is written.
  @discardableResult
  public func load(
    _ state: StateDictionary, allowsPartial: Bool = false
  ) throws(StateDictionaryError) -> StateLoadReport {
    let leaves = leaves
    let report = fit(of: state, to: leaves)
    guard report.isComplete || (allowsPartial && report.mismatched.isEmpty) else {
      throw StateDictionaryError(report: report)
    }
    for (name, content) in leaves {
      guard let host = state[name] else { continue }
      switch content {
      case .parameter(let parameter): parameter.assign(Tensor(host))
      case .buffer(let buffer): buffer.assign(Tensor(host))
      case .module: continue
      }
    }
    return report
  }
}

/// The parameters and buffers of a module, found once: the walk reflects, which takes as long as reading a
/// small model.
///
/// What becomes a part of the module later is not among them.
package struct StateReader {
  private let leaves: [(name: String, content: ModuleChild.Content)]

  /// The parameters and buffers that a module has now.
  package init(of module: any Module) { leaves = module.leaves }

  /// Their values.
  package var stateDictionary: StateDictionary {
    StateDictionary(
      leaves.map { StateDictionary.Entry(name: $0.name, value: value(of: $0.content).hostTensor()) }
    )
  }
}

private func fit(
  of state: StateDictionary, to leaves: [(name: String, content: ModuleChild.Content)]
) -> StateLoadReport {
  var report = StateLoadReport()
  for (name, content) in leaves {
    guard let host = state[name] else {
      report.missing.append(name)
      continue
    }
    let expected = value(of: content).shape
    if host.shape == expected {
      report.loaded.append(name)
    } else {
      report.mismatched.append(.init(name: name, expected: expected, found: host.shape))
    }
  }
  let known = Set(leaves.map(\.name))
  report.unexpected = state.names.filter { !known.contains($0) }
  return report
}

private func value(of content: ModuleChild.Content) -> Tensor {
  switch content {
  case .parameter(let parameter): parameter.value
  case .buffer(let buffer): buffer.value
  case .module: fatalError("A module is no leaf.")
  }
}

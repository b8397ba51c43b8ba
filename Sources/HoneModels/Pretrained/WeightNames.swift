public import HoneNN

/// How another library names the weights of a model: a small table of rules from paths here to names
/// there.
///
/// A rule matches whole parts of a path: `stages.#` takes two, `#` standing for a number. What it
/// becomes may hold `#` for that number and `#+1` for the next: `stages.#` to `layer#+1`. Rules are
/// tried in their order at each part of the path, from the left; parts that none matches stay. The
/// names of PyTorch's leaves (`running_mean`) are known.
public struct WeightNames: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// One rule: the parts of a path here, and what they become there.
  struct Rule: Sendable, Hashable {
    let path: [Substring]
    let name: String
  }

  private let rules: [Rule]

  /// The given rules, first match first.
  /// - Parameter rules: pairs of a pattern of path parts here, and the name there; an empty name
  ///   leaves the parts out.
  public init(_ rules: [(String, String)]) {
    self.rules =
      rules.map { Rule(path: $0.0.split(separator: "."), name: $0.1) } + Self.leaves
  }

  /// The given rules, first match first.
  public init(dictionaryLiteral rules: (String, String)...) { self.init(rules) }

  /// The name there of a path here: `layer1.0.bn1.running_mean` of
  /// `stages.0.0.norms.0.runningMean`.
  public func name(of path: String) -> String {
    var rest = path.split(separator: ".")[...]
    var parts: [String] = []
    while let first = rest.first {
      guard let (rule, numbers) = match(rest) else {
        parts.append(String(first))
        rest = rest.dropFirst()
        continue
      }
      if !rule.name.isEmpty { parts.append(filled(rule.name, numbers)) }
      rest = rest.dropFirst(rule.path.count)
    }
    return parts.joined(separator: ".")
  }

  /// The same arrays under the paths of a model here; those that belong to none of its leaves keep
  /// their names, so that loading reports them as unexpected.
  /// - Parameters:
  ///   - state: arrays under the names of the other library.
  ///   - model: the model that these names are for.
  public func renamed(_ state: StateDictionary, for model: any Module) -> StateDictionary {
    let paths = model.namedParameters.map(\.name) + model.namedBuffers.map(\.name)
    let byName = Dictionary(paths.map { (name(of: $0), $0) }) { first, _ in first }
    return state.renamed { byName[$0] ?? $0 }
  }

  private func match(_ path: ArraySlice<Substring>) -> (rule: Rule, numbers: [Int])? {
    for rule in rules where rule.path.count <= path.count {
      var numbers: [Int] = []
      let fits = zip(rule.path, path).allSatisfy { pattern, part in
        guard pattern == "#" else { return pattern == part }
        guard let number = Int(part) else { return false }
        numbers.append(number)
        return true
      }
      if fits { return (rule, numbers) }
    }
    return nil
  }

  /// The name with its numbers, left to right.
  private func filled(_ name: String, _ numbers: [Int]) -> String {
    var numbers = numbers[...]
    var result = ""
    var rest = Substring(name)
    while let mark = rest.firstIndex(of: "#") {
      result += rest[..<mark]
      rest = rest[mark...].dropFirst()
      let isNext = rest.hasPrefix("+1")
      if isNext { rest = rest.dropFirst(2) }
      result += "\((numbers.popFirst() ?? 0) + (isNext ? 1 : 0))"
    }
    return result + rest
  }

  private static let leaves: [Rule] = [
    Rule(path: ["runningMean"], name: "running_mean"),
    Rule(path: ["runningVariance"], name: "running_var"),
    Rule(path: ["batchCount"], name: "num_batches_tracked"),
  ]
}

/// A model whose weights torchvision or PyTorch's usual training scripts name in their own way.
public protocol ForeignWeights: Module {
  /// The names that torchvision gives the weights, or, where it has no such model, those of the
  /// usual PyTorch implementation.
  var torchNames: WeightNames { get }
}

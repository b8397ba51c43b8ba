import Foundation
public import HoneNN
public import HoneTensor

/// A model's parameters in stages from the input to the head, as transfer learning treats them:
/// freezes them, unfreezes them one after another, gives them rates of their own.
///
/// A stage is one part of the model, or one element of a list among its parts: `stem`, `stages.0`,
/// `layers.3`; a part of nothing but vectors, such as a norm, belongs to the stage before it. The head
/// is the last layer with weights.
public struct TransferStages {
  /// One stage.
  public struct Stage {
    /// The path of the stage's first part: `stages.0`.
    public let name: String
    /// Its parameters with their paths.
    public fileprivate(set) var parameters: [(name: String, parameter: Parameter)]
  }

  /// The stages from the input to the head.
  public private(set) var stages: [Stage] = []

  /// The factor between the rates of neighboring stages that Howard and Ruder found good
  /// (arXiv 1801.06146, section 3.1).
  public static let usualRateFactor = 2.6

  /// The stages of a model.
  public init(of model: any Module) {
    let named = model.namedParameters
    let head = Self.headParameters(of: model, named: named)
    for (name, parameter) in named where !head.contains(ObjectIdentifier(parameter)) {
      let part = Self.part(of: name)
      if stages.last?.name == part {
        stages[stages.count - 1].parameters.append((name, parameter))
      } else {
        stages.append(Stage(name: part, parameters: [(name, parameter)]))
      }
    }
    joinNorms()
    let own = named.filter { head.contains(ObjectIdentifier($0.parameter)) }
    if let first = own.first {
      stages.append(Stage(name: Self.owner(of: first.name), parameters: own))
    }
  }

  /// All stages but the last.
  public var backbone: ArraySlice<Stage> { stages.dropLast() }

  /// What to multiply the learning rate by, for each stage: 1 for the head, and for each stage before
  /// it `factor` times less than for the next one.
  public func learningRateScales(factor: Double = usualRateFactor) -> [Double] {
    stages.indices.map { pow(factor, Double($0 - stages.count + 1)) }
  }

  private static func headParameters(
    of model: any Module, named: [(name: String, parameter: Parameter)]
  ) -> Set<ObjectIdentifier> {
    if let backbone = model as? any ImageBackbone {
      return Set(backbone.head.parameters.map(ObjectIdentifier.init))
    }
    guard let last = named.last(where: { $0.parameter.shape.count > 1 }) else { return [] }
    let owner = owner(of: last.name)
    return Set(
      named.filter { Self.owner(of: $0.name) == owner }.map { ObjectIdentifier($0.parameter) })
  }

  private static func owner(of name: String) -> String {
    name.lastIndex(of: ".").map { String(name[..<$0]) } ?? ""
  }

  /// The part of a model that a path begins with: two words where the second is a position in a list.
  private static func part(of name: String) -> String {
    let words = name.split(separator: ".")
    let isList = words.count > 2 && Int(words[1]) != nil
    return words.prefix(isList ? 2 : 1).joined(separator: ".")
  }

  private mutating func joinNorms() {
    var joined: [Stage] = []
    for stage in stages {
      if stage.parameters.contains(where: { $0.parameter.shape.count > 1 }) || joined.isEmpty {
        joined.append(stage)
      } else {
        joined[joined.count - 1].parameters += stage.parameters
      }
    }
    stages = joined
  }
}

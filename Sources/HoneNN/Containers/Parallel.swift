public import HoneTensor

/// Layers that all see the same input; their outputs are joined: one behind the other along a
/// dimension (as in Inception modules), or by their sum or product.
///
/// Children are named by position.
public final class Parallel: Layer, CustomStringConvertible {
  /// How outputs are joined.
  public enum Join: String, Sendable, Hashable, CaseIterable {
    /// One behind the other along a dimension.
    case concatenate
    /// By their sum.
    case add
    /// By their product, element by element.
    case multiply
  }

  /// The layers.
  public let branches: [any Layer<Tensor, Tensor>]
  /// The dimension along which outputs are concatenated.
  public let dimension: Int
  /// How outputs are joined.
  public let join: Join

  /// Parallel branches.
  /// - Parameters:
  ///   - dimension: the dimension along which outputs are concatenated, channels or features;
  ///     negative numbers count from the end.
  ///   - join: how outputs are joined.
  ///   - branches: one layer for each branch; a branch of several is a `Sequential`.
  /// - Precondition: there is a branch.
  public init(
    along dimension: Int = 1, join: Join = .concatenate,
    @LayerBuilder _ branches: () throws -> [any Layer<Tensor, Tensor>]
  ) rethrows {
    self.dimension = dimension
    self.join = join
    self.branches = try branches()
    guard !self.branches.isEmpty else {
      fatalError("Parallel got no branches; it needs one or more.")
    }
  }

  /// The joined outputs, which must agree in all extents, but that of `dimension` where they are
  /// concatenated.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let outputs = branches.map { $0(input) }
    if let failed = outputs.first(where: \.isPoisoned) { return failed }
    let axis = dimension < 0 ? dimension + outputs[0].rank : dimension
    let others = outputs.map { output -> [Int] in
      var shape = output.shape
      if join == .concatenate, shape.indices.contains(axis) { shape.remove(at: axis) }
      return shape
    }
    guard others.allSatisfy({ $0 == others[0] }) else {
      return failPrecondition(
        "\(self) has branches that give the shapes \(outputs.map(\.shape)); they "
          + (join == .concatenate ? "may differ only in dimension \(dimension)." : "must be equal.")
      )
    }
    return switch join {
    case .concatenate: Tensor.concatenated(outputs, along: dimension)
    case .add: outputs.dropFirst().reduce(outputs[0], +)
    case .multiply: outputs.dropFirst().reduce(outputs[0], *)
    }
  }

  /// The branches, named by position.
  public var children: [ModuleChild] {
    branches.enumerated().map { ModuleChild(name: "\($0.offset)", content: .module($0.element)) }
  }

  /// The layer as code: `Parallel(branches: 2)`.
  public var description: String { "Parallel(branches: \(branches.count))" }
}

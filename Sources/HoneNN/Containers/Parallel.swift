public import HoneTensor

/// Layers that all see the same input; their outputs are joined.
///
/// Children are named by position.
public final class Parallel: Layer, CustomStringConvertible {
  /// The layers.
  public let branches: [any Layer<Tensor, Tensor>]
  /// The dimension along which outputs are joined.
  public let dimension: Int

  /// Parallel branches.
  /// - Parameters:
  ///   - dimension: the dimension along which outputs are joined, channels or features.
  ///   - branches: one layer for each branch; a branch of several is a `Sequential`.
  /// - Precondition: there is a branch.
  public init(
    along dimension: Int = 1, @LayerBuilder _ branches: () throws -> [any Layer<Tensor, Tensor>]
  ) rethrows {
    self.dimension = dimension
    self.branches = try branches()
    guard !self.branches.isEmpty else {
      fatalError("Parallel got no branches; it needs one or more.")
    }
  }

  /// The joined outputs, which must agree in all extents but that of `dimension`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let outputs = branches.map { $0(input) }
    let others = outputs.map { output -> [Int] in
      var shape = output.shape
      if shape.indices.contains(dimension) { shape.remove(at: dimension) }
      return shape
    }
    guard outputs.contains(where: \.isPoisoned) || others.allSatisfy({ $0 == others[0] }) else {
      return failPrecondition(
        "\(self) has branches that give the shapes \(outputs.map(\.shape)); they may differ only in "
          + "dimension \(dimension).")
    }
    return Tensor.concatenated(outputs, along: dimension)
  }

  /// The branches, named by position.
  public var children: [ModuleChild] {
    branches.enumerated().map { ModuleChild(name: "\($0.offset)", content: .module($0.element)) }
  }

  /// The layer as code: `Parallel(branches: 2)`.
  public var description: String { "Parallel(branches: \(branches.count))" }
}

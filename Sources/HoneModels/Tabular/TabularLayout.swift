import Foundation
import HoneTensor

/// How a row of a table is laid out for models that embed categories: the numeric columns first, then
/// for each categorical column its code, a whole number stored as a float.
///
/// Code 0 stands for values that training did not show; models keep a vector of zeros for it.
public struct TabularLayout: Sendable, Hashable {
  /// The number of numeric columns.
  public var numbers: Int
  /// The number of codes of each categorical column, with code 0.
  public var cardinalities: [Int]

  /// A layout.
  public init(numbers: Int, cardinalities: [Int]) {
    self.numbers = numbers
    self.cardinalities = cardinalities
  }

  /// The numbers in a row.
  public var width: Int { numbers + cardinalities.count }

  /// A width for a column's vectors by the rule of thumb of fastai's tabular models,
  /// min(600, round(1.6 · n^0.56)) for n codes.
  public static func embeddingWidth(cardinality: Int) -> Int {
    min(600, Int((1.6 * pow(Double(cardinality), 0.56)).rounded()))
  }

  /// Ends the process unless the layout can be that of a table.
  func check(for model: String) {
    guard numbers >= 0, width > 0, cardinalities.allSatisfy({ $0 > 0 }) else {
      fatalError(
        "\(model) got \(numbers) numbers and the cardinalities \(cardinalities); it needs a column, "
          + "and a positive number of codes for each categorical one.")
    }
  }

  /// The numbers of rows, and their codes as `int64`; nil where the rows have another width.
  func parts(of rows: Tensor, for model: String) -> (numbers: Tensor, codes: Tensor)? {
    guard !rows.isPoisoned, rows.shape.count == 2, rows.shape[1] == width else { return nil }
    return (
      rows.sliced(0..<numbers, along: 1),
      rows.sliced(numbers..<width, along: 1).cast(to: .int64)
    )
  }

  /// The failure of `parts`.
  func misfit(_ rows: Tensor, for model: String) -> Tensor {
    rows.isPoisoned
      ? rows
      : failPrecondition(
        "\(model) received a tensor of shape \(rows.shape); it must be [batch, \(width)]: "
          + "\(numbers) numbers and \(cardinalities.count) codes.")
  }
}

/// A whole number for each spatial axis: one number for all, or a list with one for each, outermost
/// first.
///
/// Layers take `kernel: 3` as well as `kernel: [3, 1]`, and variables of either type.
public protocol PerAxis {
  /// The numbers: one, or one for each axis.
  var valuesPerAxis: [Int] { get }
}

extension Int: PerAxis {
  /// The number for all axes.
  public var valuesPerAxis: [Int] { [self] }
}

extension Array: PerAxis where Element == Int {
  /// The numbers themselves.
  public var valuesPerAxis: [Int] { self }
}

extension PerAxis {
  /// One number for each of `axes` axes; ends the process where there are not as many, or where one
  /// is less than `smallest`.
  func expanded(
    to axes: Int, _ name: String, of layer: String, atLeast smallest: Int = 1
  ) -> [Int] {
    let values = valuesPerAxis
    guard values.count == 1 || values.count == axes else {
      fatalError(
        "\(layer) got \(name): \(values); it needs one number, or one for each of \(axes) axes.")
    }
    guard values.allSatisfy({ $0 >= smallest }) else {
      fatalError(
        "\(layer) got \(name): \(compact(values)); it must be "
          + (smallest == 1 ? "a positive whole number." : "\(smallest) or more."))
    }
    return values.count == axes ? values : [Int](repeating: values[0], count: axes)
  }
}

/// `3` where all numbers are equal, `[3, 1]` elsewhere.
func compact(_ values: [Int]) -> String {
  guard let first = values.first, values.allSatisfy({ $0 == first }) else { return "\(values)" }
  return "\(first)"
}

/// The dimensions that a layer over so many axes takes, in words.
func layout(axes: Int) -> String {
  switch axes {
  case 1: "[batch, channels, length]"
  case 2: "[batch, channels, height, width]"
  default: "[batch, channels, depth, height, width]"
  }
}

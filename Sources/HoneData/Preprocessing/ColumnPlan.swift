/// How one column of a table becomes features; learned from the training split.
public enum ColumnPlan: Sendable, Codable, Equatable {
  /// One feature, `(value - center) / scale`; missing values take `fill` first.
  case number(name: String, fill: Double, center: Double, scale: Double)
  /// One feature for each level, 1 where the value is that level. Missing values are the level "".
  /// Levels that training did not show, or too rarely to keep, share the last feature if
  /// `hasOther`, and are all zeros otherwise.
  case category(name: String, levels: [String], hasOther: Bool)

  /// The column's name.
  public var name: String {
    switch self {
    case .number(let name, _, _, _), .category(let name, _, _): name
    }
  }

  /// The number of features.
  public var width: Int {
    switch self {
    case .number: 1
    case .category(_, let levels, let hasOther): levels.count + (hasOther ? 1 : 0)
    }
  }
}

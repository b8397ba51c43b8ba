/// How one column of a table becomes features; learned from the training split.
public enum ColumnPlan: Sendable, Codable, Equatable {
  /// One feature, `(value - center) / scale`; missing values take `fill` first.
  case number(name: String, fill: Double, center: Double, scale: Double)
  /// One feature for each level, 1 where the value is that level. Missing values are the level "".
  /// Levels that training did not show, or too rarely to keep, share the last feature if
  /// `hasOther`, and are all zeros otherwise.
  case category(name: String, levels: [String], hasOther: Bool)
  /// One whole number, behind the features of all other columns: 0 where training did not show the
  /// level, then 1, 2, … for the levels in their order, and one more for those too rare to keep if
  /// `hasOther`, which levels that training did not show then share. Missing values are the level "".
  case code(name: String, levels: [String], hasOther: Bool)
  /// A number that is more than shifted and scaled.
  case scaled(ScaledColumn)
  /// A feature for each of so many buckets, 1 where the level's hash falls; missing values are all zeros.
  case hashed(name: String, buckets: Int)
  /// The time that passed and the place in the year, the month, the week and the day.
  case date(DateColumn)

  /// The column's name.
  public var name: String {
    switch self {
    case .number(let name, _, _, _), .category(let name, _, _), .code(let name, _, _): name
    case .hashed(let name, _): name
    case .scaled(let column): column.name
    case .date(let column): column.name
    }
  }

  /// The number of features.
  public var width: Int {
    switch self {
    case .number, .code: 1
    case .scaled(let column): column.hasIndicator ? 2 : 1
    case .hashed(_, let buckets): buckets
    case .date(let column): column.parts.count
    case .category(_, let levels, let hasOther): levels.count + (hasOther ? 1 : 0)
    }
  }

  /// The number of codes of a column that becomes codes, with code 0; nil for other columns.
  public var cardinality: Int? {
    guard case .code(_, let levels, let hasOther) = self else { return nil }
    return 1 + levels.count + (hasOther ? 1 : 0)
  }
}

/// How the categories of tables reach a model.
public enum CategoryEncoding: String, Sendable, Codable, CaseIterable {
  /// A feature for each level, for models that take numbers alone.
  case oneHot
  /// A whole number for each column, behind all numeric features, for models that embed categories.
  case codes
}

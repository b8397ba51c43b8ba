import GRDB

/// A number as a column holds it: NULL where missing, the text `nan` where not a number.
struct StoredNumber: DatabaseValueConvertible {
  let value: Double?

  var databaseValue: DatabaseValue {
    guard let value else { return .null }
    return value.isNaN ? "nan".databaseValue : value.databaseValue
  }

  init(_ value: Double?) {
    self.value = value
  }

  static func fromDatabaseValue(_ stored: DatabaseValue) -> StoredNumber? {
    switch stored.storage {
    case .null: StoredNumber(nil)
    case .double(let value): StoredNumber(value)
    case .int64(let value): StoredNumber(Double(value))
    case .string("nan"): StoredNumber(.nan)
    default: nil
    }
  }
}

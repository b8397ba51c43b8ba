import Foundation
import HoneRecords

extension ConfigurationValue {
  /// What a value's own coding says of it.
  init(coding value: some Encodable) {
    do {
      let data = try JSONEncoder().encode(value)
      self = try JSONDecoder().decode(ConfigurationValue.self, from: data)
    } catch {
      fatalError("\(value) cannot be coded as JSON: \(error)")
    }
  }

  /// The typed value that was coded so.
  func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: try JSONEncoder().encode(self))
  }
}

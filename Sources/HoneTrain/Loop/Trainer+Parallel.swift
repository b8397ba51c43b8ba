import HoneRecords
import HoneText

// What processes that train together do apart, and what they agree on.
extension Trainer {
  /// What rank 0 decides about how the run goes on.
  private struct Decision: Codable {
    var rateScale: Double
    var status: RunStatus
    var ending: Localized?
  }

  /// The value that a body finds; where processes train together, the one that it finds in rank 0, which
  /// has no need of the others meanwhile.
  func shared<Value: Codable>(_ body: () throws -> Value) throws -> Value {
    guard let parallel = plan.parallel else { return try body() }
    return try parallel.shared { try parallel.alone(body) }
  }

  /// What a body finds; where processes train together, what it finds in the first of them that finds
  /// something.
  func firstFound(_ body: () throws -> Localized?) throws -> Localized? {
    guard let parallel = plan.parallel else { return try body() }
    let own = try parallel.alone(body).map { try CanonicalJSON.string($0) }
    return try parallel.firstFound(own).map { try CanonicalJSON.decode(Localized.self, from: $0) }
  }

  /// Runs a body in which this process works for itself.
  func alone<Value>(_ body: () throws -> Value) rethrows -> Value {
    guard let parallel = plan.parallel else { return try body() }
    return try parallel.alone(body)
  }

  /// Runs a body that decides how the run goes on; where processes train together, rank 0 decides, so
  /// that clocks and disks of others have no say.
  func shareDecision(_ body: () -> Void) throws {
    guard let parallel = plan.parallel else { return body() }
    let decision = try parallel.shared {
      body()
      return Decision(rateScale: rateScale, status: record.status, ending: record.ending)
    }
    rateScale = decision.rateScale
    record.status = decision.status
    record.ending = decision.ending
  }
}

import Foundation
import HoneRecords

/// The JSON of a run in `hone runs list`: a line, not the whole record, which `runs show` has.
struct RunLineOutput: Encodable {
  let run: String
  let name: String
  let status: RunStatus
  let created: String
  let model: String
  let data: String
  let fingerprint: String
  @OrNull var parent: String?
  let epochs: Int
  let parameters: Int
  @OrNull var seconds: Double?
  let metric: String
  @OrNull var validationMetric: Double?
  @OrNull var validationLoss: Double?
  @OrNull var testMetric: Double?
  let tags: [String]
  let note: String

  init(_ line: RunListing) {
    run = line.id
    name = line.name
    status = line.status
    created = line.created.ISO8601Format()
    model = line.model
    data = line.dataSource
    fingerprint = line.dataFingerprint
    _parent = OrNull(wrappedValue: line.parent)
    epochs = line.epochs
    parameters = line.parameters
    _seconds = OrNull(wrappedValue: line.seconds)
    metric = line.metric
    _validationMetric = OrNull(wrappedValue: line.validationMetric)
    _validationLoss = OrNull(wrappedValue: line.validationLoss)
    _testMetric = OrNull(wrappedValue: line.testMetric)
    tags = line.tags
    note = line.note
  }
}

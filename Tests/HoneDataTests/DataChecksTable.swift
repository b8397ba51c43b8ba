import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

/// False alarms of the comparison of splits on real data over a hundred random splits; run by
/// `Scripts/prove data-checks`, which names the file to write.
@Suite struct DataChecksTable {
  private struct Row: Encodable {
    let data: String
    let samples, splits, tests, alarms, alarmsAtFivePercent: Int
  }

  private static let file = ProcessInfo.processInfo.environment["HONE_DATA_CHECKS_TABLE"]
  private static let splits = 100
  private static let samples = 3_000

  @Test("counts the random splits of real data that look different", .enabled(if: file != nil))
  func table() throws {
    let folder = try TemporaryFolder()
    let home = try #require(Fixtures.home)
    var rows: [Row] = []
    let clothes = try DataSource.open("fashion-mnist", home: home)
    rows.append(try row("fashion-mnist", clothes))
    rows.append(try row("fashion-mnist, with a model", clothes, seesWithModel: true))
    // Photos of many sizes, with what their files say.
    let photos = try DataSource.open(home.appendingPathComponent("hymenoptera").path)
    rows.append(try row("hymenoptera photos", photos))
    let adult = try String(
      contentsOf: home.appendingPathComponent("tabular/adult/adult.data"), encoding: .utf8)
    let table = try folder.write(adult, to: "adult.csv")
    rows.append(try row("adult", DataSource.open(table, options: DataOptions(target: "column15"))))
    let sms = try String(
      contentsOf: home.appendingPathComponent("sms-spam/SMSSpamCollection"), encoding: .utf8)
    let texts = try folder.write("label\ttext\n" + sms, to: "sms.tsv")
    rows.append(try row("sms-spam", DataSource.open(texts, options: DataOptions(target: "label"))))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .prettyPrinted
    try encoder.encode(rows).write(to: URL(fileURLWithPath: try #require(Self.file)))
    #expect(rows.allSatisfy { $0.alarms <= 5 })
  }

  private func row(
    _ name: String, _ data: Dataset, seesWithModel: Bool = false
  ) throws -> Row {
    let facts = SampleFacts(data, images: SampleScan(data).images, seed: 0)
    var (alarms, loose, tests) = (0, 0, 0)
    for seed in 0..<UInt64(Self.splits) {
      var stream = RandomStream(seed: seed, "data checks")
      let drawn = stream.permutation(data.count).prefix(Self.samples)
      let count = drawn.count
      let split = Split(
        train: Array(drawn.prefix(count * 7 / 10)),
        validation: Array(drawn.dropFirst(count * 7 / 10).prefix(count / 10)),
        test: Array(drawn.dropFirst(count * 8 / 10)))
      let results = ShiftTest(
        facts: facts, groups: nil, seed: seed,
        model: seesWithModel ? model(facts, data, split) : nil
      ).results(split)
      tests = results.count
      if results.contains(where: { $0.adjusted < 0.05 }) { loose += 1 }
      if results.contains(where: AuditFindings.isShift) { alarms += 1 }
    }
    return Row(
      data: name, samples: min(Self.samples, data.count), splits: Self.splits, tests: tests,
      alarms: alarms,
      alarmsAtFivePercent: loose)
  }

  /// A classifier that was fitted on the training split, by the nearest mean of a class.
  private func model(_ facts: SampleFacts, _ data: Dataset, _ split: Split) -> ModelView {
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: 16), count: data.classes.count)
    var counts = [Double](repeating: 0, count: data.classes.count)
    for sample in split.train {
      let label = Int(data.labels[sample])
      counts[label] += 1
      for (place, value) in facts.features[sample].enumerated() {
        sums[label][place] += Double(value)
      }
    }
    let means = zip(sums, counts).map { sum, count in sum.map { $0 / max(1, count) } }
    var view = ModelView(validation: split.validation, test: split.test, outputs: [:])
    for sample in split.validation + split.test {
      let features = facts.features[sample]
      let distances = means.map { mean in
        zip(mean, features).reduce(0) { $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1)) }
      }
      let nearest = distances.min() ?? 0
      let scores = distances.map { exp((nearest - $0) / 2_000) }
      let total = scores.reduce(0, +)
      view.outputs[sample] = scores.map { $0 / total }
      view.features[sample] = features
    }
    return view
  }
}

import Foundation
import HoneNumerics
import Testing

@testable import HoneData

@Suite struct TableFeatureTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let imputation: TableOptions.Imputation
      let scaling: TableOptions.Scaling
      let values: [Double]
    }
    let train, new: [Double?]
    let cases: [Case]
    let rows, projected, components: [[Double]]
    let center: [Double]
  }

  private let reference: Reference

  init() throws {
    reference = try JSONDecoder().decode(
      Reference.self, from: Data(try Fixtures.bytes("tables.json")))
  }

  private func inputs(
    _ text: String, train: [Int], of samples: [Int], _ options: TableOptions,
    categories: CategoryEncoding = .oneHot
  ) throws -> (preprocessor: Preprocessor, rows: [[Float]]) {
    let folder = try TemporaryFolder()
    let data = try DataSource.open(
      try folder.write(text, to: "data.csv"), options: DataOptions(target: "y"))
    let preprocessor = try Preprocessor.fit(
      data, indices: train, categories: categories, table: options)
    let coded = try JSONEncoder().encode(preprocessor)
    let stored = try JSONDecoder().decode(Preprocessor.self, from: coded)
    #expect(stored == preprocessor)
    let loader = try DataLoader(data, indices: samples, preprocessor: stored)
    let values = try loader.batch(of: samples).inputs.values(as: Float.self)
    let width = preprocessor.outputShape[0]
    #expect(values.count == samples.count * width)
    return (preprocessor, samples.indices.map { Array(values[($0 * width)..<(($0 + 1) * width)]) })
  }

  @Test("fills and scales as scikit-learn's imputer and scalers")
  func scales() {
    for example in reference.cases {
      var options = TableOptions()
      options.imputation = example.imputation
      options.scaling = example.scaling
      let column = ScaledColumn("a", reference.train.map { $0 ?? .nan }, .standardize, options)
      for (value, expected) in zip(reference.new, example.values) {
        let found = column.features(of: value ?? .nan)[0]
        #expect(abs(found - expected) < 1e-9 * max(1, abs(expected)), "\(example.scaling) \(found)")
      }
    }
  }

  @Test("projects on the axes of scikit-learn's PCA")
  func projects() throws {
    let step = FeatureFitting.principalComponents(reference.rows, count: 3)
    guard case .project(let center, let axes) = step else {
      Issue.record("no projection was learned")
      return
    }
    for (found, expected) in zip(center, reference.center) {
      #expect(abs(found - expected) < 1e-12)
    }
    for (found, expected) in zip(axes.joined(), reference.components.joined()) {
      #expect(abs(found - expected) < 1e-9)
    }
    for (row, expected) in zip(reference.rows, reference.projected) {
      for (found, value) in zip(step.applied(to: row.map { Float($0) }), expected) {
        #expect(abs(Double(found) - value) < 1e-5)
      }
    }
  }

  @Test("says where numbers were missing")
  func indicates() throws {
    var options = TableOptions()
    options.missingIndicators = true
    options.scaling = TableOptions.Scaling.none
    let (_, rows) = try inputs(
      "a,b,y\n1,4,p\n,5,q\n3,6,p\n", train: [0, 1, 2], of: [0, 1], options)
    #expect(rows == [[1, 0, 4], [2, 1, 5]])
  }

  @Test("hashes columns of very many names, unseen ones too")
  func hashes() throws {
    var options = TableOptions()
    options.hashBuckets = 8
    let text = (0..<300).map { "n\($0 % 140),\($0 % 2)" }.joined(separator: "\n")
    let (preprocessor, rows) = try inputs(
      "c,y\n" + text, train: Array(0..<100), of: [0, 140, 139], options)
    #expect(preprocessor.outputShape == [8])
    #expect(rows.allSatisfy { $0.reduce(0, +) == 1 })
    #expect(rows[0] == rows[1])
  }

  @Test("reads dates, and places them in their circles")
  func dates() throws {
    let text = (0..<60).map { "2024-0\($0 % 9 + 1)-1\($0 % 10),\($0 % 2)" }
    let (preprocessor, rows) = try inputs(
      "when,y\n" + text.joined(separator: "\n"), train: Array(0..<50), of: Array(0..<60),
      TableOptions())
    guard case .date(let column) = preprocessor.columns[0] else {
      Issue.record("the column was not read as dates")
      return
    }
    #expect(column.parts.count == 7)
    for row in rows {
      for circle in [1, 3, 5] {
        #expect(abs(row[circle] * row[circle] + row[circle + 1] * row[circle + 1] - 1) < 1e-5)
      }
    }
    let times = DateColumn("t", [0, 6 * 3_600])
    #expect(times.parts.count == 9)
    // A quarter of a day on a Thursday, the first of January.
    let features = times.features(of: 6 * 3_600)
    #expect(abs(features[7] - 1) < 1e-12 && abs(features[8]) < 1e-12)
    #expect(abs(features[1]) < 1e-12 && abs(features[2] - 1) < 1e-12)
    #expect(abs(features[5] - sin(2 * Double.pi * 3 / 7)) < 1e-12)
  }

  @Test("multiplies pairs, keeps what informs, and leaves codes behind")
  func combines() throws {
    var stream = RandomStream(seed: 4, "table")
    let lines = (0..<200).map { index -> String in
      let (a, b, c) = (stream.normal(), stream.normal(), stream.normal())
      return "\(a),\(b),\(c),l\(index % 3),\(a * b > 0 ? "p" : "q")"
    }
    let text = "a,b,c,d,y\n" + lines.joined(separator: "\n")
    var options = TableOptions()
    options.interactions = true
    let all = Array(0..<200)
    let (_, plain) = try inputs(text, train: all, of: [0], options, categories: .codes)
    #expect(plain[0].count == 7)
    #expect(plain[0][3] == plain[0][0] * plain[0][1])
    options.mutualInformation = 1
    let (chosen, rows) = try inputs(text, train: all, of: [0, 4], options, categories: .codes)
    // The target is the sign of the first product.
    #expect(chosen.features?.last == .select([3]))
    #expect(rows[0] == [plain[0][3], 1] && rows[1][1] == 2)
    options.mutualInformation = nil
    options.l1 = 0.1
    let (sparse, _) = try inputs(text, train: all, of: [0], options)
    // Behind three numbers and three levels.
    #expect(sparse.features?.last == .select([6]))
    options.l1 = nil
    options.components = 2
    let (projected, _) = try inputs(text, train: all, of: [0], options)
    #expect(projected.outputShape == [2])
  }
}

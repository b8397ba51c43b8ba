import Foundation
import HoneNumerics
import Testing

@testable import HoneData

@Suite struct ImbalanceTests {
  private struct Reference: Decodable {
    struct Smote: Decodable {
      let rows, made: [[Double]]
      let nearest: [[Int]]
      let counts, from, to: [Int]
      let step: Double
    }
    struct SmoteNC: Decodable {
      let rows, made: [[Double]]
      let nearest: [[Int]]
      let from, to: [Int]
      let steps: [Double]
      let deviation: Double
    }
    struct Weights: Decodable { let counts: [Int], weights: [Float] }
    let smote: Smote
    let smoteNC: SmoteNC
    let weights: [Weights]
  }

  private let reference: Reference

  init() throws {
    reference = try JSONDecoder().decode(
      Reference.self, from: Data(try Fixtures.bytes("imbalance.json")))
  }

  @Test("finds the neighbors and makes the rows of imbalanced-learn's SMOTE")
  func agreesOnRows() {
    let example = reference.smote
    let smote = SMOTE(
      rows: example.rows, isName: [false, false, false], scales: [1, 1, 1], nameDistance: 1)
    let nearest = smote.nearest()
    #expect(nearest == example.nearest)
    for (place, expected) in example.made.enumerated() {
      let row = example.from[place]
      let made = smote.synthetic(
        from: row, to: nearest[row][example.to[place]], step: example.step, among: nearest[row])
      for (value, reference) in zip(made, expected) { #expect(abs(value - reference) < 1e-12) }
    }
  }

  @Test("finds the neighbors and makes the rows of imbalanced-learn's SMOTENC, names by majority")
  func agreesOnNames() {
    let example = reference.smoteNC
    let smote = SMOTE(
      rows: example.rows, isName: [false, false, true, true], scales: [1, 1, 1, 1],
      nameDistance: example.deviation)
    let nearest = smote.nearest()
    // Neighbors at equal distances may come in another order.
    for (found, expected) in zip(nearest, example.nearest) { #expect(Set(found) == Set(expected)) }
    for (place, expected) in example.made.enumerated() {
      let row = example.from[place]
      let made = smote.synthetic(
        from: row, to: example.nearest[row][example.to[place]], step: example.steps[place],
        among: nearest[row])
      for (value, reference) in zip(made, expected) { #expect(abs(value - reference) < 1e-12) }
    }
  }

  @Test("fills every class up to the largest with rows between its own, and repeats itself")
  func fillsClasses() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<60).map { index in
      let isRare = index % 5 == 0
      return "\(isRare ? index : index + 1000),\(isRare ? "u" : "v"),\(isRare ? "rare" : "often")"
    }
    let path = try folder.write("a,c,y\n" + rows.joined(separator: "\n"), to: "data.csv")
    let data = try DataSource.open(path, options: DataOptions(target: "y"))
    let train = Array(0..<50)
    let (grown, indices) = data.withSyntheticRows(balancing: train, seed: 3)
    #expect(grown.classCounts(of: indices) == [40, 40])
    #expect(Array(indices.prefix(50)) == train && grown.count == 90)
    let preprocessor = try Preprocessor.fit(data, indices: train, normalization: .none)
    let loader = try DataLoader(grown, indices: indices, preprocessor: preprocessor)
    let made = try loader.batch(of: Array(60..<90)).inputs.values(as: Float.self)
    for row in 0..<30 {
      // Between 0 and 45, and named as all of its neighbors.
      #expect((0...45).contains(made[row * 3]))
      #expect(made[row * 3 + 1] == 1 && made[row * 3 + 2] == 0)
    }
    let again = data.withSyntheticRows(balancing: train, seed: 3)
    let repeated = try DataLoader(again.data, indices: again.train, preprocessor: preprocessor)
      .batch(of: Array(60..<90))
    #expect(repeated.inputs.values(as: Float.self) == made)
  }

  @Test("weighs classes as scikit-learn does, and by effective numbers between that and equally")
  func weighs() {
    for example in reference.weights {
      #expect(ClassBalance.weights(counts: example.counts) == example.weights)
    }
    let counts = [1_000, 100, 10]
    let equal = ClassBalance.effectiveWeights(counts: counts, overlap: 0)
    #expect(equal == [1, 1, 1])
    let inverse = ClassBalance.weights(counts: counts)
    let nearly = ClassBalance.effectiveWeights(counts: counts, overlap: 0.999_999_9)
    for (first, second) in zip(nearly, inverse) { #expect(abs(first - second) < 1e-2 * second) }
    let between = ClassBalance.effectiveWeights(counts: counts, overlap: 0.99)
    #expect(between[2] / between[0] > 1 && between[2] / between[0] < inverse[2] / inverse[0])
  }

  @Test("draws as few of each class as the rarest has, or independently with equal chances")
  func draws() throws {
    let data = SplitData.made([80, 40, 8])
    let all = Array(0..<128)
    let preprocessor = try Preprocessor.fit(data, indices: all)
    func epoch(_ order: SampleOrder, _ number: Int) throws -> [Int] {
      let loader = try DataLoader(
        data, indices: all, preprocessor: preprocessor,
        options: LoaderOptions(batchSize: 10, order: order, seed: 1))
      let batches = loader.epoch(number)
      #expect(batches.count == loader.batchesPerEpoch)
      var drawn: [Int] = []
      while let batch = try batches.next() { drawn += batch.indices }
      return drawn
    }
    let few = try epoch(.undersampled, 1)
    #expect(data.classCounts(of: few) == [8, 8, 8])
    #expect(Set(few).count == 24)
    #expect(Set(few) != Set(try epoch(.undersampled, 2)))
    let weighted = try (1...20).flatMap { try epoch(.weighted, $0) }
    #expect(weighted.count == 20 * 128)
    for count in data.classCounts(of: weighted) {
      // Five standard deviations of a binomial.
      #expect(abs(Double(count) - 2_560.0 / 3) < 5 * (2_560.0 * 2 / 9).squareRoot())
    }
  }
}

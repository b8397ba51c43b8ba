import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct PreprocessorTests {
  private func table(_ text: String) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try DataSource.open(
      try folder.write(text, to: "data.csv"), options: DataOptions(target: "y"))
  }

  private func inputs(
    _ data: Dataset, train: [Int], _ normalization: Normalization, of samples: [Int]
  ) throws -> [Float] {
    let preprocessor = try Preprocessor.fit(data, indices: train, normalization: normalization)
    let loader = try DataLoader(data, indices: samples, preprocessor: preprocessor)
    return try loader.batch(of: samples).inputs.values(as: Float.self)
  }

  @Test("standardises images to mean 0 and deviation 1 over the training split")
  func standardizes() throws {
    let data = try DataSource.open("digits")
    let train = Array(0..<500)
    let values = try inputs(data, train: train, .standardize, of: train).map { Double($0) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    // Single precision over 32,000 values.
    #expect(abs(mean) < 1e-5)
    #expect(abs(variance - 1) < 1e-5)
  }

  @Test("brings images to 0...1 by their own largest value, and leaves them alone on request")
  func scalesToUnit() throws {
    let data = try DataSource.open("digits")
    let all = Array(0..<data.count)
    #expect(try inputs(data, train: all, .unit, of: all).max() == 1)
    #expect(try inputs(data, train: all, .none, of: all).max() == 16)
    let explicit = Normalization.explicit(mean: [0.5], deviation: [0.5])
    #expect(try inputs(data, train: all, explicit, of: all).max() == 1)
    #expect(
      dataError { try inputs(data, train: all, .explicit(mean: [], deviation: []), of: all) }
        == .badNormalization(found: 0, expected: 1))
  }

  @Test("learns medians, scales and levels of tables from the training split only")
  func learnsFromTrain() throws {
    let data = try table("a,c,y\n1,u,p\n3,v,q\n,u,p\n100,w,q\n")
    // a is filled with the median 2; (value - 2) / 1; levels u and v; w was not seen.
    let values = try inputs(data, train: [0, 1], .standardize, of: [0, 1, 2, 3])
    #expect(values == [-1, 1, 0, 1, 0, 1, 0, 1, 0, 98, 0, 0])
  }

  @Test("gives missing names a level of their own, rare ones of many levels a common one")
  func keepsLevels() throws {
    let rows = (0..<300).map { "\($0 == 299 ? "" : "l\($0 % 70)"),\($0 % 2)" }
    let data = try table("c,y\n" + rows.joined(separator: "\n"))
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<300))
    guard case .category(_, let levels, let hasOther) = preprocessor.columns[0] else {
      Issue.record("a category was expected")
      return
    }
    #expect(levels.first == "")
    #expect(levels.count == 64)
    #expect(hasOther)
    #expect(preprocessor.outputShape == [65])
  }

  @Test("gives codes behind the numbers to models that embed categories")
  func givesCodes() throws {
    let data = try table("c,a,d,y\nu,1,k,p\nv,3,,q\nw,5,k,q\n")
    let preprocessor = try Preprocessor.fit(
      data, indices: [0, 1], normalization: .none, categories: .codes)
    #expect(preprocessor.outputShape == [3])
    // u and v; missing and k; each with the code 0 for what was not seen.
    #expect(preprocessor.cardinalities == [3, 3])
    let loader = try DataLoader(data, indices: [0, 1, 2], preprocessor: preprocessor)
    let values = try loader.batch(of: [0, 1, 2]).inputs.values(as: Float.self)
    #expect(values == [1, 1, 2, 3, 2, 1, 5, 0, 2])
    let coded = try JSONEncoder().encode(preprocessor)
    #expect(try JSONDecoder().decode(Preprocessor.self, from: coded) == preprocessor)
  }

  @Test("standardises targets of a regression and restores outputs")
  func scalesTargets() throws {
    let data = try table("a,y\n1,0.5\n2,2.5\n3,9.25\n")
    let preprocessor = try Preprocessor.fit(data, indices: [0, 1])
    let target = try #require(preprocessor.target)
    #expect(target.mean == 1.5 && target.deviation == 1)
    let loader = try DataLoader(data, indices: [0, 1, 2], preprocessor: preprocessor)
    let targets = try loader.batch(of: [0, 1, 2]).targets
    #expect(targets.shape == [3, 1])
    #expect(targets.values(as: Float.self).map { target.restored($0) } == [0.5, 2.5, 9.25])
  }

  @Test("survives coding")
  func codes() throws {
    let data = try table("a,c,y\n1,u,p\n3,v,q\n")
    let preprocessor = try Preprocessor.fit(data, indices: [0, 1])
    let coded = try JSONEncoder().encode(preprocessor)
    #expect(try JSONDecoder().decode(Preprocessor.self, from: coded) == preprocessor)
    let words = Data(#"["unit", {"mean": [0.5], "std": [0.25]}]"#.utf8)
    #expect(
      try JSONDecoder().decode([Normalization].self, from: words)
        == [.unit, .explicit(mean: [0.5], deviation: [0.25])])
  }
}

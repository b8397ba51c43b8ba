import HoneData
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct WeightKeepingTests {
  private let losses = history([3, 1, 2, 1, 5, 0.5])

  @Test("the best, the last, every so many and certain epochs are chosen")
  func chosen() {
    func chosen(_ keeping: WeightKeeping) -> [Int] {
      keeping.chosen(of: losses, by: .validationLoss).sorted()
    }
    #expect(chosen(WeightKeeping(best: 2)) == [2, 6])
    #expect(chosen(WeightKeeping(best: 3)) == [2, 4, 6])
    #expect(chosen(WeightKeeping(last: 2)) == [5, 6])
    #expect(chosen(WeightKeeping(every: 3)) == [3, 6])
    #expect(chosen(WeightKeeping(best: 1, epochs: [1, 9])) == [1, 6])
    #expect(chosen(WeightKeeping()) == [])
    #expect(WeightKeeping().isEmpty)
  }

  @Test("a run leaves the chosen epochs' weights as models, and no others")
  func files() throws {
    try withTemporaryFolder { folder in
      var lab = Lab()
      lab.epochs = 4
      let plan = try lab.plan
      let keeper = WeightKeeper(
        WeightKeeping(last: 2, epochs: [1]), folder: folder, preprocessor: try Lab.preprocessor)
      let outcome = try Trainer(plan, record: lab.record(), weightKeeper: keeper).train()
      let files = WeightKeeper.files(in: folder)
      #expect(files.map(\.epoch) == [1, 3, 4])
      let last = try ModelFile(contentsOf: files[2].path)
      #expect(last.run.best?.withoutTimes == outcome.numbers[3])
      var short = lab
      short.epochs = 1
      #expect(try ModelFile(contentsOf: files[0].path).state == short.train().kept)
    }
  }
}

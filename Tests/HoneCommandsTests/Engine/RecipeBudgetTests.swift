import HoneCommands
import Testing

struct RecipeBudgetTests {
  private let start = ContinuousClock.now

  @Test("divides what is left among the steps that search, and leaves some for the proof")
  func shares() throws {
    let budget = RecipeBudget(seconds: 1000, from: start)
    #expect(budget.coarseSeconds(at: start) == 300)
    let second = start.advanced(by: .seconds(300))
    #expect(try abs(#require(budget.fineSeconds(round: 1, of: 1, at: second)) - 490) < 1e-9)
    let first = try #require(budget.fineSeconds(round: 1, of: 2, at: second))
    let next = try #require(
      budget.fineSeconds(round: 2, of: 2, at: second.advanced(by: .seconds(first))))
    #expect(abs(first - 245) < 1e-9 && abs(next - first) < 1e-9)
    #expect(budget.hasTime(for: 700, at: second) && !budget.hasTime(for: 701, at: second))
  }

  @Test("is used at its end, and gives nothing then") func used() {
    let budget = RecipeBudget(seconds: 10, from: start)
    let end = start.advanced(by: .seconds(10))
    #expect(!budget.isUsed(at: start) && budget.isUsed(at: end))
    #expect(budget.coarseSeconds(at: end.advanced(by: .seconds(5))) == 0)
  }

  @Test("no budget bounds nothing") func none() {
    let budget = RecipeBudget(seconds: nil, from: start)
    #expect(
      !budget.isUsed(at: start.advanced(by: .seconds(1e9)))
        && budget.coarseSeconds(at: start) == nil)
    #expect(budget.fineSeconds(round: 1, of: 2, at: start) == nil)
    #expect(budget.hasTime(for: 1e9, at: start))
  }
}

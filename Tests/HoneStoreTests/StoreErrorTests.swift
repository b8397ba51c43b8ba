import HoneStore
import HoneText
import Testing

struct StoreErrorTests {
  private struct Case {
    let error: StoreError
    let status: HoneText.ExitStatus
    let part: String

    init(_ error: StoreError, _ status: HoneText.ExitStatus, _ part: String) {
      self.error = error
      self.status = status
      self.part = part
    }
  }

  private static let expectations: [Case] = [
    Case(.missing(path: "P"), .inputNotFound, "P"),
    Case(.cannotCreate(path: "P", reason: "R"), .cannotCreateOutput, "R"),
    Case(.locked(path: "P"), .tryAgainLater, "P"),
    Case(.diskFull(path: "P"), .inputOutput, "P"),
    Case(.inputOutput(path: "P", reason: "R"), .inputOutput, "R"),
    Case(.corrupt(path: "P", reason: "R"), .badData, "R"),
    Case(.foreign(path: "P"), .badData, "P"),
    Case(.newerSchema(path: "P", changes: ["9-later"]), .badData, "9-later"),
    Case(.networkFileSystem(path: "P", kind: "nfs4"), .cannotCreateOutput, "nfs4"),
    Case(.notEvents(path: "P"), .badData, "P"),
    Case(.notOptuna(path: "P", reason: Localized(verbatim: "R.")), .badData, "P"),
    Case(.libraryMissing("libpq.so.5"), .serviceUnavailable, "libpq.so.5"),
    Case(.badAddress("A", reason: "R"), .usage, "R"),
    Case(.unreachable(server: "S", reason: "R"), .serviceUnavailable, "S"),
    Case(.refused(server: "S", reason: "R"), .configuration, "R"),
    Case(.noDatabase(server: "S", reason: "R"), .inputNotFound, "S"),
    Case(.unreadable(path: "P", id: "I", reason: "R"), .badData, "I"),
    Case(.invalidIdentifier("../x"), .badData, "../x"),
    Case(.notFound(.run, reference: "X", nearest: ["Y"]), .inputNotFound, "Y"),
    Case(.notFound(.improvement, reference: "X", nearest: []), .inputNotFound, "X"),
    Case(.ambiguous(.run, reference: "X", candidates: ["X1"], count: 7), .inputNotFound, "X1, …"),
    Case(
      .ambiguous(.improvement, reference: "X", candidates: ["X1"], count: 1), .inputNotFound, "X1"),
    Case(.unexpected(path: "P", reason: "R"), .internalError, "R"),
  ]

  @Test("every error has its exit status and names what it is about in both languages")
  func explanations() {
    for expectation in StoreErrorTests.expectations {
      let error = expectation.error
      #expect(error.exitStatus == expectation.status)
      for language in Language.allCases {
        let text = error.explanation.text(language)
        #expect(text.contains(expectation.part), "\(error)")
        #expect(text.hasSuffix("."), "\(text)")
      }
    }
  }
}

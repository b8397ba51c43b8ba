import Testing

@testable import HoneStore

struct ReferenceTests {
  private let candidates = [
    Referable(id: "20261123-a", name: "part", isPart: true),
    Referable(id: "20261122-b", name: "20261121", isPart: false),
    Referable(id: "20261121-c", name: "base", isPart: false),
    Referable(id: "20261121-d", name: "base", isPart: false),
  ]

  private func resolved(_ reference: String) throws(StoreError) -> String {
    try resolve(reference, among: candidates, as: .run)
  }

  @Test("a name wins over an ambiguous beginning, the newest of a name over the others")
  func names() throws {
    #expect(try resolved("20261121") == "20261122-b")
    #expect(try resolved("base") == "20261121-c")
  }

  @Test("last is the newest that stands for itself, or the newest part where there is nothing else")
  func last() throws {
    #expect(try resolved("last") == "20261122-b")
    #expect(try resolve("last", among: [candidates[0]], as: .run) == "20261123-a")
  }

  @Test("nothing means nothing, though everything begins with it")
  func empty() {
    let nearest = ["20261123-a (part)", "20261122-b (20261121)", "20261121-c (base)"]
    #expect(throws: StoreError.notFound(.run, reference: "", nearest: nearest)) {
      try resolved("")
    }
  }

  @Test("an empty store says that it is empty")
  func emptyStore() {
    #expect(throws: StoreError.notFound(.run, reference: "last", nearest: [])) {
      try resolve("last", among: [], as: .run)
    }
  }
}

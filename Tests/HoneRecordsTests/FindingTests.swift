import HoneRecords
import Testing

struct FindingTests {
  @Test("severities ascend from info to critical")
  func severity() {
    #expect(Finding.Severity.info < .warning)
    #expect(Finding.Severity.warning < .critical)
    #expect(!(Finding.Severity.critical < .info))
  }

  @Test("finding names are lowercase words with hyphens, each once")
  func names() {
    let names = FindingName.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.allSatisfy { ("a"..."z").contains($0) || $0 == "-" } })
  }
}

import Foundation
import HoneRecords
import HoneText
import Testing

@testable import HoneDiagnosis

/// Every finding has a page with a picture, and the pages lead to each other.
struct FindingPagesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let folder = root.appending(path: "Documentation/Findings")
  private static let headings = [
    "## What it is", "## How it is detected", "## Remedies, in the order to try",
    "## When it is wrong",
  ]

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
  }

  /// Where the links of a page lead, pictures and addresses left out, sections of pages cut off.
  private func links(in page: String) -> [String] {
    page.matches(of: #/(!?)\[[^\]]*\]\(([^)\s]+)\)/#).compactMap { match in
      let target = match.2.prefix { $0 != "#" }
      return match.1.isEmpty && !target.isEmpty && !target.contains("://") ? String(target) : nil
    }
  }

  @Test("has its title, its picture and four sections", arguments: FindingName.allCases)
  func page(_ id: FindingName) throws {
    let lines = try text("\(id.rawValue).md").split(separator: "\n").map(String.init)
    #expect(lines.first == "# `\(id.rawValue)`: \(id.title.english)")
    let picture = try #require(lines.dropFirst().first)
    #expect(picture.hasPrefix("![") && picture.hasSuffix("](Pictures/\(id.rawValue).svg)"))
    let caption = try #require(lines.dropFirst(2).first)
    #expect(caption.hasPrefix("*"), "a caption stands under the picture")
    #expect(lines.filter { $0.hasPrefix("#") }.dropFirst() == Self.headings[...])
  }

  @Test("has its picture drawn", arguments: FindingName.allCases)
  func picture(_ id: FindingName) {
    let path = Self.folder.appending(path: "Pictures/\(id.rawValue).svg").path
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: id.page).path))
  }

  @Test("names the findings that may explain it", arguments: FindingName.allCases)
  func causes(_ id: FindingName) throws {
    let found = Set(links(in: try text("\(id.rawValue).md")))
    for cause in CausalOrder.causes(of: id) {
      #expect(found.contains("\(cause.rawValue).md"), "\(id) lacks a link to \(cause)")
    }
  }

  @Test("every link of a page leads to a file")
  func targets() throws {
    let pages = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".md") }
    for page in pages {
      for target in links(in: try text(page)) {
        let path = Self.folder.appending(path: target).standardizedFileURL.path
        #expect(FileManager.default.fileExists(atPath: path), "\(page) leads to \(target)")
      }
    }
  }

  @Test("the list names every finding once, in the causal order")
  func list() throws {
    let listed = try text("README.md").split(separator: "\n").compactMap { line in
      line.wholeMatch(of: #/- \[`([a-z-]+)`\]\([a-z-]+\.md\): .+/#).map { String($0.1) }
    }
    let findings = listed.compactMap { FindingName(rawValue: $0) }
    #expect(findings.count == listed.count)
    #expect(Set(findings) == Set(FindingName.allCases) && findings.count == Set(findings).count)
    let ranks = findings.map { CausalOrder.rank(of: $0) }
    #expect(ranks == ranks.sorted())
  }
}

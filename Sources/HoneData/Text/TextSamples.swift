/// Texts in memory, one a sample.
package struct TextSamples: Sendable {
  package let texts: [String]
  /// The line of the file that each sample stands in.
  package let lines: [Int]

  /// The number of samples.
  package var count: Int { texts.count }
}

import Foundation

/// Brings equal texts to equal scalars.
enum TextNormalizer {
  /// The compatibility composition (NFKC) of a text, in small letters where asked for.
  ///
  /// A letter has one form then, whatever wrote it. Text without a scalar above ASCII needs no composition.
  static func normalized(_ text: String, lowercase: Bool) -> String {
    let composed =
      text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCompatibilityMapping
    return lowercase ? composed.lowercased() : composed
  }
}

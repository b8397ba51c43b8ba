/// Which arrays of a file are inputs and which are labels, by the names that people give them.
///
/// Known are `x` and `y`, `data` and `target`, `images` and `labels` and their like, alone or with a
/// split's name before or after: `x_train`, `train_images`, `test_y`.
struct ArrayRoles {
  /// The names of one split's arrays.
  struct Pair: Equatable {
    var inputs: String?
    var labels: String?
  }

  /// The words for a split, as `DatasetParts` has them.
  private static let parts: [String: Part] = [
    "train": .train, "training": .train, "val": .validation, "valid": .validation,
    "validation": .validation, "dev": .validation, "test": .test, "testing": .test,
  ]
  private static let inputWords: Set<String> = [
    "x", "data", "image", "images", "img", "feature", "features", "input", "inputs",
  ]
  private static let labelWords: Set<String> = [
    "y", "label", "labels", "target", "targets", "class", "classes",
  ]

  /// The splits that files may name.
  enum Part: Int, CaseIterable { case train, validation, test }

  private(set) var pairs: [Part: Pair] = [:]

  /// Sorts names into roles; names without one are left out.
  init(_ names: [String]) {
    for name in names.sorted() {
      let words = name.lowercased().split { $0 == "_" || $0 == "-" || $0 == "." }.map(String.init)
      let part = words.lazy.compactMap { Self.parts[$0] }.first ?? .train
      let rest = words.filter { Self.parts[$0] == nil }
      guard rest.count == 1, let word = rest.first else { continue }
      if Self.inputWords.contains(word), pairs[part]?.inputs == nil {
        pairs[part, default: Pair()].inputs = name
      } else if Self.labelWords.contains(word), pairs[part]?.labels == nil {
        pairs[part, default: Pair()].labels = name
      }
    }
    // A file of one nameless array holds inputs.
    if pairs.isEmpty, names.count == 1 { pairs[.train] = Pair(inputs: names[0]) }
  }
}

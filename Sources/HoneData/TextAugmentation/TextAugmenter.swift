import HoneNumerics

/// Changes texts at random, the same way for the same seed, epoch and sample.
///
/// ```swift
/// let augmenter = try TextAugmenter([TextAugmentation(.swap)], fittedOn: trainingTexts, seed: 7)
/// let result = try augmenter.augment(text, epoch: 3, sample: 4711)
/// print(result.drawn)            // what was changed, step by step
/// result.edits.applied(to: text) // the same text again
/// ```
public struct TextAugmenter: Sendable {
  /// The steps in their order.
  public let steps: [TextAugmentation]
  /// Fixes what is drawn.
  public let seed: UInt64
  private let prepared: [PreparedTextStep]

  /// Gets steps ready: opens dictionaries, reads vectors, counts words.
  /// - Parameters:
  ///   - steps: what is done, in order.
  ///   - texts: the training texts, for the steps that learn from them: TF-IDF, and the vectors, which
  ///     are kept for their words alone.
  ///   - seed: fixes what is drawn.
  ///   - generators: models by the `endpoint` of the steps that they serve; other endpoints are asked
  ///     over HTTP.
  /// - Throws: `DataError.badTextAugmentation` naming what is missing, and what reading vectors throws.
  public init(
    _ steps: [TextAugmentation], fittedOn texts: [String] = [], seed: UInt64 = 0,
    generators: [String: any TextGenerator] = [:]
  ) throws(DataError) {
    self.steps = steps
    self.seed = seed
    var preparation = TextPreparation(texts: texts, generators: generators)
    var prepared: [PreparedTextStep] = []
    for step in steps { prepared.append(try preparation.prepare(step)) }
    self.prepared = prepared
  }

  /// A text as it comes out for a sample of an epoch; steps meant for some classes look at its class.
  ///
  /// An empty text, which has nothing to change, comes out as it is; any other never becomes empty.
  /// - Throws: what a model that says texts anew throws; nothing without one.
  public func augment(
    _ text: String, epoch: Int, sample: Int, className: String? = nil
  ) throws -> AugmentedText {
    var run = TextRun(bytes: Array(text.utf8), className: className)
    for (place, step) in prepared.enumerated() {
      var stream = RandomStream(seed: seed, "augment text", epoch, sample, place)
      try step.run(&run, &stream)
    }
    let new = run.drawn.isEmpty ? text : String(decoding: run.bytes, as: UTF8.self)
    return AugmentedText(text: new, drawn: run.drawn)
  }
}

/// A text that was augmented, and how.
public struct AugmentedText: Sendable, Hashable, Codable {
  /// The new text.
  public let text: String
  /// The steps that changed something, in order.
  public let drawn: [DrawnTextStep]

  /// The way from the old text to the new one.
  public var edits: TextEdits { TextEdits(steps: drawn.map(\.changes)) }
}

/// What was drawn for one step.
public struct DrawnTextStep: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The step's name in a configuration.
  public let name: String
  /// What it changed in the text that the step before it left.
  public let changes: [TextChange]

  /// The name and the changes, as in `wordSwap: 0..<4 → "is", 5..<7 → "This"`.
  public var description: String {
    "\(name): " + changes.map(\.description).joined(separator: ", ")
  }
}

/// A text between the steps.
struct TextRun {
  var bytes: [UInt8]
  var className: String?
  var drawn: [DrawnTextStep] = []
}

/// A step that is ready to be done, or a choice among steps.
indirect enum PreparedTextStep: Sendable {
  case single(name: String, any TextStep, probability: Double)
  case choice([PreparedTextStep], count: ClosedRange<Int>, shuffled: Bool, probability: Double)
  case classes(Set<String>, [PreparedTextStep])

  func run(_ run: inout TextRun, _ stream: inout RandomStream) throws {
    switch self {
    case .single(let name, let step, let probability):
      guard stream.happens(probability) else { return }
      let changes = try step.changes(TextDraft(run.bytes), &stream)
      guard !changes.isEmpty else { return }
      run.bytes = changes.applied(to: run.bytes)
      run.drawn.append(DrawnTextStep(name: name, changes: changes))
    case .classes(let classes, let steps):
      guard let name = run.className, classes.contains(name) else { return }
      for step in steps { try step.run(&run, &stream) }
    case .choice(let steps, let count, let shuffled, let probability):
      guard stream.happens(probability) else { return }
      let width = count.upperBound - count.lowerBound + 1
      let number = count.lowerBound + (width > 1 ? stream.index(below: width) : 0)
      let order = stream.permutation(steps.count).prefix(number)
      for place in shuffled ? Array(order) : order.sorted() {
        try steps[place].run(&run, &stream)
      }
    }
  }
}

extension RandomStream {
  /// Whether something happens that has a probability; certainty draws no number.
  fileprivate mutating func happens(_ probability: Double) -> Bool {
    probability >= 1 || uniform() < probability
  }
}

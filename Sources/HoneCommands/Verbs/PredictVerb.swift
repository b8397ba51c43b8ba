import ArgumentParser
import Foundation
import HoneText

/// `hone predict`: a run's model on single inputs.
struct PredictVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "predict",
      abstract: localized(
        "Class and probability, or value, of each input; JSON lines with --json.",
        "입력마다 클래스와 확률, 또는 값을 예측합니다. --json이면 한 줄에 하나씩 JSON으로 씁니다."),
      discussion: localized(
        """
        EXAMPLES
          hone predict last cat.jpg dog.png --top 3
          hone predict last new.csv --json
        """,
        """
        예
          hone predict last cat.jpg dog.png --top 3
          hone predict last new.csv --json
        """))
  }

  @Argument(
    help: help(
      "A run: id, part of it, name or last.", "실행: id, id의 앞부분, 이름 또는 last.", valueName: "RUN"))
  var reference: String

  @Argument(help: help("Files or folders.", "파일 또는 폴더.", valueName: "INPUT"))
  var inputs: [String]

  @Option(help: help("How many classes to tell.", "알려 줄 클래스의 수."))
  var top = 5

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard top >= 1 else {
      throw ValidationError(localized("--top: at least 1.", "--top: 1 이상이어야 합니다."))
    }
  }

  mutating func run() async throws {
    for input in inputs {
      let path = CommandEnvironment.current?.absolute(input) ?? input
      guard FileManager.default.fileExists(atPath: path) else {
        throw CommandFailure.inputNotFound(input)
      }
    }
    let request = PredictRequest(run: reference, inputs: inputs, top: top)
    try await TensorVerb.run(global) { engine, context in
      try await engine.predict(request, in: context) { prediction in
        if context.json {
          try context.emitLine(PredictOutput(prediction))
        } else {
          context.say(prediction.line)
        }
      }
      try TensorVerb.exitIfInterrupted(context)
    }
  }
}

extension Prediction {
  /// One line for people.
  var line: String {
    if let value { return "\(input)  \(decimal(value))" }
    let words = classes.map { "\($0.name) \(decimal($0.probability))" }
    return "\(input)  \(words.joined(separator: "  "))"
  }
}

/// One JSON line of `hone predict`.
struct PredictOutput: Encodable {
  let input: String
  @OrNull var `class`: String?
  @OrNull var probability: Double?
  @OrNull var value: Double?
  let top: [Candidate]

  struct Candidate: Encodable {
    let `class`: String
    @OrNull var probability: Double?
  }

  init(_ prediction: Prediction) {
    input = prediction.input
    `_class` = OrNull(wrappedValue: prediction.classes.first?.name)
    _probability = OrNull(wrappedValue: prediction.classes.first?.probability)
    _value = OrNull(wrappedValue: prediction.value)
    top = prediction.classes.map {
      Candidate(class: $0.name, probability: $0.probability)
    }
  }
}

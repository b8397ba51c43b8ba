import ArgumentParser
import HoneText

/// `hone datasets`.
struct DataSetsVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "datasets", abstract: localized("List built-in data sets.", "내장 데이터를 나열합니다."))
  }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    if context.json {
      try context.emit(["datasets": BuiltInDataSet.all])
      return
    }
    for set in BuiltInDataSet.all {
      let shape = set.shape.map(String.init).joined(separator: "×")
      context.say(
        Localized(
          "\(set.name): \(set.samples) samples of \(shape), \(set.classes) classes (\(set.source))",
          korean: "\(set.name): \(shape) 샘플 \(set.samples)개, 클래스 \(set.classes)개 (\(set.source))"))
    }
  }
}

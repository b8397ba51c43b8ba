import ArgumentParser

/// A verb of the contract that this version does not have: whatever follows it is taken and the
/// verb is refused by name.
protocol RefusedVerb: ParsableCommand {
  /// The verb's name.
  static var name: String { get }
  /// What it will do, in English and Korean.
  static var purpose: (String, String) { get }
}

extension RefusedVerb {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: name, abstract: localized(purpose.0, purpose.1))
  }

  mutating func run() throws {
    throw CommandFailure.notSupported("hone \(Self.name)")
  }
}

struct DashboardVerb: RefusedVerb {
  static let name = "dashboard"
  static let purpose = ("Serve the web dashboard.", "웹 대시보드를 엽니다.")
  @Argument(parsing: .allUnrecognized) var rest: [String] = []
}

struct ExportVerb: RefusedVerb {
  static let name = "export"
  static let purpose = ("Export a run's model.", "실행의 모델을 내보냅니다.")
  @Argument(parsing: .allUnrecognized) var rest: [String] = []
}

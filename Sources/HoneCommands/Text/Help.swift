import ArgumentParser
import HoneText

/// A sentence in the language of the command that runs.
func localized(_ english: String, _ korean: String) -> String {
  Localized(english, korean: korean).text(CommandEnvironment.current?.language ?? .english)
}

/// Help for an option in the language of the command that runs.
func help(_ english: String, _ korean: String, valueName: String? = nil) -> ArgumentHelp {
  ArgumentHelp(stringLiteral: localized(english, korean)).named(valueName)
}

extension ArgumentHelp {
  fileprivate func named(_ name: String?) -> ArgumentHelp {
    var copy = self
    copy.valueName = name
    return copy
  }
}

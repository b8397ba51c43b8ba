import HoneConfiguration
import HoneRecords
import HoneSearch
import HoneText

// What is searched, as command lines say it.
extension SearchVerb {
  /// A file in which any value may be a range, as the space of those and the settings that are the rest.
  static func divided(
    _ file: String
  ) throws -> (space: SearchSpace, settings: [String: ConfigurationValue]) {
    let document = try ConfigurationDocument(
      file: file, at: CommandEnvironment.current?.absolute(file))
    return try SearchSpace.divided(document.value)
  }

  /// The parameters that a list names; the usual ones without a list.
  static func tuned(_ list: String?) throws -> [TunedParameter] {
    let names = (list ?? "learningRate,weightDecay").split(separator: ",").map {
      $0.trimmingPrefix(while: \.isWhitespace).description
    }
    var result: [TunedParameter] = []
    for name in names {
      guard let parameter = TunedParameter(rawValue: name) else {
        let all = TunedParameter.allCases.map(\.rawValue)
        let near = nearestMatch(to: name, among: all)
        let hint = near.map { (" Did you mean \"\($0)\"?", " \"\($0)\"을(를) 쓰려고 하셨습니까?") }
        throw CommandFailure.usage(
          Localized(
            "--tune \(name): there is no usual range of that.\(hint?.0 ?? "") Name "
              + "\(all.joined(separator: ", ")), or write the range into a file for --space.",
            korean: "--tune \(name): 이것의 보통 범위는 없습니다.\(hint?.1 ?? "") "
              + "\(all.joined(separator: ", ")) 가운데 고르거나 --space 파일에 범위를 쓰십시오."))
      }
      if !result.contains(parameter) { result.append(parameter) }
    }
    guard !result.isEmpty else { throw SearchError.emptySpace }
    return result
  }
}

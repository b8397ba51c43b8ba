import ArgumentParser
import HoneNumerics
import HoneSearch
import HoneText

/// `hone studies demo`: why random points beat a grid, and a logarithmic range an even one.
struct StudiesDemoVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "demo",
      abstract: localized(
        "Grid against random, and uniform against log-uniform, on stored runs of digits.",
        "저장된 숫자 학습 결과에서 격자와 무작위, 균등과 로그 균등을 비교합니다."),
      discussion: localized(
        "The table holds the validation error of 320 real training runs: 40 learning rates by 8 "
          + "strengths of weight decay.",
        "표에는 실제 학습 320번의 검증 오류가 있습니다. 학습률 40개와 가중치 감쇠 8개의 조합입니다."))
  }

  /// One comparison in the JSON of `hone studies demo`.
  struct Comparison: Encodable {
    let id: String
    let first: String
    let second: String
    let trials: Int
    let repetitions: Int
    let firstError: Double
    let secondError: Double
    let gain: Double
    let interval: [Double]
    let wins: Double

    init(
      _ id: String, _ first: String, _ second: String, trials: Int, repetitions: Int,
      _ result: SearchDemonstration
    ) {
      self.id = id
      self.first = first
      self.second = second
      self.trials = trials
      self.repetitions = repetitions
      firstError = result.first
      secondError = result.second
      gain = result.gain.value
      interval = [result.gain.lower, result.gain.upper]
      wins = result.wins
    }
  }

  private struct Output: Encodable {
    let comparisons: [Comparison]
  }

  @Option(help: help("How often each is repeated.", "각각을 반복할 횟수.")) var repetitions = 2000
  @Option(help: help("The seed.", "시드.")) var seed = 0
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard repetitions >= 20, seed >= 0 else {
      throw ValidationError(
        localized(
          "--repetitions: at least 20; --seed: not negative.",
          "--repetitions는 20 이상, --seed는 0 이상이어야 합니다."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let seed = UInt64(seed)
    var comparisons = [5, 3].map { side in
      Comparison(
        "gridAgainstRandom\(side * side)", "grid", "random", trials: side * side,
        repetitions: repetitions,
        SearchDemonstration.gridAgainstRandom(side: side, repetitions: repetitions, seed: seed))
    }
    comparisons.append(
      Comparison(
        "uniformAgainstLogUniform", "uniform", "logUniform", trials: 10, repetitions: repetitions,
        SearchDemonstration.uniformAgainstLogUniform(repetitions: repetitions, seed: seed)))
    if context.json {
      try context.emit(Output(comparisons: comparisons))
    } else {
      for comparison in comparisons { StudiesDemoVerb.say(comparison, context) }
    }
  }

  private static func say(_ comparison: Comparison, _ context: CommandContext) {
    let names: [String: Localized] = [
      "grid": Localized("a grid", korean: "격자"),
      "random": Localized("random points", korean: "무작위 점"),
      "uniform": Localized("rates drawn evenly", korean: "균등하게 뽑은 학습률"),
      "logUniform": Localized(
        "rates drawn evenly in their logarithm", korean: "로그 척도에서 균등하게 뽑은 학습률"),
    ]
    let first = names[comparison.first] ?? Localized(verbatim: comparison.first)
    let second = names[comparison.second] ?? Localized(verbatim: comparison.second)
    func percent(_ value: Double) -> String { Formatting.percent(value, decimals: 2) }
    let interval =
      "\(Formatting.signedPercent(comparison.interval[0], decimals: 2)) … "
      + Formatting.signedPercent(comparison.interval[1], decimals: 2)
    let verdict: Localized =
      if comparison.interval[0] > 0 {
        Localized("\(second.english) win.", korean: "\(second.korean)이(가) 낫습니다.")
      } else if comparison.interval[1] < 0 {
        Localized("\(first.english) wins.", korean: "\(first.korean)이(가) 낫습니다.")
      } else {
        Localized("No difference is shown.", korean: "차이가 드러나지 않습니다.")
      }
    context.say(
      Localized(
        "\(comparison.trials) trials, \(comparison.repetitions) times. Lowest validation error found: "
          + "\(first.english) \(percent(comparison.firstError)), \(second.english) "
          + "\(percent(comparison.secondError)); lower by "
          + "\(Formatting.signedPercent(comparison.gain, decimals: 2)) (95% interval \(interval)), "
          + "better in \(percent(comparison.wins)) of the pairs.",
        korean: "시행 \(comparison.trials)번을 \(comparison.repetitions)번 반복했습니다. 찾은 가장 낮은 검증 오류는 "
          + "\(first.korean) \(percent(comparison.firstError)), \(second.korean) "
          + "\(percent(comparison.secondError))이고 차이는 "
          + "\(Formatting.signedPercent(comparison.gain, decimals: 2))(95% 구간 \(interval)), 짝의 "
          + "\(percent(comparison.wins))에서 더 낮았습니다."))
    context.say("  " + context.text(verdict))
  }
}

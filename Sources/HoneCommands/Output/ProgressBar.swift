import HonePlots
import HoneRecords
import HoneText

/// The line that follows an epoch on a terminal: a bar, the step, loss and metric, the rate, the time
/// left, and as far as the terminal is wide enough the share of waiting for data, the memory, and a
/// curve of the losses.
struct ProgressBar {
  let progress: TrainingEvent.Progress
  let metric: String
  /// The training losses of the epochs that ended.
  let losses: [Double]
  let prefix: String
  let context: CommandContext

  /// The bar's width where there is room, and where there is little.
  private static let (widest, narrowest) = (24, 6)
  private static let curveWidth = 12

  init(
    _ progress: TrainingEvent.Progress, metric: String, losses: [Double], prefix: String,
    context: CommandContext
  ) {
    self.progress = progress
    self.metric = metric
    self.losses = losses
    self.prefix = prefix
    self.context = context
  }

  /// The line, no wider than the terminal less one column.
  var text: String {
    let limit = context.terminal.width - 1
    let head = prefix + context.text(.epoch(progress.epoch, of: progress.epochs))
    var tail = needed.joined(separator: "  ")
    let least = head.displayWidth + Self.narrowest + 2
    guard least + tail.displayWidth <= limit else {
      return "\(head) \(tail)".truncated(toWidth: limit)
    }
    for word in wanted where least + tail.displayWidth + 2 + word.displayWidth <= limit {
      tail += "  " + word
    }
    let room = limit - head.displayWidth - tail.displayWidth - 2
    return "\(head) \(picture(width: min(room, Self.widest))) \(tail)"
  }

  /// What is always told.
  private var needed: [String] {
    var words = [
      "\(progress.step)/\(progress.steps)", context.text(.loss) + " " + decimal(progress.loss),
    ]
    if let value = progress.metric { words.append("\(metric) \(decimal(value))") }
    words.append("\(Int(progress.samplesPerSecond.isFinite ? progress.samplesPerSecond : 0))/s")
    words.append(context.text(.timeLeft(duration(progress.secondsLeft))))
    return words
  }

  /// What is told where there is room, the most useful first.
  private var wanted: [String] {
    var words: [String] = []
    if !losses.isEmpty {
      words.append(Sparkline(losses + [progress.loss], width: Self.curveWidth).text)
    }
    words.append(context.text(.waiting(Formatting.percent(progress.waitShare, decimals: 0))))
    if let memory = progress.memory { words.append(Formatting.bytes(memory)) }
    return words
  }

  private func picture(width: Int) -> String {
    let share = Double(progress.step) / Double(max(progress.steps, 1))
    let filled = min(width, Int(share * Double(width)))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }
}

extension Localized {
  static func waiting(_ share: String) -> Localized {
    Localized("waits \(share)", korean: "대기 \(share)")
  }
}

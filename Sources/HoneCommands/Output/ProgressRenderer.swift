import Foundation
public import HoneRecords
import HoneText
import Synchronization

/// Shows a run to a person: on a terminal a bar that follows each epoch and a line when it ends,
/// elsewhere one plain line per epoch.
///
/// ```swift
/// let progress = ProgressRenderer(context)
/// for await event in events { progress.receive(event) }
/// ```
public final class ProgressRenderer: Sendable {
  private let context: CommandContext
  private let prefix: String
  private let state = Mutex(State())

  private struct State {
    var epochs: Int?
    var metric = ""
    var barIsShown = false
    /// The training losses of the epochs that ended.
    var losses: [Double] = []
  }

  /// A renderer.
  /// - Parameter prefix: what stands before each line, to tell runs of a series apart.
  public init(_ context: CommandContext, prefix: String = "") {
    self.context = context
    self.prefix = prefix
  }

  /// Shows one event.
  public func receive(_ event: TrainingEvent) {
    state.withLock { state in
      switch event {
      case .began(let run):
        state.metric = run.metric
        state.losses = []
      case .progress(let progress):
        state.epochs = progress.epochs
        guard context.terminal.errorIsTerminal else { return }
        context.console.writeError("\r" + bar(progress, state) + "\u{1B}[K")
        state.barIsShown = true
      case .epoch(let epoch):
        clearBar(&state)
        state.losses.append(epoch.trainLoss)
        context.say(prefix + line(epoch, of: state.epochs, metric: state.metric))
      case .note(let note):
        clearBar(&state)
        context.say(prefix + context.text(note))
      case .ended: clearBar(&state)
      case .epochBegan, .step, .checkpoint: break
      }
    }
  }

  private func clearBar(_ state: inout State) {
    if state.barIsShown { context.console.writeError("\r\u{1B}[K") }
    state.barIsShown = false
  }

  private func bar(_ progress: TrainingEvent.Progress, _ state: State) -> String {
    ProgressBar(
      progress, metric: state.metric, losses: state.losses, prefix: prefix, context: context
    ).text
  }

  private func line(_ epoch: EpochRecord, of epochs: Int?, metric: String) -> String {
    var words = [context.text(.epoch(epoch.epoch, of: epochs))]
    words.append(context.text(.trainPart) + " " + pair(epoch.trainLoss, epoch.trainMetric, metric))
    if let loss = epoch.validationLoss {
      words.append(
        context.text(.validationPart) + " " + pair(loss, epoch.validationMetric, metric))
    }
    words.append("\(Int(epoch.samplesPerSecond.isFinite ? epoch.samplesPerSecond : 0))/s")
    words.append(duration(epoch.seconds))
    if epoch.waitShare >= 0.05 { words.append(context.text(.waiting(epoch.waitShare))) }
    if let count = epoch.unreadableSamples { words.append(context.text(.unreadable(count))) }
    return words.joined(separator: "  ")
  }

  private func pair(_ loss: Double, _ value: Double?, _ metric: String) -> String {
    let first = context.text(.loss) + " " + decimal(loss)
    guard let value else { return first }
    return "\(first) \(metric) \(decimal(value))"
  }
}

/// A number with four decimals, or in powers of ten where that would hide it.
func decimal(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  let size = abs(value)
  let format = size != 0 && (size < 1e-3 || size >= 1e5) ? "%.3e" : "%.4f"
  return Formatting.printed(value, as: format)
}

/// Seconds as `42 s`, `3:05` or `2:10:00`.
func duration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
  if seconds < 10 { return Formatting.printed(seconds, as: "%.1f s") }
  let whole = Int(seconds.rounded())
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return String(format: "%d:%02d", whole / 60, whole % 60) }
  return String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
}

extension Localized {
  static let loss = Localized("loss", korean: "손실")
  static let trainPart = Localized("train", korean: "훈련")
  static let validationPart = Localized("validation", korean: "검증")

  /// The share of training time that data were waited for.
  static func waiting(_ share: Double) -> Localized {
    let percent = Formatting.percent(share)
    return Localized("\(percent) waiting for data", korean: "데이터 대기 \(percent)")
  }

  static func unreadable(_ count: Int) -> Localized {
    Localized("\(count) samples unreadable", korean: "읽을 수 없는 샘플 \(count)개")
  }

  static func timeLeft(_ time: String) -> Localized {
    Localized("\(time) left", korean: "남은 시간 \(time)")
  }

  static func epoch(_ number: Int, of count: Int?) -> Localized {
    let total = count.map { "/\($0)" } ?? ""
    return Localized("epoch \(number)\(total)", korean: "에폭 \(number)\(total)")
  }
}

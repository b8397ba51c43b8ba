import Foundation
import HoneAssembly
import HoneTensor
import HoneText
import HoneTrain

/// What it costs a run that its sums have a fixed order, whatever the number of threads.
struct DeterminismCost: Equatable {
  /// The threads that an operation would use otherwise.
  let threads: Int
  /// Seconds of a step in a fixed order.
  let seconds: Double
  /// Seconds of a step otherwise.
  let usualSeconds: Double

  /// Measures a few steps of either kind without lasting effect; nil where there is no difference.
  init?(of run: AssembledRun) throws {
    guard run.usualThreads > 1 else { return nil }
    threads = run.usualThreads
    func seconds(threads: Int, isDeterministic: Bool) throws -> Double {
      Torch.threads = threads
      Torch.useDeterministicKernels(isDeterministic)
      return try Forecast(of: run.plan).secondsPerStep
    }
    defer {
      Torch.threads = run.plan.threads
      Torch.useDeterministicKernels(true)
    }
    usualSeconds = try seconds(threads: run.usualThreads, isDeterministic: false)
    self.seconds = try seconds(threads: 1, isDeterministic: true)
  }

  /// A sentence for the user.
  var explanation: Localized {
    let ratio = String(format: "%.2f", seconds / max(usualSeconds, 1e-9))
    let (slow, fast) = (milliseconds(seconds), milliseconds(usualSeconds))
    return Localized(
      "deterministic: operations use one thread, so that results do not depend on their number; a step "
        + "takes \(slow) ms, \(fast) ms with \(threads) threads (\(ratio) times).",
      korean: "deterministic: 결과가 스레드 수에 따라 달라지지 않도록 연산마다 스레드 하나를 씁니다. 한 스텝에 \(slow) ms, "
        + "스레드 \(threads)개로는 \(fast) ms가 걸립니다(\(ratio)배).")
  }

  private func milliseconds(_ seconds: Double) -> String {
    String(format: "%.2f", seconds * 1000)
  }
}

extension Localized {
  /// Said where a fixed order costs nothing.
  static let determinismIsFree = Localized(
    "deterministic: costs nothing here, because operations of this size use one thread anyway.",
    korean: "deterministic: 이 크기의 연산은 원래 스레드 하나를 쓰므로 추가 비용이 없습니다.")
}

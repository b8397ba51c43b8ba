import Foundation
public import HoneText

/// What the exchange between processes has cost one of them.
public struct ExchangeCost: Sendable, Equatable {
  /// Optimiser steps.
  public var steps = 0
  /// Buckets of gradients that were sent.
  public var buckets = 0
  /// Of these, how many were under way before the backward pass had ended.
  public var overlapped = 0
  /// Seconds of waiting for gradients after the backward pass.
  public var gradientSeconds = 0.0
  /// Seconds of waiting for the others' losses, which is where slower processes are waited for.
  public var lossSeconds = 0.0

  /// The cost of a step, in words.
  public var explanation: Localized {
    let gradients = Self.milliseconds(gradientSeconds, steps)
    let losses = Self.milliseconds(lossSeconds, steps)
    return Localized(
      "Exchange between the processes: each step waited \(gradients) ms for gradients and \(losses) ms "
        + "for the others to come so far; \(overlapped) of \(buckets) buckets were sent within the "
        + "backward pass.",
      korean: "프로세스 사이의 통신: 스텝마다 기울기를 \(gradients) ms, 다른 프로세스를 \(losses) ms 기다렸습니다. "
        + "묶음 \(buckets)개 가운데 \(overlapped)개를 역전파 도중에 보냈습니다.")
  }

  private static func milliseconds(_ seconds: Double, _ steps: Int) -> String {
    String(format: "%.2f", 1000 * seconds / Double(max(1, steps)))
  }
}

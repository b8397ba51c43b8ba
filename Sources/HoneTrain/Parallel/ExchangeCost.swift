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
}

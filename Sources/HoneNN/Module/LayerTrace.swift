package import HoneTensor

/// What the layers of a model gave during a forward pass, in order.
///
/// `@unchecked Sendable`: a trace is made, filled and read by the thread that calls `recording` or
/// `showing`, because a model is called on one thread and spawns no task; the conformance is what a
/// task-local value asks for.
package final class LayerTrace: @unchecked Sendable {
  /// One output.
  package struct Event {
    /// What gave it: `weighted` for a layer with weights, else `relu`, `batchNorm`, `dropout`.
    package let kind: String
    /// The layer with weights that gave it; nil for the rest.
    package let layer: (any WeightedLayer)?
    /// The output, as part of the computation.
    package let output: Tensor
  }

  /// The outputs so far; none where they are shown instead of kept.
  package private(set) var events: [Event] = []
  private let show: ((Event) -> Void)?

  private init(show: ((Event) -> Void)? = nil) { self.show = show }

  @TaskLocal fileprivate static var current: LayerTrace?

  /// Whether the calling task keeps what layers give.
  package static var isRecording: Bool { current != nil }

  /// Calls a closure and keeps every output of the layers that run in it.
  package static func recording<R>(_ body: () throws -> R) rethrows -> (R, LayerTrace) {
    let trace = LayerTrace()
    let result = try $current.withValue(trace) { try body() }
    return (result, trace)
  }

  /// Calls a closure and shows every output of the layers that run in it, as it comes.
  ///
  /// Nothing is kept: what the pass would forget, it forgets.
  package static func showing<R>(
    each show: @escaping (Event) -> Void, _ body: () throws -> R
  ) rethrows -> R {
    try $current.withValue(LayerTrace(show: show)) { try body() }
  }

  fileprivate func note(_ kind: String, _ layer: (any WeightedLayer)?, _ output: Tensor) {
    let event = Event(kind: kind, layer: layer, output: output)
    if let show { show(event) } else { events.append(event) }
  }
}

extension Tensor {
  /// The tensor itself, noted in the trace that is being recorded, if any.
  package func traced(
    as kind: @autoclosure () -> String, by layer: (any WeightedLayer)? = nil
  ) -> Tensor {
    if let trace = LayerTrace.current, !isPoisoned, !isMeta { trace.note(kind(), layer, self) }
    return self
  }
}

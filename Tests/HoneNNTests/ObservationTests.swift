import HoneNN
import HoneNumerics
import Testing

@testable import HoneTensor

/// Looking into layers that one kernel runs together.
struct ObservationTests {
  enum Look: CaseIterable, Sendable { case never, trace, observer }

  enum Setting: CaseIterable, Sendable { case plain, half, recomputing, large }

  private func model(_ setting: Setting) -> Sequential {
    var stream = testStream()
    let width = setting == .large ? 520 : 20
    return Sequential {
      Linear(inputs: 12, outputs: width, bias: false, using: &stream)
      BatchNorm(features: width)
      ReLU()
      Dropout(probability: 0.3)
      Linear(inputs: width, outputs: width, using: &stream)
      ReLU()
      Dropout(probability: 0.2)
      Linear(inputs: width, outputs: 8, using: &stream)
      BatchNorm(features: 8)
      Linear(inputs: 8, outputs: 4, using: &stream)
    }
  }

  /// Weights, statistics and outputs after some steps, and what is drawn behind each of them.
  private func trained(_ look: Look, _ setting: Setting) -> [Tensor] {
    let model = model(setting)
    if setting == .recomputing { model.recomputesActivations(true) }
    var seen = 0
    if look == .observer {
      for case let layer as Linear in model.layers { layer.outputObserver = { _ in seen += 1 } }
    }
    var results: [Tensor] = []
    for step in 0..<4 {
      let input = randomTensor([setting == .large ? 64 : 40, 12], seed: UInt64(step))
      let source = RandomSource(seed: UInt64(step))
      let forward = {
        setting == .half ? withAutocast(.bfloat16, on: .cpu) { model(input) } : model(input)
      }
      let output = withRandomSource(source) {
        look == .trace ? LayerTrace.recording(forward).0 : forward()
      }
      output.cast(to: .float32).squared().mean().backward()
      for parameter in model.parameters {
        guard let gradient = parameter.gradient else { continue }
        parameter.assign(withoutGradients { parameter.value - gradient * 0.05 })
        parameter.clearGradient()
      }
      results += [output.detached(), Tensor.uniform([4], using: source)]
    }
    if look == .observer { #expect(seen == 16 || setting == .recomputing && seen >= 16) }
    return results + model.parameters.map { $0.value.detached() }
      + model.namedBuffers.map(\.buffer.value)
  }

  @Test(
    "steps are the same bit for bit whether each is looked into or not", arguments: Setting.allCases
  )
  func same(_ setting: Setting) {
    let alone = trained(.never, setting)
    for look in [Look.trace, .observer] {
      let observed = trained(look, setting)
      #expect(observed.count == alone.count)
      for (index, (a, b)) in zip(observed, alone).enumerated() {
        #expect(a.isIdentical(to: b), "\(look) \(index)")
      }
    }
  }

  @Test("what is shown is what the kernel computes, with the same elements dropped")
  func shown() {
    let model = model(.plain)
    let input = randomTensor([40, 12])
    let (output, trace) = withRandomSource(RandomSource(seed: 3)) {
      LayerTrace.recording { model(input) }
    }
    #expect(
      trace.events.map(\.kind) == [
        "weighted", "batchNorm", "relu", "dropout", "weighted", "relu", "dropout", "weighted",
        "batchNorm", "weighted",
      ])
    // Each of these is computed from what the kernel before it gave.
    for (dropped, rectified) in [(3, 2), (6, 5)] {
      let (after, before) = (trace.events[dropped].output, trace.events[rectified].output)
      #expect(after.floats != before.floats)
      #expect(!after.requiresGradient)
    }
    #expect(trace.events.last?.output.isClose(to: output, relative: 1e-4, absolute: 1e-5) == true)
    let whole = Sequential(Array(model.layers.prefix(4)))
    let (own, shown) = withRandomSource(RandomSource(seed: 4)) {
      LayerTrace.recording { whole(input) }
    }
    let last = shown.events.last?.output ?? .zeros([])
    #expect(last.isClose(to: own, relative: 1e-4, absolute: 1e-5))
    #expect(last.isEqual(to: 0).isIdentical(to: own.isEqual(to: 0)))
  }

  @Test("what is shown as it comes is let go of, not kept until the end of the pass")
  func shownAsItComes() {
    final class Weak { weak var handle: TensorHandle? }
    let model = model(.plain)
    let input = randomTensor([40, 12])
    var seen: [Weak] = []
    var kinds: [String] = []
    var most = 0
    withoutGradients {
      _ = LayerTrace.showing(each: { event in
        kinds.append(event.kind)
        let output = Weak()
        output.handle = event.output.handle
        seen.append(output)
        most = max(most, seen.filter { $0.handle != nil }.count)
      }) {
        withStandardKernels { model(input) }
      }
    }
    #expect(kinds == LayerTrace.recording { model(input) }.1.events.map(\.kind))
    #expect(kinds.count == 10)
    // What a layer gets and gives, and what came before it while it is being let go of.
    #expect(most <= 3)
  }

  @Test("without kernels of Hone's own, what observers see can be differentiated by")
  func differentiable() {
    let model = model(.plain)
    var seen: Tensor?
    (model.layers[4] as? Linear)?.outputObserver = { seen = $0 }
    let output = withStandardKernels { model(randomTensor([40, 12])) }
    let gradient = gradients(of: output.sum(), withRespectTo: [seen ?? .zeros([])])[0]
    #expect(gradient.shape == [40, 20])
    #expect(gradient.floats.contains { $0 != 0 })
  }
}

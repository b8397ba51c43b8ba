import Foundation
import HonePlots
import HoneRecords
import HoneText

/// A plan for people: the model's table, the learning rate's picture, time and memory.
struct PlanSummary {
  let plan: PlanRecord

  /// The widest that a picture gets.
  private static let widestPlot = 100

  init(_ plan: PlanRecord) {
    self.plan = plan
  }

  func say(_ context: CommandContext) {
    for line in table(context).lines { context.say(line) }
    context.say("")
    sayModel(context)
    sayCourse(context)
    sayCosts(context)
    context.say(
      Localized(
        "Nothing was trained or stored.", korean: "아무것도 학습하거나 저장하지 않았습니다."))
  }

  private func table(_ context: CommandContext) -> TextTable {
    let words = [
      Localized("layer", korean: "층"), Localized("kind", korean: "종류"),
      Localized("output", korean: "출력"), Localized("parameters", korean: "파라미터"),
      Localized("FLOPs", korean: "FLOPs"), Localized("weight std", korean: "가중치 표준편차"),
      Localized("output std", korean: "출력 표준편차"),
    ]
    var table = TextTable(words.map(context.text), rightAligned: [3, 4, 5, 6])
    for layer in plan.layers {
      table.append([
        layer.path.isEmpty ? "-" : layer.path, layer.kind,
        layer.outputShape.map { $0.map(String.init).joined(separator: "×") } ?? "-",
        layer.parameters == 0 ? "-" : grouped(layer.parameters),
        layer.flops.map { $0 == 0 ? "-" : scaled(Double($0), 1000) } ?? "-",
        layer.standardDeviation.map { String(format: "%.4f", $0) } ?? "-",
        layer.outputStandardDeviation.map { String(format: "%.3f", $0) } ?? "-",
      ])
    }
    return table
  }

  private func sayModel(_ context: CommandContext) {
    let input = plan.inputShape.map(String.init).joined(separator: "×")
    let frozen = plan.parameters - plan.trainableParameters
    let (all, fixed) = (grouped(plan.parameters), grouped(frozen))
    let flops = plan.flops.map { scaled(Double($0), 1000) }
    context.say(
      Localized(
        "Input \(input); \(all) parameters" + (frozen > 0 ? ", \(fixed) of them frozen" : "")
          + (flops.map { "; \($0)FLOPs for a sample" } ?? "") + ".",
        korean: "입력 \(input); 파라미터 \(all)개" + (frozen > 0 ? ", 그중 \(fixed)개는 고정" : "")
          + (flops.map { "; 샘플 하나에 \($0)FLOPs" } ?? "") + "."))
  }

  private func sayCourse(_ context: CommandContext) {
    let (steps, perEpoch) = (grouped(plan.steps), grouped(plan.stepsPerEpoch))
    context.say(
      Localized(
        "\(plan.optimizer), \(plan.epochs) epochs of \(perEpoch) steps of \(plan.batchSize) samples: "
          + "\(steps) steps. The learning rate:",
        korean: "\(plan.optimizer), \(plan.epochs)에폭, 에폭마다 샘플 \(plan.batchSize)개씩 "
          + "\(perEpoch)스텝, 모두 \(steps)스텝. 학습률:"))
    let plot = LinePlot(
      x: plan.schedule.map { Double($0.step) }, y: plan.schedule.map(\.learningRate),
      width: min(context.terminal.width, Self.widestPlot) - 2,
      yLabel: { String(format: "%.1e", $0) },
      xLabel: { step in
        context.text(
          Localized("step \(Int(step))", korean: "스텝 \(Int(step))"))
      })
    for line in plot.lines { context.say("  " + line) }
  }

  private func sayCosts(_ context: CommandContext) {
    let (step, whole) = (
      String(format: "%.1f ms", plan.secondsPerStep * 1000), duration(plan.seconds)
    )
    let threads = plan.threads
    context.say(
      Localized(
        "About \(whole): \(step) a step on \(plan.device), \(plan.precision), \(threads) "
          + "thread\(threads == 1 ? "" : "s").",
        korean: "예상 시간 약 \(whole): 한 스텝 \(step) (\(plan.device), \(plan.precision), 스레드 "
          + "\(threads)개)."))
    let memory = plan.memory
    let parts = [memory.total, memory.parameters, memory.gradients, memory.optimizer].map {
      scaled(Double($0), 1024) + "B"
    }
    let peak = memory.peak.map { scaled(Double($0), 1024) + "B" }
    context.say(
      Localized(
        "Memory \(parts[0]): weights \(parts[1]), gradients \(parts[2]), optimizer \(parts[3]); "
          + (peak.map { "with its activations a step added \($0) at its peak." }
            ?? "activations come on top."),
        korean: "메모리 \(parts[0]): 가중치 \(parts[1]), 기울기 \(parts[2]), 최적화 상태 \(parts[3]). "
          + (peak.map { "활성값을 포함하여 한 스텝에 최대 \($0)가 늘었습니다." } ?? "활성값은 별도입니다.")))
  }

  /// A whole number in groups of three digits.
  private func grouped(_ number: Int) -> String {
    var digits = Array(String(abs(number)))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return (number < 0 ? "-" : "") + String(digits)
  }

  /// A size with a letter for its scale: `1.5 M`.
  private func scaled(_ value: Double, _ base: Double) -> String {
    let letters = ["", "k", "M", "G", "T", "P"]
    var (value, place) = (value, 0)
    while value >= base, place < letters.count - 1 {
      value /= base
      place += 1
    }
    return String(format: place == 0 ? "%.0f " : "%.1f ", value) + letters[place]
  }
}

import HoneRecords
import HoneText

/// An evaluation for people.
struct EvaluationSummary {
  let report: EvaluationReport

  init(_ report: EvaluationReport) {
    self.report = report
  }

  func say(_ context: CommandContext) {
    let record = report.evaluation
    context.say(
      "\(report.run.id)  \(record.split)  \(context.text(.loss)) \(decimal(record.loss))  "
        + "\(report.run.metric) \(decimal(record.metric))  n \(record.samples)")
    for (name, value) in record.metrics.sorted(by: { $0.key < $1.key }) {
      context.say("  \(name) \(decimal(value))")
    }
    let ensemble = report.ensemble.map {
      EnsembleSummary(ensemble: $0, metric: report.run.metric)
    }
    ensemble?.say(context)
    if let sentence = ensemble?.calibration(after: report.calibrationError) {
      context.say(sentence)
    } else if let error = report.calibrationError {
      context.say(
        Localized("  calibration error \(decimal(error))", korean: "  보정 오차 \(decimal(error))"))
    }
    if !report.classes.isEmpty { classes(context) }
    if let curvature = report.curvature { say(curvature, context) }
    for sample in report.worst {
      context.say(
        "  ✗ \(sample.sample): \(sample.truth) → \(sample.predicted) (\(decimal(sample.loss)))")
    }
  }

  private func say(_ curvature: CurvatureRecord, _ context: CommandContext) {
    let largest = curvature.largest.map { decimal($0.value) }.joined(separator: ", ")
    let (smallest, samples) = (decimal(curvature.smallest.value), curvature.samples)
    let trace = "\(decimal(curvature.trace)) ± \(decimal(curvature.traceError))"
    context.say(
      Localized(
        "  Hessian of the loss over \(samples) samples: largest eigenvalues \(largest); smallest "
          + "\(smallest); trace \(trace)",
        korean: "  샘플 \(samples)개에 대한 손실의 헤세 행렬: 가장 큰 고윳값 \(largest); 가장 작은 고윳값 "
          + "\(smallest); 대각합 \(trace)"))
    var table = TextTable(
      [
        Localized("layer", korean: "층"), Localized("parameters", korean: "파라미터"),
        Localized("largest eigenvalue", korean: "가장 큰 고윳값"),
      ].map(context.text), rightAligned: [1, 2])
    for layer in curvature.layers {
      table.append([
        layer.path.isEmpty ? "-" : layer.path, String(layer.parameters),
        decimal(layer.largest.value),
      ])
    }
    for line in table.lines { context.say("  " + line) }
  }

  private func classes(_ context: CommandContext) {
    let heading: [Localized] = [
      Localized("class", korean: "클래스"), Localized("precision", korean: "정밀도"),
      Localized("recall", korean: "재현율"), Localized(verbatim: "F1"),
      Localized("samples", korean: "샘플"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 3, 4])
    for row in report.classes {
      table.append([
        row.name, decimal(row.precision), decimal(row.recall), decimal(row.f1), String(row.samples),
      ])
    }
    for line in table.lines { context.say("  " + line) }
  }
}

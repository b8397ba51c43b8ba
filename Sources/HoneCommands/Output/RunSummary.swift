import HoneRecords
import HoneText

/// A run for people.
struct RunSummary {
  let record: RunRecord

  init(_ record: RunRecord) {
    self.record = record
  }

  func say(_ context: CommandContext) {
    context.say("")
    context.say(
      Localized(
        "Run \(record.id) (\(record.name)): \(record.status.rawValue), \(record.epochs) epochs in "
          + "\(duration(record.seconds)), \(record.parameters) parameters",
        korean:
          "실행 \(record.id) (\(record.name)): \(record.status.rawValue), 에폭 \(record.epochs)개, "
          + "\(duration(record.seconds)), 파라미터 \(record.parameters)개"))
    if let ending = record.ending { context.say("  " + context.text(ending)) }
    if let best = record.best {
      context.say("  " + context.text(.bestEpoch(best, record.metric)))
    }
    if let test = record.test {
      context.say("  " + context.text(.test(test, record.metric)))
    }
    if let final = record.final {
      context.say("  " + context.text(.waiting(final.waitShare)))
      if let count = final.unreadableSamples {
        context.say("  " + context.text(.unreadable(count)))
      }
    }
    if let sparsity = record.sparsity { context.say(.sparsity(sparsity)) }
    if let checkpoint = record.checkpoint {
      context.say(Localized("  checkpoint \(checkpoint)", korean: "  체크포인트 \(checkpoint)"))
    }
    for finding in record.findings {
      context.say(
        "  \(finding.severity.rawValue) \(finding.id.rawValue): \(context.text(finding.message))")
    }
  }
}

extension Localized {
  static func bestEpoch(_ epoch: EpochRecord, _ metric: String) -> Localized {
    let loss = epoch.validationLoss.map { decimal($0) } ?? "-"
    let value = epoch.validationMetric.map { decimal($0) } ?? "-"
    return Localized(
      "best epoch \(epoch.epoch): validation loss \(loss), \(metric) \(value)",
      korean: "가장 좋은 에폭 \(epoch.epoch): 검증 손실 \(loss), \(metric) \(value)")
  }

  static func sparsity(_ record: SparsityRecord) -> Localized {
    let layers = record.layers.map { "\($0.name) \(Formatting.percent($0.share))" }
      .joined(separator: ", ")
    let whole = Formatting.percent(record.share)
    return Localized(
      "  weights that are exactly zero: \(whole) (\(layers))",
      korean: "  정확히 0인 가중치: \(whole) (\(layers))")
  }

  static func test(_ test: EvaluationRecord, _ metric: String) -> Localized {
    var band = ""
    if let interval = test.interval, interval.count == 2 {
      band = " [\(decimal(interval[0])), \(decimal(interval[1]))]"
    }
    let weights = test.epoch.map {
      Localized(" with the weights of epoch \($0)", korean: " (에폭 \($0)의 가중치)")
    }
    return Localized(
      "test\(weights?.english ?? ""): loss \(decimal(test.loss)), \(metric) \(decimal(test.metric))\(band), "
        + "\(test.samples) samples",
      korean:
        "테스트\(weights?.korean ?? ""): 손실 \(decimal(test.loss)), \(metric) \(decimal(test.metric))\(band), "
        + "샘플 \(test.samples)개")
  }
}

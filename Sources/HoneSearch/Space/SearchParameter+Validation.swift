import HoneRecords

extension SearchParameter {
  /// Refuses values that cannot be searched.
  func validate() throws(SearchError) {
    guard !name.isEmpty else {
      throw .invalidSpecification(path: "", reason: "a parameter needs a name.")
    }
    switch distribution {
    case .float(let low, let high, let scale, let step):
      try validateRange(low, high, scale, "\(low)", "\(high)")
      if let step, !(step > 0 && step.isFinite && (step <= high - low || low == high)) {
        throw .invalidStep(parameter: name, step: "\(step)")
      }
    case .integer(let low, let high, let scale, let step):
      try validateRange(Double(low), Double(high), scale, "\(low)", "\(high)")
      guard step > 0, low == high || step <= high - low else {
        throw .invalidStep(parameter: name, step: "\(step)")
      }
    case .choice(let values): try validate(choices: values)
    case .fixed(.number(let value)) where !value.isFinite:
      throw .emptyRange(parameter: name, low: "\(value)", high: "\(value)")
    case .fixed: break
    }
    for condition in conditions where condition.values.isEmpty {
      throw .noChoices(parameter: condition.parameter)
    }
    if let value = valueBefore, distribution.normalized(value) == nil {
      throw .invalidValue(parameter: name, value: "\(value)")
    }
  }

  private func validateRange(
    _ low: Double, _ high: Double, _ scale: Scale, _ lowText: String, _ highText: String
  ) throws(SearchError) {
    guard low.isFinite, high.isFinite, low <= high, (high - low).isFinite else {
      throw .emptyRange(parameter: name, low: lowText, high: highText)
    }
    if scale == .log, low <= 0 { throw .logOverZero(parameter: name, low: lowText) }
    if scale == .logit, low <= 0 || high >= 1 {
      throw .logitOutside(parameter: name, low: lowText, high: highText)
    }
  }

  private func validate(choices: [HyperparameterValue]) throws(SearchError) {
    guard let first = choices.first else { throw .noChoices(parameter: name) }
    var kinds: Set<Int> = []
    for (index, value) in choices.enumerated() {
      if choices[..<index].contains(where: { Distribution.isSame($0, value) }) {
        throw .duplicateChoice(parameter: name, value: "\(value)")
      }
      switch value {
      case .bool: kinds.insert(0)
      case .integer: kinds.insert(1)
      case .number(let number):
        guard number.isFinite else {
          throw .invalidValue(parameter: name, value: "\(first)")
        }
        kinds.insert(1)
      case .text: kinds.insert(2)
      }
    }
    if kinds.count > 1 {
      throw .mixedChoices(parameter: name, values: choices.map { "\($0)" })
    }
  }
}

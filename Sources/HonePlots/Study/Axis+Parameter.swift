import HoneRecords
import HoneSearch

extension Axis {
  /// The axis of a parameter: logarithmic where it is searched so, categories for a choice.
  init(of parameter: SearchParameter) {
    switch parameter.distribution {
    case .float(_, _, .log, _): self.init(parameter.name, type: "log", tickformat: "~g")
    case .integer(_, _, .log, _): self.init(parameter.name, type: "log", tickformat: "~g")
    case .float, .integer: self.init(parameter.name, tickformat: "~g")
    case .choice, .fixed:
      self.init(parameter.name, type: "category")
      categoryarray = parameter.choices.map { "\($0)" }
    }
  }
}

extension SearchParameter {
  /// The values of a choice in their order; none of a number.
  var choices: [HyperparameterValue] {
    switch distribution {
    case .choice(let values): values
    case .fixed(let value): [value]
    case .float, .integer: []
    }
  }

  /// Values as positions along the parameter's axis.
  func coordinates(_ values: [HyperparameterValue]) -> Coordinates {
    isNumber ? .numbers(values.map { $0.number ?? .nan }) : .labels(values.map { "\($0)" })
  }
}

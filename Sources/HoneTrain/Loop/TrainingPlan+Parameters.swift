import HoneNN
public import HoneTensor

extension TrainingPlan {
  /// The model's parameters with their names.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    model.namedParameters.map { (name: $0.name, parameter: $0.parameter) }
  }
}

/// The numbers of a run by which runs are filtered.
public enum RunNumbers {
  /// The finite numbers of a run by name: those of the kept epoch (the last where none was kept), of
  /// the test split, and the run's own.
  ///
  /// The run's metric has two names: `validationMetric`, and its own, such as `accuracy`.
  public static func numbers(of run: RunRecord) -> [String: Double] {
    var numbers: [String: Double?] = [
      "epochs": Double(run.epochs), "parameters": Double(run.parameters), "seconds": run.seconds,
      "samplesPerSecond": run.samplesPerSecond, "threads": Double(run.threads),
      "testLoss": run.test?.loss, "testMetric": run.test?.metric,
    ]
    if let epoch = run.best ?? run.final {
      numbers["epoch"] = Double(epoch.epoch)
      numbers["trainLoss"] = epoch.trainLoss
      numbers["trainMetric"] = epoch.trainMetric
      numbers["validationLoss"] = epoch.validationLoss
      numbers["validationMetric"] = epoch.validationMetric
      numbers["learningRate"] = epoch.learningRate
      numbers[run.metric] = epoch.validationMetric
    }
    for (name, value) in run.test?.metrics ?? [:] { numbers["test.\(name)"] = value }
    return numbers.compactMapValues { $0 }.filter { $0.value.isFinite }
  }
}

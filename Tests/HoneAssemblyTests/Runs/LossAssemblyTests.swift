import Foundation
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite("Losses of a configuration") struct LossAssemblyTests {
  /// Counts that grow with the first of two columns.
  private static func counts() throws -> Dataset {
    var text = "first,second,count\n"
    for row in 0..<60 { text += "\(row % 7),\(row % 5),\(row % 7 + (row % 5) / 3)\n" }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-counts-\(UUID().uuidString).csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try DataSource.open(
      file.path, options: DataOptions(target: "count", task: .regression))
  }

  /// A run of a loss on data that it is for.
  private func run(_ name: String) throws -> AssembledRun {
    let loss = try Workbench.configuration("loss: \(name)").loss
    let ending = name.hasSuffix("OnProbabilities") ? loss.target : nil
    let last =
      ending.map { $0 == .twoClasses ? ", sigmoid" : ", {softmax: {axis: 1}}" } ?? ""
    let text = """
      model: {layers: [{linear: 16}, relu, {linear: classes}\(last)]}
      loss: \(name)
      data: {batchSize: 16}
      training: {epochs: 12}
      optimizer: {kind: adamW, learningRate: 0.02}
      """
    let data = try loss.target == .numbers ? Self.counts() : Workbench.table(target: "kind")
    return try Workbench.run(text, data: data)
  }

  @Test(
    "each loss of the catalogue falls in training, is recorded and read back",
    arguments: ComponentFamily.losses.components.map(\.name))
  func trains(name: String) throws {
    let run = try run(name)
    let evaluator = Evaluator(loss: run.plan.loss)
    let before = try evaluator.evaluate(run.plan.model, on: run.plan.training)
    let outcome = try Trainer(run.plan, record: run.record).train()
    #expect(outcome.record.status == .completed)
    let after = try evaluator.evaluate(run.plan.model, on: run.plan.training)
    #expect(before.loss.isFinite && after.loss < before.loss, "\(before.loss) \(after.loss)")
    let isRegression = run.record.task.kind == .regression
    #expect(after.width == (isRegression ? 1 : 2))

    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-loss-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ModelFile(state: outcome.kept, run: outcome.record, preprocessor: run.preprocessor)
      .write(to: path)
    let stored = try StoredModel(contentsOf: path)
    let dataset = run.plan.training.dataset
    let read = try stored.evaluate(dataset, indices: Array(0..<dataset.count))
    #expect(read.count == 60 && read.loss.isFinite)
    if isRegression {
      // In the unit of the data, which lie between 0 and 7.
      #expect(read.outputs.allSatisfy { $0 > -4 && $0 < 12 })
      #expect(read.value(of: .rootMeanSquaredError) < 3)
    } else {
      #expect(read.value(of: .accuracy) > 0.7)
    }
  }

  @Test(
    "a loss is refused for a task that it does not fit, with those that do",
    arguments: ComponentFamily.losses.components.map(\.name))
  func tasks(name: String) throws {
    let configuration = try Workbench.configuration("loss: \(name)")
    let tasks: [(TaskKind, [Int])] = [
      (.multiclass, [3, 4, 5]), (.binary, [3, 4]), (.regression, []),
    ]
    var fitting = 0
    for (task, counts) in tasks {
      let complaint = Workbench.complaint { try configuration.liveLoss(task: task, counts: counts) }
      if configuration.loss.fits(task) {
        fitting += 1
        #expect(complaint == "no error", "\(task)")
      } else {
        #expect(complaint.contains("\(name) does not fit a \(task.rawValue) task"))
        #expect(complaint.contains("run.yaml:1:") && complaint.contains("one of auto, "))
      }
    }
    #expect(fitting > 0)
  }

  @Test("a loss of numbers, or the kind of its column, makes whole numbers a regression")
  func statedTask() throws {
    let texts: [(String, TaskKind?)] = [
      ("data: {target: count}", nil), ("data: {target: count}\nloss: poissonNLL", .regression),
      ("data: {target: count, columns: {count: number}}", .regression),
      ("data: {target: count, columns: {count: category}}\nloss: mse", .multiclass),
    ]
    for (text, task) in texts {
      #expect(try Workbench.configuration(text).dataOptions().task == task, "\(text)")
    }
  }

  @Test("parameters reach the loss")
  func parameters() throws {
    let expected: [(String, Loss)] = [
      (
        "{kind: crossEntropy, labelSmoothing: 0.1, classWeights: [1, 2, 3], ignoreIndex: 2}",
        .crossEntropy(labelSmoothing: 0.1, classWeights: [1, 2, 3], ignoring: 2)
      ),
      (
        "{kind: focal, gamma: 1.5, classWeights: [1, 0, 3]}",
        .focal(gamma: 1.5, classWeights: [1, 0, 3])
      ),
      ("{kind: kl, labelSmoothing: 0.2}", .klDivergence(labelSmoothing: 0.2)),
      ("{kind: multiMargin, margin: 0.5, power: 2}", .multiMargin(margin: 0.5, power: 2)),
    ]
    for (text, loss) in expected {
      let configuration = try Workbench.configuration("loss: \(text)")
      #expect(try configuration.liveLoss(task: .multiclass, counts: [2, 3, 4]) == loss)
    }
    let binary: [(String, Loss)] = [
      ("bceWithLogits", .binaryCrossEntropyWithLogits),
      (
        "{kind: binaryCrossEntropy, positiveWeight: 3, labelSmoothing: 0.1}",
        .binaryCrossEntropyWithLogits(positiveWeights: [3], labelSmoothing: 0.1)
      ),
      ("{kind: binaryFocal, alpha: null}", .binaryFocal(gamma: 2, alpha: nil)),
      ("squaredHinge", .hinge(isSquared: true)),
    ]
    for (text, loss) in binary {
      let configuration = try Workbench.configuration("loss: \(text)")
      #expect(try configuration.liveLoss(task: .binary, counts: [2, 3]) == loss)
    }
    let numbers: [(String, Loss)] = [
      ("mse", .meanSquaredError), ("mae", .meanAbsoluteError),
      ("{kind: smoothL1, beta: 0.5}", .smoothL1(beta: 0.5)),
      ("{kind: quantile, quantile: 0.9}", .quantile(0.9)),
      (
        "{kind: poissonNLL, logarithmic: false, full: true}",
        .poissonNLL(isLogarithmic: false, isFull: true)
      ),
      ("{kind: gaussianNLL, full: true, epsilon: 0.1}", .gaussianNLL(isFull: true, epsilon: 0.1)),
    ]
    for (text, loss) in numbers {
      let configuration = try Workbench.configuration("loss: \(text)")
      #expect(try configuration.liveLoss(task: .regression, counts: []) == loss)
    }
  }

  @Test(
    "what does not go together is refused before training",
    arguments: [
      ("{kind: focal, classWeights: [1, 2]}", "", "2 weights were given for 3 classes"),
      (
        "{kind: focal, classWeights: [1, 2, 1]}", "data: {balance: classWeights}",
        "both weigh the classes"
      ),
      ("klDivergence", "data: {balance: classWeights}", "no meaning for klDivergence"),
      ("multiMargin", "augment: [mixUp]", "multiMargin does not"),
      ("{kind: crossEntropy, ignoreIndex: 0}", "augment: [cutMix]", "none can be ignored"),
      ("{kind: crossEntropy, ignoreIndex: 1}", "", "not two classes"),
      ("{kind: crossEntropy, classWeights: [0, 0, 0]}", "", "must be above 0"),
    ])
  func refusals(loss: String, other: String, sentence: String) throws {
    let complaint = Workbench.complaint {
      let configuration = try Workbench.configuration("loss: \(loss)\n\(other)")
      // The third class has no sample.
      _ = try configuration.liveLoss(
        task: .multiclass, counts: loss.contains("ignoreIndex: 1") ? [3, 4, 0] : [3, 4, 5])
    }
    #expect(complaint.contains(sentence), "\(complaint)")
  }

  @Test(
    "a loss on probabilities is refused for a model that gives none, one of counts for negative values"
  )
  func outputs() throws {
    let logits = Workbench.complaint { try Workbench.run("loss: crossEntropyOnProbabilities") }
    #expect(logits.contains("crossEntropyOnProbabilities takes probabilities, the model gives"))
    #expect(logits.contains("end model.layers with softmax"))
    let negative = Workbench.complaint {
      try Workbench.run("loss: poissonNLL", data: try Workbench.table(target: "value"))
    }
    #expect(negative.contains("poissonNLL is for counts, the data hold the value -"))
  }

  @Test("the last bias begins with what is known of the targets, in the form of the loss")
  func prior() throws {
    func bias(_ loss: String) throws -> [Double] {
      let run = try Workbench.run(
        "model: {name: mlp, widths: [4], outputBias: prior}\nloss: \(loss)", data: Self.counts())
      return try #require(run.plan.model.parameters.last).value.detached().values(as: Double.self)
    }
    #expect(try bias("meanSquaredError") == [0])
    #expect(try bias("gaussianNLL") == [0, 0])
    // The counts' mean is about 3.6.
    #expect(try abs(bias("poissonNLL")[0] - log(3.6)) < 0.2)
  }
}

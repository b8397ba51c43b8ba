import Foundation
import HoneAssembly
import HoneData
import HoneRecords
import HoneStore
import HoneTensor
import HoneTrain

/// Writes a run's events for TensorBoard as they happen: numbers of steps and epochs, settings, the first
/// batch as a picture, and in about ten epochs histograms of weights and gradients.
///
/// A run that goes on after an interruption makes a further file, which TensorBoard joins with those
/// before. What was written is on the disk about once a second, at the end of each epoch and before each
/// checkpoint.
final class TensorBoardObserver: StepObserver {
  private let folder: String
  private let plan: TrainingPlan
  private let preprocessor: Preprocessor
  private let histogramInterval: Int
  private var file: RunEventFile?
  private var lastFlush = ContinuousClock.now
  /// Histograms of gradients that wait for the end of their epoch.
  private var gradients: (epoch: Int, values: [(name: String, value: SummaryValue)])?

  /// Histograms that a run has of each parameter, about.
  private static let histograms = 10
  /// Samples of the first batch that are shown.
  private static let pictures = 64
  private static let pictureTag = "data/firstBatch"

  /// An observer of one run; nil where it is not to be written for TensorBoard.
  init?(of run: AssembledRun) {
    guard let folder = run.tensorBoardFolder else { return nil }
    self.folder = folder
    plan = run.plan
    preprocessor = run.preprocessor
    histogramInterval = max(1, (run.plan.epochs + Self.histograms - 1) / Self.histograms)
  }

  /// The file; nil before the run has begun.
  var path: String? { file?.path }

  func receive(_ event: TrainingEvent) throws {
    switch event {
    case .began(let record):
      file = try RunEventFile(folder: folder)
      try file?.begin(record)
    case .step(let step):
      try file?.add(step)
      if ContinuousClock.now - lastFlush > .seconds(1) { try flush() }
    case .epoch(let epoch):
      try addHistograms(epoch.epoch)
      try file?.add(epoch)
    case .ended: try flush()
    case .epochBegan, .progress, .checkpoint, .note: break
    }
  }

  func flush() throws {
    try file?.flush()
    lastFlush = .now
  }

  func lookInto(step: Int, epoch: Int, batches: [HostBatch]) throws {
    if step == 1, let batch = batches.first { try addPicture(of: batch) }
    guard hasHistograms(epoch), gradients?.epoch != epoch else { return }
    let values = plan.namedParameters.compactMap { name, parameter in
      parameter.gradient.map { (name: name, value: Self.histogram(of: $0)) }
    }
    gradients = (epoch, values)
  }

  /// Writes what is known when the run has ended and its findings are there.
  func finish(_ record: RunRecord) throws { try file?.end(record) }

  private func hasHistograms(_ epoch: Int) -> Bool {
    epoch.isMultiple(of: histogramInterval)
      && !(file?.has("epoch/trainLoss", step: epoch) ?? true)
  }

  private func addHistograms(_ epoch: Int) throws {
    guard hasHistograms(epoch) else { return }
    for (name, parameter) in plan.namedParameters {
      try file?.add(
        Self.histogram(of: parameter.value), tag: "weights/\(name)", step: epoch)
    }
    guard let gradients, gradients.epoch == epoch else { return }
    for (name, value) in gradients.values {
      try file?.add(value, tag: "gradients/\(name)", step: epoch)
    }
    self.gradients = nil
  }

  private func addPicture(of batch: HostBatch) throws {
    let channels = preprocessor.outputShape.first ?? 0
    guard preprocessor.input == .image, channels == 1 || channels == 3,
      file?.has(Self.pictureTag) == false
    else { return }
    let shown = batch.part(0..<min(batch.count, Self.pictures))
    let magnification = max(1, 32 / max(1, preprocessor.outputShape.last ?? 1))
    let png = try ContactSheet.png(shown, preprocessor: preprocessor, magnification: magnification)
    // Width and height stand behind the signature, the header's length and its name.
    let (width, height) = (Self.number(png[16..<20]), Self.number(png[20..<24]))
    try file?.add(.images(width: width, height: height, [png]), tag: Self.pictureTag, step: 0)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private static func histogram(of tensor: Tensor) -> SummaryValue {
    withoutGradients {
      .histogram(of: tensor.detached().cast(to: .float32).floats.lazy.map { Double($0) })
    }
  }
}

import Foundation
public import HoneData
public import HoneNN
import HoneNumerics
public import HoneRecords
public import HoneTensor

extension Evaluator {
  /// The gradient noise scale of a model at its present weights, in evaluation mode and without
  /// augmentation or penalties.
  ///
  /// From gradients gᵢ of k batches of b samples with mean ḡ: the trace of single samples' covariance is
  /// b Σ|gᵢ − ḡ|² / (k − 1), the squared gradient |ḡ|² less trace / (k b); both are unbiased (McCandlish
  /// and others 2018, arXiv 1812.06162, appendix A.1, with every batch in place of two sizes). The interval
  /// leaves out one batch after the other.
  ///
  /// Costs two backward passes over the samples and memory for two gradients. The model's weights, modes
  /// and gradients are as before afterwards.
  /// - Parameters:
  ///   - model: the model.
  ///   - loader: the samples; those of a last batch that is not full are left out.
  ///   - trainedBatchSize: the batch size of the run, for the record.
  /// - Returns: nil where there are fewer than four full batches.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func noiseScale(
    of model: any Layer<Tensor, Tensor>, on loader: DataLoader, trainedBatchSize: Int
  ) throws -> NoiseScaleRecord? {
    let loader = try loader.inOrder()
    let size = loader.options.batchSize
    let batches = try Self.batches(of: loader).filter { $0.count == size }
    let parameters = model.parameters.filter(\.isTrainable).map(\.value)
    guard batches.count >= 4, !parameters.isEmpty else { return nil }
    return try model.evaluating {
      try catchingTorchErrors {
        func gradient(_ batch: HostBatch) -> [Tensor] {
          let mean = withGradients {
            loss(forward(batch, model.callAsFunction), Tensor(batch.targets).to(device))
          }
          return gradients(of: mean, withRespectTo: parameters)
        }
        var sum = gradient(batches[0])
        for batch in batches.dropFirst() {
          sum = zip(sum, gradient(batch)).map { $0 + $1 }
        }
        let products = batches.map { batch in
          let own = gradient(batch)
          return (square: Self.product(own, own), withSum: Self.product(own, sum))
        }
        let batchGradients = BatchGradients(
          squares: products.map(\.square), withSum: products.map(\.withSum),
          sumSquare: Self.product(sum, sum), batchSize: size)
        return batchGradients.record(trainedBatchSize: trainedBatchSize)
      }
    }
  }

  private static func product(_ left: [Tensor], _ right: [Tensor]) -> Double {
    withoutGradients { zip(left, right).map { ($0 * $1).sum().item() }.sum() }
  }
}

/// What lengths and products of batches' gradients say of their noise.
struct BatchGradients {
  /// The squared length of each batch's gradient.
  var squares: [Double]
  /// Its product with the sum of all.
  var withSum: [Double]
  /// The squared length of that sum.
  var sumSquare: Double
  /// Samples in a batch.
  var batchSize: Int

  /// The squared gradient and the trace of the covariance; of all batches but one where it is named.
  func estimate(without left: Int? = nil) -> (squaredGradient: Double, trace: Double) {
    let count = Double(squares.count - (left == nil ? 0 : 1))
    var (total, sum) = (squares.sum(), sumSquare)
    if let left {
      total -= squares[left]
      sum += squares[left] - 2 * withSum[left]
    }
    let mean = sum / (count * count)
    let trace = Double(batchSize) * (total - count * mean) / (count - 1)
    return (mean - trace / (count * Double(batchSize)), trace)
  }

  /// The record, with the scale and its interval where the gradient stands out from the noise.
  func record(trainedBatchSize: Int) -> NoiseScaleRecord {
    let (squared, trace) = estimate()
    var record = NoiseScaleRecord(
      samples: squares.count * batchSize, batchSize: batchSize, trainedBatchSize: trainedBatchSize,
      squaredGradient: squared, covarianceTrace: trace)
    guard squared > 0, trace > 0 else { return record }
    let scale = trace / squared
    record.scale = scale
    let logarithms = squares.indices.map { left -> Double in
      let part = estimate(without: left)
      return part.squaredGradient > 0 ? log(part.trace / part.squaredGradient) : .nan
    }
    guard logarithms.allSatisfy(\.isFinite) else { return record }
    let count = Double(squares.count)
    let mean = logarithms.mean()
    let variance = logarithms.map { ($0 - mean) * ($0 - mean) }.sum() * (count - 1) / count
    let reach =
      StudentDistribution(degreesOfFreedom: count - 1).quantile(0.975) * variance.squareRoot()
    record.interval = [scale * exp(-reach), scale * exp(reach)]
    return record
  }
}

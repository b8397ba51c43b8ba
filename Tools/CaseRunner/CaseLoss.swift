import Foundation
import HoneNN
import HoneRecords
import HoneTensor

/// The loss that a case names, in Keras' words or in a formula.
struct CaseLoss {
  let loss: Loss
  /// Whether a softmax belongs to the loss's description and not to the model's layers.
  var addsSoftmax = false

  init(_ record: CaseRecord, model: CaseModel, bits: [[Float]]) throws {
    let text = record.loss
    let words = Words(text)
    let isClasses = record.task != "regression"
    if !bits.isEmpty {
      loss = try Self.bitwise(
        words, bits: Tensor(bits.flatMap { $0 }, shape: [bits.count, bits[0].count]))
      return
    }
    let single = model.outputs == 1
    if words.has("mean_squared_error", "mse"), words.has("one-hot") || !single, isClasses {
      addsSoftmax = words.has("softmax") && model.lastActivation == nil
      loss = .custom("meanSquaredError") { output, target in
        (output - oneHot(target, output)).squared()
      }
    } else if words.has("mean_squared_error", "mse") {
      loss = .meanSquaredError
    } else if words.has("mean_absolute_error", "mae") {
      loss =
        single || !isClasses
        ? .meanAbsoluteError
        : .custom("meanAbsoluteError") { ($0 - oneHot($1, $0)).absolute() }
    } else if words.has("squared_hinge", "categorical_hinge", "hinge") {
      loss = single ? .hinge(isSquared: words.has("squared")) : .multiMargin()
    } else if words.has("axis 0", "over the batch dimension") {
      loss = .custom("crossEntropy") { output, target in
        -(oneHot(target, output) * output.softmax(along: 0).clamped(minimum: 1e-7).logarithm())
          .sum(along: [1])
      }
    } else if words.has("cross", "entropy", "log(") {
      loss = try Self.entropy(words, record, model, isClasses: isClasses)
    } else {
      throw Unavailable(reason: "loss '\(text)' is not understood")
    }
  }

  private static func entropy(
    _ words: Words, _ record: CaseRecord, _ model: CaseModel, isClasses: Bool
  ) throws -> Loss {
    let sums = words.has("sum over the batch", "sum over batch", "over the batch (", "-sum")
    let reduce: (@Sendable (Tensor) -> Tensor)? = sums ? { @Sendable in $0.sum() } : nil
    let single = model.outputs == 1
    if !isClasses {
      return .custom("crossEntropyOnProbabilities", takesProbabilities: true, reduce: reduce) {
        let target = $1.rank < $0.rank ? $1.unsqueezed(at: -1) : $1
        return -(target * $0.clamped(minimum: 1e-10, maximum: 1).logarithm())
      }
    }
    if words.has("(1-y)") {
      return .custom("binaryCrossEntropyOnProbabilities", takesProbabilities: true, reduce: reduce)
      {
        let target = single ? $1.unsqueezed(at: -1).cast(to: .float32) : oneHot($1, $0)
        return (-(target * $0.logarithm()) - (1 - target) * (1 - $0).logarithm()).sum(along: [1])
      }
    }
    let isBinary = words.has("binary", "sigmoid_cross")
    if words.has("from_logits") || (sums && model.lastActivation == nil) {
      if isBinary { return logistic(single, reduce) }
      let share: Scalar = words.has("mean over classes") ? Scalar(1 / Double(model.outputs)) : 1
      guard sums else { return .crossEntropy() }
      return .custom("crossEntropy", reduce: reduce) { output, target in
        Loss.crossEntropy().perSample(output, target) * share
      }
    }
    if sums {
      return .custom("crossEntropyOnProbabilities", takesProbabilities: true, reduce: reduce) {
        -(oneHot($1, $0) * $0.logarithm()).sum(along: [1])
      }
    }
    if !isBinary, !single { return .crossEntropyOnProbabilities() }
    if single { return .binaryCrossEntropyOnProbabilities() }
    return .custom("binaryCrossEntropyOnProbabilities", takesProbabilities: true) {
      let sure = $0.clamped(minimum: 1e-7, maximum: 0.9999999)
      let target = oneHot($1, $0)
      return -(target * sure.logarithm() + (1 - target) * (1 - sure).logarithm())
    }
  }

  private static func logistic(
    _ single: Bool, _ reduce: (@Sendable (Tensor) -> Tensor)?
  ) -> Loss {
    if single, reduce == nil { return .binaryCrossEntropyWithLogits }
    return .custom("binaryCrossEntropyWithLogits", reduce: reduce) {
      let target = single ? $1.unsqueezed(at: -1).cast(to: .float32) : oneHot($1, $0)
      return $0.clamped(minimum: 0) - $0 * target
        + (-$0.absolute()).exponential()
        .logarithmOfOnePlus()
    }
  }

  /// Several answers of 0 or 1: the label is the number of the row of `bits` that holds them.
  private static func bitwise(_ words: Words, bits: Tensor) throws -> Loss {
    let table = Answers(bits)
    if words.has("mean_squared_error", "mse") {
      return .custom("meanSquaredError") { ($0 - table.rows($1, like: $0)).squared() }
    }
    guard words.has("binary_crossentropy", "sigmoid") else {
      throw Unavailable(reason: "a loss on several answers is not understood")
    }
    let isRaw = words.has("logits")
    return .custom("binaryCrossEntropyOnProbabilities", takesProbabilities: !isRaw) {
      let answer = isRaw ? $0.sigmoid() : $0
      let sure = answer.clamped(minimum: 1e-7, maximum: 0.9999999)
      let target = table.rows($1, like: $0)
      return -(target * sure.logarithm() + (1 - target) * (1 - sure).logarithm())
    }
  }
}

/// A constant table that several threads may read.
private struct Answers: @unchecked Sendable {
  let table: Tensor

  init(_ table: Tensor) { self.table = table }

  func rows(_ labels: Tensor, like output: Tensor) -> Tensor {
    output.shape.last == table.shape.last
      ? table.gathered(labels, along: 0) : Tensor.zeros(output.shape)
  }
}

/// The text of a loss, searched for any of some words.
struct Words {
  let text: String

  init(_ text: String) { self.text = text.lowercased() }

  func has(_ words: String...) -> Bool { words.contains { text.contains($0) } }
}

/// Class indices as rows of zeros and a one, as wide as the output.
func oneHot(_ target: Tensor, _ output: Tensor) -> Tensor {
  let classes = output.shape.last ?? 1
  if target.dtype.isFloatingPoint { return target }
  return target.clamped(minimum: 0, maximum: Scalar(classes - 1)).oneHot(classes: classes)
    .cast(to: .float32)
}

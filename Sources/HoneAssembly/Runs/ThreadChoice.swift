import HoneNN
import HoneTensor

/// How many threads one operation of a run uses, where the user does not say.
///
/// A rule and no measurement: sums depend on the number of threads, and the same command must give
/// the same result on the same machine.
enum ThreadChoice {
  /// Arithmetic per step below which handing work to a second thread costs more than it saves: about
  /// 100 microseconds on one core of a current processor, against some 10 for each parallel region.
  static let singleThreadOperations = 4e7

  static func threads(for model: any Module, inputShape: [Int], batchSize: Int) -> Int {
    let available = Torch.availableThreads
    let area = inputShape.count == 3 ? Double(inputShape[1] * inputShape[2]) : 1
    let operations = model.parameters.reduce(0.0) { sum, parameter in
      // A product and a sum, forward and for both gradients. A convolution's weights are used at
      // every position; pooling leaves about a quarter of them on average.
      let positions = parameter.shape.count > 2 ? max(1, area / 4) : 1
      return sum + 6 * Double(parameter.value.count) * positions
    }
    return operations * Double(batchSize) < singleThreadOperations ? 1 : available
  }
}

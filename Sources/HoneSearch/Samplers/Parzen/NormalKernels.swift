import CNumerics

/// Normal kernels of several parameters, one parameter's after the other's: the densities of a mixture
/// pass through them in one call.
struct NormalKernels: Sendable {
  /// How many kernels a parameter has.
  let count: Int
  /// The parameters that have such kernels, by their place in the mixture.
  private(set) var parameters: [Int] = []
  private var centers: [Double] = []
  private var inverseWidths: [Double] = []

  /// No kernels yet.
  /// - Parameters:
  ///   - count: how many a parameter has.
  ///   - most: how many parameters may come.
  init(count: Int, most: Int) {
    self.count = count
    centers.reserveCapacity(count * most)
    inverseWidths.reserveCapacity(count * most)
  }

  /// Adds those of a parameter.
  /// - Returns: its column.
  mutating func append(_ parameter: Int, centers: [Double], inverseWidths: [Double]) -> Int {
    parameters.append(parameter)
    self.centers += centers
    self.inverseWidths += inverseWidths
    return parameters.count - 1
  }

  /// The middle of a kernel.
  func center(_ column: Int, _ kernel: Int) -> Double { centers[column * count + kernel] }

  /// The standard deviation of a kernel.
  func width(_ column: Int, _ kernel: Int) -> Double { 1 / inverseWidths[column * count + kernel] }

  /// Adds the sum of the weighted products of some kernels to the sums of points.
  /// - Parameters:
  ///   - logs: what each kernel's logarithm begins with, of these kernels.
  ///   - weights: those of all kernels.
  ///   - coordinates: of each point a number for each column, the points one after the other.
  ///   - sums: as many as points.
  func addWeightedSums(
    _ logs: [Double], _ weights: [Double], _ kernels: Range<Int>,
    at coordinates: ArraySlice<Double>,
    to sums: inout ArraySlice<Double>
  ) {
    let start = kernels.lowerBound
    weights.withUnsafeBufferPointer { weights in
      centers.withUnsafeBufferPointer { centers in
        inverseWidths.withUnsafeBufferPointer { inverseWidths in
          coordinates.withUnsafeBufferPointer { coordinates in
            sums.withUnsafeMutableBufferPointer { sums in
              cnumerics_weighted_kernels(
                kernels.count, parameters.count, count, logs,
                weights.baseAddress.map { $0 + start }, centers.baseAddress.map { $0 + start },
                inverseWidths.baseAddress.map { $0 + start }, sums.count, coordinates.baseAddress,
                sums.baseAddress)
            }
          }
        }
      }
    }
  }
}

/// Brings labels into line with the classes of a model, where there is one.
enum ClassMap {
  /// The class names, and for each name of the source its index among them.
  /// - Parameters:
  ///   - names: the source's own classes.
  ///   - known: the classes that a model was trained on.
  /// - Throws: `DataError.unknownClass` where the source has a class that the model has not.
  static func resolve(
    _ names: [String], known: [String]?, path: String
  ) throws(DataError) -> (classes: [String], indices: [Int32]) {
    guard let known, known != names else { return (names, names.indices.map { Int32($0) }) }
    var indices: [Int32] = []
    for name in names {
      guard let index = known.firstIndex(of: name) else {
        throw DataError.unknownClass(path: path, name: name, known: known)
      }
      indices.append(Int32(index))
    }
    return (known, indices)
  }

  /// Throws where the samples are all of one class, unless a model's classes are given: it may be
  /// judged by samples of one.
  static func requireTwo(
    _ labels: [Int32], classes: [String], known: [String]?, path: String
  ) throws(DataError) {
    guard let first = labels.first else { throw DataError.emptyFolder(path: path) }
    if known == nil, labels.allSatisfy({ $0 == first }) {
      throw DataError.singleClass(path: path, name: classes[Int(first)])
    }
  }
}

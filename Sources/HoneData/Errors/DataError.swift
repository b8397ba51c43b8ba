public import HoneText

/// A failure to read, understand or divide the user's data.
public indirect enum DataError: ReportableError, Equatable {
  /// Nothing lies at the path; the names are the built-in data sets.
  case pathNotFound(path: String, builtIn: [String])
  /// A built-in data set is not on this machine.
  case notInstalled(name: String, folder: String?, files: [String])
  /// The file or folder exists and cannot be read.
  case unreadable(path: String, reason: String)
  /// A file cannot be written.
  case unwritable(path: String, reason: String)
  /// A sample of a data set cannot be read.
  case badSample(index: Int, cause: DataError)
  /// A folder holds nothing of use.
  case emptyFolder(path: String)
  /// Nothing that Hone reads was recognised.
  case unrecognized(path: String, found: String)
  /// A kind of data that Hone does not read yet.
  case unsupported(path: String, kind: String)
  /// There is nothing to tell apart.
  case singleClass(path: String, name: String)
  /// An image cannot be decoded.
  case badImage(path: String, reason: String)
  /// A file's content contradicts its format, or ends too early.
  case badFile(path: String, reason: String)
  /// There are not as many labels as images.
  case countMismatch(images: String, imageCount: Int, labels: String, labelCount: Int)
  /// A label names no class.
  case labelOutOfRange(path: String, index: Int, label: Int, classes: Int)
  /// A class occurs that the training data do not have.
  case unknownClass(path: String, name: String, known: [String])
  /// A line of a table has another number of fields than the header.
  case raggedRow(path: String, line: Int, found: Int, expected: Int)
  /// A numeric column holds text.
  case textInNumericColumn(path: String, line: Int, column: String, value: String)
  /// A table needs to be told what to predict.
  case targetNotNamed(path: String, columns: [String])
  /// A column that was asked for does not exist.
  case missingColumn(path: String, column: String, columns: [String])
  /// A row has no value to learn.
  case missingTarget(path: String, line: Int, column: String)
  /// A value in the column of times that is neither a number nor a date.
  case badTime(path: String, line: Int, column: String, value: String)
  /// A table has a header and nothing else.
  case noRows(path: String)
  /// The data cannot be divided as asked.
  case tooFewSamples(part: String, count: Int, required: Int)
  /// Image augmentation was asked for on something else.
  case augmentationNeedsImages(name: String, input: String)
  /// A normalisation that the data cannot take.
  case badNormalization(found: Int, expected: Int)

  /// A file of word vectors that cannot be used; the line counts from 1, 0 where it is no line's fault.
  case badVectors(path: String, line: Int, problem: VectorFileProblem)
  /// Augmentation of texts that cannot be done.
  case badTextAugmentation(TextAugmentationProblem)

  /// 66 where nothing was found, 64 and 78 for what cannot be done, 65 for bad data.
  public var exitStatus: ExitStatus {
    switch self {
    case .pathNotFound, .notInstalled: .inputNotFound
    case .unsupported: .usage
    case .augmentationNeedsImages, .badNormalization:
      .configuration
    case .badTextAugmentation(.noAnswer): .serviceUnavailable
    case .badSample(_, let cause): cause.exitStatus
    case .badTextAugmentation: .configuration
    default: .badData
    }
  }
}

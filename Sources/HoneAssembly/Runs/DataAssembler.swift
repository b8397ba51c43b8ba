public import Foundation
public import HoneConfiguration
public import HoneData
import HoneRecords
import HoneText

extension Configuration {
  /// Opens the data that the configuration names.
  /// - Parameter home: the folder of the built-in data sets.
  /// - Throws: `DataError`; `ConfigurationError` where no source is named or it asks for what is
  ///   not supported.
  public func openData(home: URL?) throws -> Dataset {
    guard let source = data.source else {
      throw problem(
        at: "data.source",
        Localized("no data are named.", korean: "데이터가 지정되지 않았습니다."))
    }
    let options = try dataOptions()
    let dataset = try DataSource.open(source, home: home, options: options)
    guard options.cache == nil || dataset.hasImageFiles && data.target == nil else {
      throw problem(
        at: "data.cache",
        Localized(
          "only folders of image files can be packed. "
            + "Remove the key.",
          korean: "이미지 파일 폴더만 캐시 파일로 만들 수 있습니다. 키를 "
            + "제거하십시오."))
    }
    if let wanted = data.imageChannels, wanted != dataset.sampleShape[0] || dataset.input != .image
    {
      throw problem(
        at: "data.imageChannels",
        Localized(
          "'\(source)' cannot be read with \(wanted) channels; pictures can. Remove the key.",
          korean: "'\(source)'은(는) \(wanted)채널로 읽을 수 없습니다. 이미지에만 쓸 수 있으니 이 키를 제거하십시오."))
    }
    return dataset
  }

  func dataOptions() throws -> DataOptions {
    var options = DataOptions(target: data.target, group: data.group, task: statedTask)
    options.time = data.time
    for (column, kind) in data.columns {
      options.kinds[column] =
        switch kind {
        case .number: .numeric
        case .category: .categorical
        case .date: .date
        case .ignore: .ignored
        case .text: .text
        case .image: .image
        }
    }
    if let size = data.imageSize {
      guard size.height == size.width else {
        throw unsupported("data.imageSize", "[\(size.height), \(size.width)]")
      }
      options.imageSize = size.height
      options.arraySize = size.height
      if let resize = data.imageResize, resize < size.height {
        throw problem(
          at: "data.imageResize",
          Localized(
            "\(resize) pixels leave nothing to crop \(size.height) from. Use \(size.height) or more.",
            korean: "\(resize)픽셀에서는 \(size.height)픽셀을 잘라 낼 수 없습니다. \(size.height) 이상으로 "
              + "지정하십시오."))
      }
    }
    if data.imageResize != nil, data.imageFit != .crop {
      throw problem(
        at: "data.imageResize",
        Localized(
          "it says what the middle is cut from, but imageFit '\(data.imageFit.rawValue)' cuts nothing. "
            + "Remove one of the keys.",
          korean: "가운데를 자르기 전의 크기인데 imageFit '\(data.imageFit.rawValue)'은(는) 자르지 않습니다. 둘 중 하나를 "
            + "제거하십시오."))
    }
    options.imageResize = data.imageResize
    if let channels = data.imageChannels {
      guard channels != 2 else { throw unsupported("data.imageChannels", "2") }
      options.imageChannels = channels
    }
    options.exifOrientation = data.exifOrientation
    options.imageFit = ImageFit(rawValue: data.imageFit.rawValue)
    options.imageFilter = ImageFilter(rawValue: data.imageFilter.rawValue)
    options.decoding = data.decoding == .fast ? .fast : nil
    options.cache = data.cache.map { cache in
      CacheOptions(kind: cache.kind == .raw ? .raw : .encoded, path: cache.path)
    }
    return options
  }

  /// The task that the kind of the target's column decides, or the loss; nil leaves it to the values,
  /// among which a few whole numbers are classes.
  private var statedTask: TaskKind? {
    switch data.target.flatMap({ data.columns[$0] }) {
    case .number?: .regression
    case .category?: .multiclass
    default: loss.target == .numbers ? .regression : nil
    }
  }

  /// What a loader does about samples that cannot be read; where models are judged none stands for another.
  func failurePolicy(training: Bool) -> FailurePolicy {
    switch data.onError {
    case .stop: .fail
    case .skip: .skip
    case .replace: training ? .replace : .skip
    }
  }

  package var liveNormalization: Normalization {
    switch data.normalize {
    case .none: .none
    case .unit: .unit
    case .standardize: .standardize
    case .imagenet: .imageNet
    case .given(let mean, let deviation): .explicit(mean: mean, deviation: deviation)
    }
  }

  var liveTable: TableOptions {
    var options = TableOptions()
    options.scaling = data.table.scaling.flatMap { TableOptions.Scaling(rawValue: $0.rawValue) }
    options.imputation =
      TableOptions.Imputation(rawValue: data.table.imputation.rawValue) ?? .median
    options.missingIndicators = data.table.missingIndicators
    options.hashBuckets = data.table.hashBuckets
    options.interactions = data.table.interactions
    options.mutualInformation = data.table.mutualInformation
    options.l1 = data.table.l1
    options.components = data.table.components
    return options
  }

  /// How texts become numbers.
  /// - Throws: `ConfigurationError` where that is set for data that are no texts.
  func textOptions(for dataset: Dataset) throws -> TextOptions {
    let text = data.text
    guard dataset.input == .text || text == TextConfiguration() else {
      throw problem(
        at: "data.text",
        Localized(
          "the data have no texts. Remove the key, or name the column of texts in data.columns.",
          korean: "데이터에 텍스트가 없습니다. 이 키를 제거하거나 data.columns에 텍스트 열을 지정하십시오."))
    }
    let unit: TextOptions.Unit =
      switch text.unit {
      case .words: .words
      case .characters: .characters
      case .jamo: .jamo
      case .subwords: .subwords
      }
    return TextOptions(
      unit: unit, lowercase: text.lowercase, vocabularySize: text.vocabularySize,
      minimumCount: text.minimumCount, maximumLength: text.maximumLength)
  }

  /// Divides data as the configuration says; of several folds the chosen one, or the first.
  /// - Parameters:
  ///   - dataset: the data.
  ///   - seed: what to draw by where the configuration has no `data.splitSeed`.
  /// - Throws: `DataError.tooFewSamples`.
  public func split(_ dataset: Dataset, seed: UInt64) throws -> Split {
    let seed = data.splitSeed ?? seed
    let method: SplitMethod =
      data.time != nil ? .chronological : data.stratify ? .stratified : .shuffled
    let test = data.test.share(usual: 0.2, of: dataset)
    if let folds = data.folds {
      return try Split.fold(
        data.fold ?? 0, of: folds, dataset, test: test, method: method, seed: seed)
    }
    return try Split.make(
      dataset, validation: data.validation.share(usual: 0.1, of: dataset), test: test,
      method: method, seed: seed)
  }
}

extension Portion {
  fileprivate func share(usual fraction: Double, of dataset: Dataset) -> Share {
    switch self {
    case .automatic: .usual(fraction, of: dataset.count)
    case .fraction(let fraction): .fraction(fraction)
    case .count(let count): .count(count)
    }
  }
}

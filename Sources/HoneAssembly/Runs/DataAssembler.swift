public import Foundation
public import HoneConfiguration
public import HoneData
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
    return try DataSource.open(source, home: home, options: try dataOptions())
  }

  func dataOptions() throws -> DataOptions {
    var options = DataOptions(target: data.target, group: data.group)
    for (column, kind) in data.columns {
      options.kinds[column] =
        switch kind {
        case .number: .numeric
        case .category: .categorical
        case .ignore: .ignored
        case .text: .text
        }
    }
    if let size = data.imageSize {
      guard size.height == size.width else {
        throw unsupported("data.imageSize", "[\(size.height), \(size.width)]")
      }
      options.imageSize = size.height
      if let resize = data.imageResize, resize < size.height {
        throw problem(
          at: "data.imageResize",
          Localized(
            "\(resize) pixels leave nothing to crop \(size.height) from. Use \(size.height) or more.",
            korean: "\(resize)픽셀에서는 \(size.height)픽셀을 잘라 낼 수 없습니다. \(size.height) 이상으로 "
              + "지정하십시오."))
      }
    }
    options.imageResize = data.imageResize
    options.exifOrientation = data.exifOrientation
    return options
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

  /// Divides data as the configuration says.
  /// - Throws: `DataError.tooFewSamples`.
  public func split(_ dataset: Dataset, seed: UInt64) throws -> Split {
    try Split.make(
      dataset, validation: data.validation.share, test: data.test.share, seed: seed)
  }
}

extension Portion {
  fileprivate var share: Share {
    switch self {
    case .fraction(let fraction): .fraction(fraction)
    case .count(let count): .count(count)
    }
  }
}

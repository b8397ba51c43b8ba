public import HoneRecords

/// How data are read, as far as they leave a choice.
///
/// A data set's own `reading` has every choice filled in, so that a model that was trained on it
/// reads new data in the same way.
public struct DataOptions: Sendable, Codable, Equatable {
  /// The column of a table to predict.
  public var target: String?
  /// Kinds of columns that are not to be inferred.
  public var kinds: [String: ColumnKind]
  /// The column whose equal values must stay in one split.
  public var group: String?
  /// The column of numbers or dates that says when a sample was taken.
  public var time: String?
  /// The columns that models see, in order, when they are a model's and not to be found out.
  public var columns: [String]?
  /// Whether the first line of a table names its columns; nil finds out.
  public var header: Bool?
  /// The task, where the target leaves it open; nil finds out.
  public var task: TaskKind?
  /// Class names in the order of their indices, when they are a model's and not to be found out.
  public var classes: [String]?
  /// The side in pixels that photos are resized and cropped to.
  public var imageSize: Int
  /// The side in pixels that pictures in arrays (IDX, CIFAR, NumPy, safetensors, the digits) are brought
  /// to, as photos are; nil leaves them the size they have.
  public var arraySize: Int?
  /// The length in pixels that a photo's short side is resized to before the middle is cropped; nil
  /// resizes to `imageSize` itself, so that nothing of the short side is lost.
  public var imageResize: Int?
  /// How photos become samples of one size; nil stands for a crop of the middle.
  public var imageFit: ImageFit?
  /// How pixels between pixels are found; nil stands for bilinear.
  public var imageFilter: ImageFilter?
  /// Whether photos are turned as their EXIF block says; nil stands for true.
  public var exifOrientation: Bool?
  /// Planes of an image, 1 or 3; nil finds out.
  public var imageChannels: Int?
  /// The largest pixel value of the data that a model was trained on.
  public var imageMaximum: Int?
  /// How photos are decoded; nil stands for exactly.
  public var decoding: ImageDecoding?
  /// The packed file that the photos of a folder are brought to; nil reads the files themselves.
  ///
  /// A model's own reading has none.
  public var cache: CacheOptions?
  /// Bytes of memory that samples made of image files may take; beyond it files are decoded each time.
  public var cacheBytes: Int

  /// The default reading.
  public init(
    target: String? = nil, kinds: [String: ColumnKind] = [:], group: String? = nil,
    task: TaskKind? = nil, classes: [String]? = nil, imageSize: Int = 64,
    imageResize: Int? = nil, exifOrientation: Bool? = nil
  ) {
    self.target = target
    self.kinds = kinds
    self.group = group
    self.task = task
    self.classes = classes
    self.imageSize = imageSize
    self.imageResize = imageResize
    self.exifOrientation = exifOrientation
    cacheBytes = 256 << 20
  }
}

/// What a column of a table holds.
public enum ColumnKind: String, Sendable, Codable, CaseIterable {
  /// Numbers.
  case numeric
  /// One of a set of names.
  case categorical
  /// Dates, with or without a time of day.
  case date
  /// Sentences; a table with a column of them is a set of texts.
  case text
  /// Paths of image files, beside the table unless they are absolute; a table with such a column is a set of
  /// pictures.
  case image
  /// Nothing that a model is to see.
  case ignored
}

/// How photos are decoded.
public enum ImageDecoding: String, Sendable, Codable, CaseIterable {
  /// To the pixels that Pillow and torchvision give.
  case exact
  /// Where a photo is at least twice as large as what is made of it, it is halved in the JPEG's inverse
  /// transform, and chroma is repeated in place of interpolated: pixels differ by a few steps.
  case fast
}

/// A packed file of a folder's photos, which loads faster than single files.
///
/// It changes nothing but time: what is read from it equals what is read from the files. It is written when
/// the folder is opened and written again when files were added, removed or changed.
public struct CacheOptions: Sendable, Codable, Equatable {
  /// What the file holds.
  public var kind: Kind
  /// Where it is; nil puts it beside the folder.
  public var path: String?

  /// A packed file.
  public init(kind: Kind, path: String? = nil) {
    self.kind = kind
    self.path = path
  }

  /// What a packed file holds.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Decoded pictures of the size they have: several times the space of the files, read without decoding.
    case raw
    /// The files as they are, one after the other: for disks that are slow to open many files.
    case encoded
  }
}

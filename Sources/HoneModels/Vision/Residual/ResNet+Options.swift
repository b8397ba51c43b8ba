extension ResNet {
  /// What the blocks of a residual network are made of.
  public enum Block: String, Sendable, Hashable, CaseIterable {
    /// Two 3x3 convolutions.
    case basic
    /// A 1x1 convolution to fewer channels, a 3x3 one, and a 1x1 one to four times as many; the 3x3
    /// one takes the stride, as in torchvision (the paper strides the first).
    case bottleneck
  }

  /// Where a network's normalizations are.
  public enum Order: String, Sendable, Hashable, CaseIterable {
    /// Behind each convolution (He and others 2015).
    case post
    /// Before each convolution, together with the activation, so that the shortcut path is free of
    /// both (He and others 2016, arXiv 1603.05027).
    case pre
  }

  /// How a network begins.
  public enum Stem: String, Sendable, Hashable, CaseIterable {
    /// A 7x7 convolution and a max pooling, each with stride 2: for images of 100 pixels and more.
    case large
    /// A 3x3 convolution that keeps the size: for images of about 32 pixels.
    case small
  }

  /// The architecture of a residual network.
  public struct Options: Sendable, Hashable {
    /// The kind of block.
    public var block: Block
    /// The number of blocks in each stage; each stage but the first halves the map and has twice as
    /// many channels.
    public var counts: [Int]
    /// The channels of the first stage, before a bottleneck's factor of four.
    public var width: Int
    /// The channels behind the stem; the first stage's where nil.
    public var stemWidth: Int?
    /// How the network begins.
    public var stem: Stem
    /// Where normalizations are.
    public var order: Order
    /// The groups of a bottleneck's 3x3 convolution (ResNeXt, Xie and others 2017).
    public var groups: Int
    /// The channels of each such group, for a first stage of 64.
    public var groupWidth: Int
    /// By how much squeeze-and-excitation reduces the channels in each block; none where nil.
    public var excitationReduction: Int?
    /// The share of channels dropped between the convolutions of basic blocks, as in wide networks.
    public var blockDropout: Double
    /// The share of features that training drops before the head.
    public var dropout: Double
    /// Whether each block starts as its shortcut, its last normalization being zero (Goyal and others
    /// 2017).
    ///
    /// For `.post` only.
    public var startsAtIdentity: Bool

    /// Options; those left out make torchvision's `resnet18`.
    public init(
      block: Block = .basic, counts: [Int] = [2, 2, 2, 2], width: Int = 64, stemWidth: Int? = nil,
      stem: Stem = .large, order: Order = .post
    ) {
      self.block = block
      self.counts = counts
      self.width = width
      self.stemWidth = stemWidth
      self.stem = stem
      self.order = order
      groups = 1
      groupWidth = 64
      excitationReduction = nil
      blockDropout = 0
      dropout = 0
      startsAtIdentity = false
    }

    /// The networks of He and others (2015) for large images, as torchvision builds them.
    /// - Parameter depth: 18, 34, 50, 101 or 152.
    /// - Precondition: the depth is one of these.
    public static func depth(_ depth: Int) -> Options {
      switch depth {
      case 18: return Options(counts: [2, 2, 2, 2])
      case 34: return Options(counts: [3, 4, 6, 3])
      case 50: return Options(block: .bottleneck, counts: [3, 4, 6, 3])
      case 101: return Options(block: .bottleneck, counts: [3, 4, 23, 3])
      case 152: return Options(block: .bottleneck, counts: [3, 8, 36, 3])
      default:
        fatalError("ResNet got depth: \(depth); it must be 18, 34, 50, 101 or 152.")
      }
    }

    /// A network for small images: three stages of `width`, `2 width` and `4 width` channels, with
    /// 1x1 convolutions as shortcuts where the shape changes.
    /// - Parameters:
    ///   - depth: the number of layers with weights on the main path, 2 more than a multiple of 6.
    ///   - width: the channels of the first stage.
    ///   - order: where normalizations are.
    /// - Precondition: `depth` is 8, 14, 20, ….
    public static func small(depth: Int, width: Int = 16, order: Order = .pre) -> Options {
      guard depth >= 8, depth % 6 == 2 else {
        fatalError(
          "ResNet got depth: \(depth); for small images it must be 2 more than a multiple of 6: "
            + "8, 14, 20, 26, …")
      }
      return Options(
        counts: [Int](repeating: (depth - 2) / 6, count: 3), width: width, stem: .small,
        order: order)
    }

    /// A wide residual network WRN-depth-factor for small images (Zagoruyko and Komodakis 2016, arXiv
    /// 1605.07146).
    /// - Parameters:
    ///   - depth: the number of convolutions, 4 more than a multiple of 6; shortcuts count.
    ///   - factor: by how much it is wider than a plain network of 16 channels.
    ///   - dropout: the share dropped between the convolutions of a block.
    /// - Precondition: `depth` is 10, 16, 22, 28, ….
    public static func wide(depth: Int, factor: Int, dropout: Double = 0) -> Options {
      guard depth >= 10, depth % 6 == 4 else {
        fatalError(
          "A wide ResNet got depth: \(depth); it must be 4 more than a multiple of 6: 10, 16, 22, "
            + "28, …")
      }
      var options = Options(
        counts: [Int](repeating: (depth - 4) / 6, count: 3), width: 16 * factor, stemWidth: 16,
        stem: .small, order: .pre)
      options.blockDropout = dropout
      return options
    }

    /// torchvision's `resnext50_32x4d` (Xie and others 2017, arXiv 1611.05431).
    public static var resNeXt50: Options {
      var options = depth(50)
      options.groups = 32
      options.groupWidth = 4
      return options
    }

    /// torchvision's `wide_resnet50_2`: twice as many channels within its bottlenecks.
    public static var wide50: Options {
      var options = depth(50)
      options.groupWidth = 128
      return options
    }

    /// The channels behind a block of a stage.
    func outputs(ofStage stage: Int) -> Int {
      (width << stage) * (block == .bottleneck ? 4 : 1)
    }

    /// The channels within a block of a stage.
    func innerWidth(ofStage stage: Int) -> Int {
      block == .basic ? width << stage : (width << stage) * groupWidth / 64 * groups
    }
  }
}

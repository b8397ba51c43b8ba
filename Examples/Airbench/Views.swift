import Hone

/// Images of a data set in memory, and how a network sees them.
struct ImageSet {
  /// `[count, 3, 32, 32]`, standardized.
  let images: Tensor
  let labels: Tensor
  var count: Int { labels.shape[0] }

  init(_ data: Dataset, _ indices: [Int], _ preprocessor: Preprocessor) throws {
    let loader = try DataLoader(
      data, indices: indices, preprocessor: preprocessor,
      options: LoaderOptions(batchSize: indices.count))
    guard let batch = try loader.epoch(0).next() else { fatalError("There are no images.") }
    images = Tensor(batch.inputs)
    labels = Tensor(batch.targets)
  }

  /// An epoch's images: each shifted by up to two pixels, and mirrored in every second epoch, so that two
  /// epochs show each side of all images (alternating flip), where coins would show some sides twice.
  func epoch(_ number: Int, seed: UInt64) -> ImageSet {
    var sides = RandomStream(seed: seed, "sides")
    var shifts = RandomStream(seed: seed, "shifts", number)
    var views: [Int: [Int]] = [:]
    for sample in 0..<count {
      let isMirrored = (sides.index(below: 2) + number).isMultiple(of: 2)
      views[shifts.index(below: 25) * 2 + (isMirrored ? 1 : 0), default: []].append(sample)
    }
    let wide = ImageSet.mirroredAtEdges(images, by: 2)
    let pieces = views.sorted { $0.key < $1.key }.map { view, samples in
      let (row, column) = (view / 2 / 5, view / 2 % 5)
      let piece = wide.gathered(index(samples))
        .sliced(row..<(row + 32), along: 2).sliced(column..<(column + 32), along: 3)
      return view.isMultiple(of: 2) ? piece : piece.flipped(along: [3])
    }
    let order = views.sorted { $0.key < $1.key }.flatMap(\.value)
    return ImageSet(images: Tensor.concatenated(pieces), labels: labels.gathered(index(order)))
  }

  /// Some of the images.
  func batch(_ samples: [Int]) -> (Tensor, Tensor) {
    (images.gathered(index(samples)).contiguous(.channelsLast), labels.gathered(index(samples)))
  }

  /// Images that stand for those of the set, and how much what is seen in them counts.
  typealias View = (images: Tensor, weight: Double)

  /// The images in place and shifted by a pixel each way, and all of them mirrored: six views to be
  /// averaged, those in place counting half.
  var shiftedViews: [View] {
    let wide = ImageSet.mirroredAtEdges(images, by: 1)
    let shifted = [0, 2].map {
      wide.sliced($0..<($0 + 32), along: 2).sliced($0..<($0 + 32), along: 3)
    }
    let seen = [(images, 0.25)] + shifted.map { ($0, 0.125) }
    return seen + seen.map { ($0.0.flipped(along: [3]), $0.1) }
  }

  /// The share of images that the views together get right.
  func shareRight(by views: [View], _ network: (Tensor) -> Tensor) -> Double {
    withoutGradients {
      var right = 0.0
      for start in stride(from: 0, to: count, by: 1000) {
        let rows = start..<min(start + 1000, count)
        let answers = views.map { view in
          network(view.images[rows].contiguous(.channelsLast)).cast(to: .float32)
            .softmax(along: 1) * Scalar(view.weight)
        }
        let guess = answers.dropFirst().reduce(answers[0], +).indexOfMaximum(along: 1)
        right += guess.isEqual(to: labels[rows]).cast(to: .float32).sum().item()
      }
      return right / Double(count)
    }
  }

  private init(images: Tensor, labels: Tensor) {
    self.images = images
    self.labels = labels
  }

  private func index(_ samples: [Int]) -> Tensor { Tensor(samples.map { Int64($0) }) }

  /// The images with pixels added on each side, mirrored at the edge, which is not repeated.
  private static func mirroredAtEdges(_ images: Tensor, by pixels: Int) -> Tensor {
    [2, 3].reduce(images) { wide, axis in
      let extent = wide.shape[axis]
      let before = wide.sliced(1..<(pixels + 1), along: axis).flipped(along: [axis])
      let behind = wide.sliced((extent - pixels - 1)..<(extent - 1), along: axis)
        .flipped(along: [axis])
      return Tensor.concatenated([before, wide, behind], along: axis)
    }
  }
}

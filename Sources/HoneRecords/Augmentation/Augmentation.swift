/// One random change of the training images or texts, drawn anew for every sample and epoch.
///
/// Defaults are torchvision's (transforms v2, 0.28) where it has the kind and a default; the others are
/// named. A sample keeps its size: what leaves an image of another size is followed by a resize. What a
/// step uncovers is filled, 0 being black. Erasing steps act after normalisation, whatever their place;
/// mixing steps act on whole batches.
public enum Augmentation: Sendable, Hashable, Codable {
  // Geometry.

  /// Pads every side by so many pixels and cuts the original size at a random place.
  case randomCrop(padding: Int = 4, mode: Padding = .constant, fill: Double = 0)
  /// Cuts a box of random area and ratio of sides, and resizes it to the sample's size (Szegedy et al.
  /// 2015, arXiv 1409.4842).
  case randomResizedCrop(scale: [Double] = [0.08, 1], ratio: [Double] = [0.75, 4.0 / 3])
  /// Cuts the middle.
  case centerCrop(size: Int)
  /// Adds pixels on every side.
  case pad(pixels: Int, mode: Padding = .constant, fill: Double = 0)
  /// Puts the image somewhere on a canvas several times its size (Liu et al. 2016, arXiv 1512.02325).
  case randomZoomOut(scale: [Double] = [1, 4], probability: Double = 0.5, fill: Double = 0)
  /// Mirrors left and right.
  case horizontalFlip(probability: Double = 0.5)
  /// Mirrors top and bottom.
  case verticalFlip(probability: Double = 0.5)
  /// Shifts by whole pixels, uniform up to the given number in each direction.
  ///
  /// Keras and torchvision have it as a share of the side, in their affine steps.
  case randomTranslate(pixels: Int = 2)
  /// Rotates about the centre by an angle uniform up to the given degrees either way.
  ///
  /// torchvision asks for the degrees; Keras interpolates and mirrors at the border.
  case randomRotation(
    degrees: Double = 10, interpolation: Interpolation = .nearest, fill: Double = 0)
  /// Rotates, shifts by shares of the sides, scales and shears about the centre.
  case randomAffine(
    degrees: Double = 0, translate: [Double] = [0, 0], scale: [Double] = [1, 1],
    shear: [Double] = [0, 0], interpolation: Interpolation = .nearest, fill: Double = 0)
  /// Moves the corners inwards by up to a share of half the sides.
  case randomPerspective(
    distortion: Double = 0.5, probability: Double = 0.5, interpolation: Interpolation = .bilinear,
    fill: Double = 0)
  /// Shifts pixels by a smoothed random field (Simard et al. 2003).
  case elastic(
    alpha: Double = 50, sigma: Double = 5, interpolation: Interpolation = .bilinear,
    fill: Double = 0)

  // Colour.

  /// Multiplies pixels by a factor uniform in `1 - amount...1 + amount`.
  case brightness(amount: Double = 0.2)
  /// Spreads pixels about the image's mean light by such a factor.
  case contrast(amount: Double = 0.2)
  /// Spreads colours about grey by such a factor.
  case saturation(amount: Double = 0.2)
  /// Turns the hue by up to a share of the circle either way.
  case hue(amount: Double = 0.1)
  /// Changes brightness, contrast, saturation and hue in random order.
  case colorJitter(
    brightness: Double = 0, contrast: Double = 0, saturation: Double = 0, hue: Double = 0)
  /// Changes each of them with a probability, and the order of channels (arXiv 1512.02325).
  case photometricDistort(
    probability: Double = 0.5, brightness: [Double] = [0.875, 1.125],
    contrast: [Double] = [0.5, 1.5], saturation: [Double] = [0.5, 1.5],
    hue: [Double] = [-0.05, 0.05])
  /// Raises light to a power uniform in a range; the range is Albumentations'.
  case randomGamma(range: [Double] = [0.8, 1.2], probability: Double = 0.5)
  /// Sets all channels to the luma.
  case grayscale(probability: Double = 0.1)
  /// Turns light to dark.
  case invert(probability: Double = 0.5)
  /// Keeps the upper bits; torchvision asks for their number.
  case posterize(bits: Int = 4, probability: Double = 0.5)
  /// Inverts light from a threshold on; torchvision asks for it.
  case solarize(threshold: Double = 128, probability: Double = 0.5)
  /// Spreads the histogram evenly.
  case equalize(probability: Double = 0.5)
  /// Stretches each channel to the full range.
  case autocontrast(probability: Double = 0.5)
  /// Sharpens, or smooths where the factor is below 1.
  case sharpness(factor: Double = 2, probability: Double = 0.5)
  /// Reorders the channels.
  case channelPermutation
  /// Equalises each channel within tiles, the slope limited (Zuiderveld 1994); Albumentations' limits,
  /// which equalises the lightness alone.
  case clahe(limit: Double = 4, tiles: Int = 8, probability: Double = 0.5)

  // Quality.

  /// Blurs by a Gaussian of random width; torchvision asks for the kernel's size.
  case gaussianBlur(size: Int = 5, sigma: [Double] = [0.1, 2])
  /// Blurs along a line of random direction.
  case motionBlur(size: Int = 7, probability: Double = 0.5)
  /// Takes the median of a neighbourhood.
  case medianBlur(size: Int = 3, probability: Double = 0.5)
  /// Adds normal noise; 1 is the full range of light.
  case gaussianNoise(mean: Double = 0, sigma: Double = 0.1)
  /// Sets a share of the pixels to black or white.
  case saltAndPepper(share: Double = 0.05, probability: Double = 0.5)
  /// Compresses as JPEG of a quality uniform in a range; torchvision asks for it.
  case jpeg(quality: [Int] = [50, 100])

  // Erasing, after normalisation.

  /// Replaces a rectangle (Zhong et al. 2017, arXiv 1708.04896, whose fill is random; torchvision's is
  /// zero).
  case randomErasing(
    probability: Double = 0.5, scale: [Double] = [0.02, 0.33], ratio: [Double] = [0.3, 3.3],
    fill: ErasingFill = .zero, value: Double = 0)
  /// Sets squares to zero, their centres anywhere, clipped at the border (DeVries and Taylor 2017,
  /// arXiv 1708.04552; 16 is theirs for CIFAR-10).
  case cutout(size: Int = 16, holes: Int = 1)
  /// Sets a grid of squares to zero (Chen et al. 2020, arXiv 2001.04086).
  ///
  /// The period is a share of the short side, of which `kept` stays.
  case gridMask(kept: Double = 0.6, period: [Double] = [0.43, 1], probability: Double = 0.8)

  // Mixing of batches.

  /// Blends each image and label with its neighbour's by a Beta-distributed share (Zhang et al. 2017,
  /// arXiv 1710.09412; Keras draws with 0.2).
  case mixUp(alpha: Double = 1, offLastEpochs: Int = 0)
  /// Pastes a rectangle of each image's neighbour, labels mixed by the area that is left (Yun et al.
  /// 2019, arXiv 1905.04899).
  case cutMix(alpha: Double = 1, offLastEpochs: Int = 0)

  // Policies.

  /// One of 25 learned pairs of operations (Cubuk et al. 2018, arXiv 1805.09501).
  case autoAugment(
    policy: Policy = .imagenet, interpolation: Interpolation = .nearest, fill: Double = 0)
  /// Operations drawn from 14, all of one magnitude (Cubuk et al. 2019, arXiv 1909.13719).
  ///
  /// Magnitude 9 is 30 % of the range on torchvision's scale of 31 and 90 % on timm's of ten.
  case randAugment(
    operations: Int = 2, magnitude: Int = 9, scale: MagnitudeScale = .torchvision,
    interpolation: Interpolation = .nearest, fill: Double = 0)
  /// One operation of random magnitude (Müller and Hutter 2021, arXiv 2103.10158).
  case trivialAugment(
    bins: Int = 31, interpolation: Interpolation = .nearest, fill: Double = 0)
  /// Blends chains of operations with the image (Hendrycks et al. 2019, arXiv 1912.02781).
  ///
  /// - Parameter depth: operations in a chain, drawn from 1 to 3 where 0.
  case augMix(
    severity: Int = 3, width: Int = 3, depth: Int = 0, alpha: Double = 1,
    allOperations: Bool = true, interpolation: Interpolation = .bilinear, fill: Double = 0)

  // Texts.

  /// Puts words before words of a text (Wei and Zou 2019, arXiv 1901.11196).
  case wordInsertion(
    source: InsertionSource = .synonyms, wordNet: String? = nil, vectors: String? = nil,
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Takes words out of a text (arXiv 1901.11196).
  case wordDeletion(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Exchanges neighbouring words.
  case wordSwap(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts a space into words of at least so many characters.
  case wordSplit(
    minimumLength: Int = 4, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words of the same meaning in the place of words (Miller 1995; arXiv 1901.11196).
  case synonymReplacement(
    wordNet: String? = nil, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words of the opposite meaning in the place of words (Miller 1995).
  case antonymReplacement(
    wordNet: String? = nil, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words with near vectors in the place of words.
  case embeddingReplacement(
    vectors: String, neighbors: Int = 10, similarity: Double = 0.5, share: Double = 0.3,
    minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words that say little in the place of such words (Xie et al. 2019, arXiv 1904.12848).
  case tfIdfReplacement(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Misspells words as they often are, from a file or the built-in list.
  case spellingNoise(
    dictionary: String? = nil, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Corrects misspelled words by hunspell.
  case spellingCorrection(
    dictionary: String = "en_US", share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Inserts, omits, exchanges and replaces characters (Damerau 1964).
  case typoNoise(
    minimumLength: Int = 4, characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Slips to neighbouring keys, Hangul on the two-set layout.
  case keyboardNoise(
    minimumLength: Int = 4, characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Takes characters for others that look alike.
  case ocrNoise(
    characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Misspells Hangul by sound and by stroke.
  case jamoNoise(
    characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Leaves spaces out or puts them into words.
  case spacingNoise(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Has a model on this machine translate texts and back (Sennrich et al. 2016, arXiv 1511.06709).
  case backTranslation(
    endpoint: String, through: String = "de", timeoutSeconds: Double = 30, probability: Double = 1)
  /// Has a model on this machine say texts anew.
  case generation(endpoint: String, timeoutSeconds: Double = 30, probability: Double = 1)

  // Combinations.

  /// One of several steps.
  case oneOf(steps: [Augmentation])
  /// So many of several steps, each once, in their order.
  case someOf(count: Int, steps: [Augmentation])
  /// All steps, in random order.
  case randomOrder(steps: [Augmentation])
  /// All steps, or none.
  case randomApply(probability: Double = 0.5, steps: [Augmentation])
  /// All steps for samples of some classes, nothing for others.
  case forClasses(classes: [String], steps: [Augmentation])
}

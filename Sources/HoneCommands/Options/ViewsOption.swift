import ArgumentParser
import HoneData

/// Views of an image as the command line names them: `horizontalFlip`, `flips`, `shifts:2`,
/// `fiveCrop:24`, `tenCrop:24`.
struct ViewsOption: ExpressibleByArgument, Equatable {
  let views: TestTimeAugmentation

  init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = parts.first else { return nil }
    let number = parts.count > 1 ? Int(parts[1]) : nil
    switch (name, number) {
    case ("horizontalFlip", nil) where parts.count == 1: views = .horizontalFlip
    case ("flips", nil) where parts.count == 1: views = .flips
    case ("shifts", let pixels?) where pixels > 0: views = .shifts(pixels: pixels)
    case ("fiveCrop", let side?) where side > 0: views = .fiveCrop(side: side)
    case ("tenCrop", let side?) where side > 0: views = .tenCrop(side: side)
    default: return nil
    }
  }
}

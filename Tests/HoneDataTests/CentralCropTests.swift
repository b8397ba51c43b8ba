import Foundation
import Testing

@testable import HoneData

@Suite struct CentralCropTests {
  @Test("pictures are resized and cropped to the pixels of torchvision's Resize and CenterCrop")
  func likeTorchvision() throws {
    let url = Fixtures.folder.appendingPathComponent("crops.json")
    let rows = try JSONDecoder().decode([[Int]].self, from: Data(contentsOf: url))
    #expect(rows.count > 40)
    for row in rows {
      let crop = CentralCrop(
        of: (row[0], row[1]), height: row[3], width: row[3], resize: row[2])
      #expect(
        [crop.fittedHeight, crop.fittedWidth, crop.top, crop.left] == Array(row[4...]), "\(row)")
    }
  }

  @Test("without a size to resize to, no more than needed is cropped")
  func tightest() {
    let wide = CentralCrop(of: (30, 40), height: 10, width: 10, resize: nil)
    #expect(wide.fittedHeight == 10 && wide.fittedWidth == 13)
    #expect(wide.top == 0 && wide.left == 2)
    let oblong = CentralCrop(of: (30, 40), height: 10, width: 20, resize: 5)
    #expect(oblong.fittedHeight == 15 && oblong.fittedWidth == 20)
    #expect(oblong.top == 2 && oblong.left == 0)
  }
}

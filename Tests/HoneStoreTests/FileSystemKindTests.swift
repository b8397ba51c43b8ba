import Foundation
import Testing

@testable import HoneStore

struct FileSystemKindTests {
  private let mounts = """
    22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
    40 22 0:40 / /home rw - nfs4 server:/home rw,vers=4.2
    41 40 0:41 / /home/local\\040disk rw - xfs /dev/vdb rw
    42 22 0:42 / /shared rw shared:5 - cifs //server/shared rw
    """

  @Test("the mount nearest to a file counts")
  func nearest() {
    func kind(_ folder: String) -> String? { FileSystemKind.network(of: folder, mounts: mounts) }
    #expect(kind("/work") == nil)
    #expect(kind("/home/me/work") == "nfs4")
    #expect(kind("/home") == "nfs4")
    #expect(kind("/homework") == nil)
    #expect(kind("/home/local disk/work") == nil)
    #expect(kind("/shared/photos/.hone") == "cifs")
  }

  @Test("a store on a network file system is refused by its kind, and nothing is made")
  func refused() throws {
    try withFolder { folder in
      let path = folder + "/.hone/hone.sqlite"
      #expect(throws: StoreError.networkFileSystem(path: path, kind: "nfs4")) {
        try SQLiteStore(path: path, migrations: Schema.migrations, network: { _ in "nfs4" })
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/.hone"))
    }
  }
}

import Foundation
import HoneStore
import Testing

struct ArtifactFoldersTests {
  @Test("each run has a folder of its own beside the store")
  func folders() throws {
    try withFolder { path in
      let artifacts = ArtifactFolders(store: path + "/.hone/hone.sqlite")
      let folder = try artifacts.makeFolder(of: "20261121-084512-k3f9")
      #expect(folder.path == path + "/.hone/runs/20261121-084512-k3f9")
      #expect(FileManager.default.fileExists(atPath: folder.path))
      try artifacts.removeFolder(of: "20261121-084512-k3f9")
      #expect(!FileManager.default.fileExists(atPath: folder.path))
      try artifacts.removeFolder(of: "20261121-084512-k3f9")
    }
  }

  @Test("paths in records are relative to the store's folder and lead back to the file")
  func paths() throws {
    let artifacts = ArtifactFolders(store: "/work-folder/.hone/hone.sqlite")
    let file = try artifacts.folder(of: "a").appending(path: "best.safetensors")
    #expect(artifacts.relativePath(of: file) == "runs/a/best.safetensors")
    #expect(artifacts.file(at: "runs/a/best.safetensors").path == file.path)
    let elsewhere = URL(filePath: "/elsewhere/x")
    #expect(artifacts.relativePath(of: elsewhere) == "/elsewhere/x")
    #expect(artifacts.file(at: "/elsewhere/x").path == "/elsewhere/x")
  }

  @Test("runs in PostgreSQL keep their files in the working folder")
  func address() {
    let root = ArtifactFolders(store: "postgresql://host/runs").root
    #expect(root.path == FileManager.default.currentDirectoryPath + "/.hone")
  }

  @Test("no id leads out of the store's folder", arguments: ["../x", "/etc", "", "a/../../b"])
  func escape(id: String) {
    #expect(throws: StoreError.invalidIdentifier(id)) {
      try ArtifactFolders(store: "s/hone.sqlite").removeFolder(of: id)
    }
  }
}

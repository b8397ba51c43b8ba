import Foundation

/// The kinds of file system on which SQLite loses data, because another machine may hold the file too.
enum FileSystemKind {
  /// What Linux calls file systems that lie on other machines.
  private static let networks: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "lustre", "gpfs", "afs", "beegfs",
    "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.rclone",
  ]

  /// The network file system that a file lies on or would lie on; nil on a disk of this machine.
  static func network(of path: String) -> String? {
    guard let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8) else {
      return nil
    }
    var folder = URL(filePath: path).absoluteURL.deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path) {
      folder.deleteLastPathComponent()
    }
    return network(of: folder.resolvingSymlinksInPath().path, mounts: mounts)
  }

  /// The network file system of an absolute folder, by the text of `/proc/self/mountinfo`.
  static func network(of folder: String, mounts: String) -> String? {
    var kind: String?
    var longest = -1
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else {
        continue
      }
      // Blanks in a mount's place are written in octal.
      let place = words[4].replacing("\\040", with: " ").replacing("\\011", with: "\t")
      let isAbove = place == "/" || folder == place || folder.hasPrefix(place + "/")
      // Of two mounts in one place the later one counts.
      guard isAbove, place.utf8.count >= longest else { continue }
      longest = place.utf8.count
      kind = String(words[dash + 1])
    }
    return kind.flatMap { networks.contains($0) ? $0 : nil }
  }
}

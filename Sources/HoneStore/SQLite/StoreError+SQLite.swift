import GRDB

extension StoreError {
  /// What an error of the database means for the user.
  init(_ error: any Error, path: String) {
    if let error = error as? StoreError {
      self = error
      return
    }
    if let error = error as? UnreadableRecord {
      self = .unreadable(path: path, id: error.id, reason: error.reason)
      return
    }
    if error is SQLRow.Mismatch || error is PointBlock.Damaged {
      self = .corrupt(path: path, reason: "\(error)")
      return
    }
    guard let error = error as? DatabaseError else {
      self = .unexpected(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      self = .cannotCreate(path: path, reason: reason)
    case .SQLITE_IOERR: self = .inputOutput(path: path, reason: reason)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path, reason: reason)
    default: self = .unexpected(path: path, reason: reason)
    }
  }
}

public import HoneRecords

/// Opens the store that a user names: a file, or the address of a PostgreSQL database.
/// - Parameters:
///   - name: a path or `postgresql://…`.
///   - createsIfMissing: whether to make a store that is not there.
/// - Throws: `StoreError`.
public func openStore(
  _ name: String, createsIfMissing: Bool = true
) throws(StoreError) -> any RunStore {
  if PostgreSQLStore.isAddress(name) {
    return try PostgreSQLStore(address: name, createsIfMissing: createsIfMissing)
  }
  if name.contains("://") {
    throw .badAddress(name, reason: "it does not begin with postgresql://")
  }
  return try SQLiteStore(path: name, createsIfMissing: createsIfMissing)
}

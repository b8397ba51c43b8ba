import Foundation

/// The functions of PostgreSQL's client library, found at run time, so that Hone builds and runs
/// without it.
///
/// Signatures are those of libpq's `libpq-fe.h`; they have not changed since PostgreSQL 8.
struct LibPQ: Sendable {
  typealias Text = UnsafePointer<CChar>
  typealias Texts = UnsafePointer<Text?>
  typealias Connect = @Sendable @convention(c) (Texts, Texts, Int32) -> OpaquePointer?
  typealias Release = @Sendable @convention(c) (OpaquePointer?) -> Void
  typealias Notice = @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void
  typealias ReceiveNotices =
    @Sendable @convention(c) (OpaquePointer?, Notice?, UnsafeMutableRawPointer?) -> Notice?
  typealias Number = @Sendable @convention(c) (OpaquePointer?) -> Int32
  typealias Words = @Sendable @convention(c) (OpaquePointer?) -> Text?
  typealias Field = @Sendable @convention(c) (OpaquePointer?, Int32) -> Text?
  typealias ColumnType = @Sendable @convention(c) (OpaquePointer?, Int32) -> UInt32
  typealias CellNumber = @Sendable @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  typealias CellBytes =
    @Sendable @convention(c) (OpaquePointer?, Int32, Int32) -> UnsafePointer<UInt8>?
  typealias Answer = @Sendable @convention(c) (OpaquePointer?) -> OpaquePointer?
  typealias PutBytes =
    @Sendable @convention(c) (OpaquePointer?, UnsafeRawPointer?, Int32) -> Int32
  typealias PutEnd = @Sendable @convention(c) (OpaquePointer?, Text?) -> Int32
  typealias Run =
    @Sendable @convention(c) (
      OpaquePointer?, Text, Int32, UnsafePointer<UInt32>?, Texts?, UnsafePointer<Int32>?,
      UnsafePointer<Int32>?, Int32
    ) -> OpaquePointer?

  let connect: Connect
  let finish: Release
  let receiveNotices: ReceiveNotices
  let status: Number
  let needsPassword: Number
  let errorMessage: Words
  let run: Run
  let resultStatus: Number
  let resultError: Words
  let errorField: Field
  let rowCount: Number
  let columnCount: Number
  let columnType: ColumnType
  let value: CellBytes
  let length: CellNumber
  let isNull: CellNumber
  let changedRows: Words
  let clear: Release
  let putCopyData: PutBytes
  let putCopyEnd: PutEnd
  let getResult: Answer

  /// What the library is called on Linux and macOS.
  static let names = [
    "libpq.so.5", "libpq.so", "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
  ]

  /// Opens the library.
  /// - Throws: `StoreError.libraryMissing`.
  init(names: [String] = LibPQ.names) throws(StoreError) {
    let name = names.first ?? "libpq"
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      throw .libraryMissing(name)
    }
    func find<Function>(_ symbol: String, _ type: Function.Type) throws(StoreError) -> Function {
      guard let address = dlsym(library, symbol) else { throw .libraryMissing(name) }
      return unsafeBitCast(address, to: type)
    }
    connect = try find("PQconnectdbParams", Connect.self)
    finish = try find("PQfinish", Release.self)
    receiveNotices = try find("PQsetNoticeReceiver", ReceiveNotices.self)
    status = try find("PQstatus", Number.self)
    needsPassword = try find("PQconnectionNeedsPassword", Number.self)
    errorMessage = try find("PQerrorMessage", Words.self)
    run = try find("PQexecParams", Run.self)
    resultStatus = try find("PQresultStatus", Number.self)
    resultError = try find("PQresultErrorMessage", Words.self)
    errorField = try find("PQresultErrorField", Field.self)
    rowCount = try find("PQntuples", Number.self)
    columnCount = try find("PQnfields", Number.self)
    columnType = try find("PQftype", ColumnType.self)
    value = try find("PQgetvalue", CellBytes.self)
    length = try find("PQgetlength", CellNumber.self)
    isNull = try find("PQgetisnull", CellNumber.self)
    changedRows = try find("PQcmdTuples", Words.self)
    clear = try find("PQclear", Release.self)
    putCopyData = try find("PQputCopyData", PutBytes.self)
    putCopyEnd = try find("PQputCopyEnd", PutEnd.self)
    getResult = try find("PQgetResult", Answer.self)
  }
}

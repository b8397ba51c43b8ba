/// The series of runs, packed into blocks: one for each time that a program wrote.
struct SeriesTable {
  let session: any SQLSession

  /// Blocks smaller than this are joined when there are many.
  private static let fullBlock = 4096
  private static let mostSmallBlocks = 64

  /// Adds a block to a series.
  ///
  /// A block that is added twice does no harm: points of the same number count once.
  func append(_ block: PointBlock, to series: String, of run: String) throws {
    guard !block.steps.isEmpty else { return }
    try session.execute(
      """
      INSERT INTO blocks (run, series, position, count, points)
      VALUES (?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM blocks
        WHERE run = ? AND series = ?), ?, ?)
      """,
      [
        .text(run), .text(series), .text(run), .text(series), .integer(block.steps.count),
        .blob(block.encoded()),
      ])
    try joinSmallBlocks(of: series, run)
  }

  /// The whole of a series.
  func read(_ series: String, of run: String) throws -> PointBlock {
    let rows = try session.rows(
      "SELECT points FROM blocks WHERE run = ? AND series = ? ORDER BY position",
      [.text(run), .text(series)])
    return try PointBlock.merged(rows.map { try PointBlock(decoding: $0.blob(0)) })
  }

  /// The names of a run's series.
  func names(of run: String) throws -> [String] {
    try session.rows(
      "SELECT DISTINCT series FROM blocks WHERE run = ? ORDER BY series", [.text(run)]
    ).map { try $0.text(0) }
  }

  private func joinSmallBlocks(of series: String, _ run: String) throws {
    let small = try session.rows(
      "SELECT position FROM blocks WHERE run = ? AND series = ? AND count < ? ORDER BY position",
      [.text(run), .text(series), .integer(SeriesTable.fullBlock)]
    ).map { try $0.integer(0) }
    guard small.count >= SeriesTable.mostSmallBlocks, let first = small.first else { return }
    // Only the newest can be small without gaps, so joining them keeps the order.
    let rows = try session.rows(
      "SELECT points FROM blocks WHERE run = ? AND series = ? AND position >= ? ORDER BY position",
      [.text(run), .text(series), .integer(first)])
    let joined = try PointBlock.merged(rows.map { try PointBlock(decoding: $0.blob(0)) })
    try session.execute(
      "DELETE FROM blocks WHERE run = ? AND series = ? AND position > ?",
      [.text(run), .text(series), .integer(first)])
    try session.execute(
      "UPDATE blocks SET count = ?, points = ? WHERE run = ? AND series = ? AND position = ?",
      [
        .integer(joined.steps.count), .blob(joined.encoded()), .text(run), .text(series),
        .integer(first),
      ])
  }
}

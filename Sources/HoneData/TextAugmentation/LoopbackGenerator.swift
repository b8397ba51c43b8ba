import Foundation

/// Asks a model that runs on this machine, over HTTP.
///
/// Sends `POST` with the request as JSON (`{"text", "task", "through", "seed"}`) and expects
/// `{"text": …}`. Only addresses of this machine are asked: no text leaves it.
public struct LoopbackGenerator: TextGenerator {
  /// The address as given.
  public let endpoint: String
  /// The longest wait for an answer.
  public let timeoutSeconds: Double
  private let port: UInt16
  private let path: String
  private let isVersion6: Bool
  /// Answers beyond this are refused.
  private static let largestAnswer = 1 << 24

  /// A model at an address.
  /// - Parameters:
  ///   - endpoint: `http://` with `localhost`, `127.…` or `[::1]`, a port and a path.
  ///   - timeoutSeconds: the longest wait for an answer.
  /// - Throws: `DataError.badTextAugmentation` for any other address.
  public init(_ endpoint: String, timeoutSeconds: Double = 30) throws(DataError) {
    guard let parts = URLComponents(string: endpoint), parts.scheme == "http",
      let host = parts.host, LoopbackGenerator.isLoopback(host), parts.user == nil,
      let port = UInt16(exactly: parts.port ?? 80)
    else { throw .badTextAugmentation(.notLoopback(endpoint: endpoint)) }
    self.endpoint = endpoint
    self.timeoutSeconds = timeoutSeconds
    self.port = port
    let query = parts.percentEncodedQuery.map { "?\($0)" } ?? ""
    path = (parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath) + query
    isVersion6 = host.contains(":")
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" || host == "[::1]" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }

  /// A text said anew by the model.
  /// - Throws: `DataError.badTextAugmentation` where no answer of the expected kind comes.
  public func generate(_ request: TextGenerationRequest) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = [UInt8](try encoder.encode(request))
    let head =
      "POST \(path) HTTP/1.0\r\nHost: localhost:\(port)\r\nContent-Type: application/json\r\n"
      + "Accept: application/json\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    let connection = try LoopbackConnection(
      port: port, isVersion6: isVersion6, timeoutSeconds: timeoutSeconds, failure: failure)
    try connection.send(Array(head.utf8) + body)
    let answer = try connection.receive(limit: LoopbackGenerator.largestAnswer)
    return try text(of: answer)
  }

  private func failure(_ reason: String) -> DataError {
    .badTextAugmentation(.noAnswer(endpoint: endpoint, reason: reason))
  }

  /// The text of an answer: the status, the lines of the head, an empty line, the body.
  private func text(of answer: [UInt8]) throws -> String {
    let mark = Array("\r\n\r\n".utf8)
    guard let end = answer.indices.dropLast(3).first(where: { Array(answer[$0..<$0 + 4]) == mark })
    else { throw failure("the answer is not HTTP") }
    let head = String(decoding: answer[..<end], as: UTF8.self).lowercased()
    let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    guard status == 200 else { throw failure("the answer has the status \(status), not 200") }
    var body = Array(answer[(end + 4)...])
    if head.contains("transfer-encoding: chunked") { body = try joinedChunks(body) }
    guard let found = try? JSONDecoder().decode([String: String].self, from: Data(body)),
      let text = found["text"]
    else { throw failure("the answer is not {\"text\": …}") }
    return text
  }

  private func joinedChunks(_ body: [UInt8]) throws -> [UInt8] {
    var joined: [UInt8] = []
    var place = 0
    while let end = body[place...].firstIndex(of: 0x0D) {
      let size = String(decoding: body[place..<end].prefix { $0 != 0x3B }, as: UTF8.self)
      guard let count = Int(size, radix: 16), count >= 0, end + 2 + count <= body.count else {
        break
      }
      if count == 0 { return joined }
      joined += body[(end + 2)..<(end + 2 + count)]
      place = min(body.count, end + 2 + count + 2)
    }
    throw failure("the answer ends within a part")
  }
}

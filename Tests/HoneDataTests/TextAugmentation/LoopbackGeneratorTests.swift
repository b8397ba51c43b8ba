import Foundation
import HoneText
import Synchronization
import Testing

@testable import HoneData

/// A server on a free port of this machine that answers each request with the same bytes.
private final class TinyServer: Sendable {
  let port: Int
  let requests = Mutex<[String]>([])
  private let descriptor: Int32

  init(answers: Int, _ answer: @escaping @Sendable (String) -> String) throws {
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #else
      let kind = Int32(SOCK_STREAM.rawValue)
    #endif
    descriptor = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) + listen(descriptor, 8) + getsockname(descriptor, $0, &size)
      }
    }
    try #require(status == 0)
    port = Int(UInt16(bigEndian: address.sin_port))
    let thread = Thread { [self] in serve(answers, answer) }
    thread.start()
  }

  private func serve(_ answers: Int, _ answer: (String) -> String) {
    for _ in 0..<answers {
      let client = accept(descriptor, nil, nil)
      guard client >= 0 else { return }
      var received: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while !isWhole(received) {
        let count = recv(client, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        received += buffer[..<count]
      }
      let request = String(decoding: received, as: UTF8.self)
      requests.withLock { $0.append(request) }
      let bytes = Array(answer(request).utf8)
      _ = send(client, bytes, bytes.count, 0)
      close(client)
    }
    close(descriptor)
  }

  private func isWhole(_ bytes: [UInt8]) -> Bool {
    let parts = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")
    guard parts.count == 2, let length = parts[0].components(separatedBy: "Content-Length: ").last,
      let count = Int(length.prefix { $0.isNumber })
    else { return false }
    return parts[1].utf8.count >= count
  }
}

struct LoopbackGeneratorTests {
  private func step(_ port: Int, _ task: TextRewriting.Task = .backTranslation) -> TextAugmentation
  {
    TextAugmentation(
      .rewriting(TextRewriting(task, endpoint: "http://127.0.0.1:\(port)/say", timeoutSeconds: 5)))
  }

  @Test("a model on this machine says a text anew, and spans follow the words that stayed")
  func rewriting() throws {
    let server = try TinyServer(answers: 2) { _ in
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
        + "{\"text\": \"In New York dwells Ann, 하하.\"}"
    }
    let augmenter = try TextAugmenter([step(server.port)], seed: 1)
    let text = "Ann lives in New York."
    let result = try augmenter.augment(text, epoch: 1, sample: 1)
    #expect(result.text == "In New York dwells Ann, 하하.")
    #expect(result.edits.applied(to: text) == result.text)
    let place = try #require(result.edits.range(of: 13..<21))
    #expect(String(decoding: Array(result.text.utf8)[place], as: UTF8.self) == "New York")
    _ = try augmenter.augment(text, epoch: 1, sample: 1)
    let requests = server.requests.withLock { $0 }
    #expect(requests.count == 2 && requests[0] == requests[1], "the same sample has the same seed")
    #expect(requests[0].hasPrefix("POST /say HTTP/1.0\r\n"))
    #expect(
      requests[0].contains("\"task\":\"backTranslation\"")
        && requests[0].contains("\"through\":\"de\""))
  }

  @Test("answers in parts are joined, blank ones leave the text as it is")
  func chunks() throws {
    let server = try TinyServer(answers: 2) { request in
      request.contains("blank")
        ? "HTTP/1.1 200 OK\r\n\r\n{\"text\": \" \"}"
        : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"text\": \r\n6\r\n\"new\"}\r\n0\r\n\r\n"
    }
    let augmenter = try TextAugmenter([step(server.port, .generation)])
    #expect(try augmenter.augment("old", epoch: 1, sample: 1).text == "new")
    #expect(try augmenter.augment("blank", epoch: 1, sample: 1).text == "blank")
  }

  @Test("an answer of another kind and a silent port are errors that name the address")
  func failures() throws {
    let server = try TinyServer(answers: 1) { _ in "HTTP/1.1 500 Oops\r\n\r\n" }
    let augmenter = try TextAugmenter([step(server.port)])
    #expect(
      dataError { try augmenter.augment("text", epoch: 1, sample: 1) }
        == .badTextAugmentation(
          .noAnswer(
            endpoint: "http://127.0.0.1:\(server.port)/say",
            reason: "the answer has the status 500, not 200")))
    let silent = try TextAugmenter([step(1)])
    let error = dataError { try silent.augment("text", epoch: 1, sample: 1) }
    #expect(error?.explanation.english.contains("http://127.0.0.1:1/say") == true)
    #expect(error?.exitStatus == .serviceUnavailable)
  }

  @Test(
    "texts are sent nowhere but to this machine",
    arguments: [
      "http://example.com/x", "https://127.0.0.1/x", "http://128.0.0.1",
      "http://127.0.0.1.evil.com",
      "http://user@127.0.0.1", "127.0.0.1:80", "http://0.0.0.0:80", "http://[::2]:80",
      "http://127.1",
    ])
  func refused(endpoint: String) {
    #expect(
      dataError { try LoopbackGenerator(endpoint) }
        == .badTextAugmentation(.notLoopback(endpoint: endpoint)))
  }

  @Test("the names and addresses of this machine are allowed")
  func allowed() throws {
    for endpoint in [
      "http://localhost:80", "http://127.0.0.1", "http://127.3.2.1:9/a?b=c", "http://[::1]:8080/",
    ] {
      #expect(try LoopbackGenerator(endpoint).endpoint == endpoint)
    }
  }

  @Test("one's own model takes the place of an address")
  func own() throws {
    struct Shouting: TextGenerator {
      func generate(_ request: TextGenerationRequest) -> String { request.text.uppercased() }
    }
    let augmenter = try TextAugmenter(
      [TextAugmentation(.rewriting(TextRewriting(.generation, endpoint: "own")))],
      generators: ["own": Shouting()])
    #expect(try augmenter.augment("one two", epoch: 1, sample: 1).text == "ONE TWO")
  }
}

public import HoneText

/// Why processes cannot train together, or cannot any more.
public enum ProcessGroupError: ReportableError, Equatable {
  /// A rank that is there no more, and what it said before it left, if anything.
  public struct Loss: Sendable, Equatable {
    /// Which one.
    public let rank: Int
    /// Its last words; empty where it was killed.
    public let reason: String

    /// A loss.
    public init(rank: Int, reason: String) {
      self.rank = rank
      self.reason = reason
    }
  }

  /// This libtorch has no process groups.
  case unavailable
  /// The meeting point cannot be used.
  case notReached(host: String, port: Int, reason: String)
  /// Ranks that did not come to the meeting point.
  case absent(ranks: [Int], size: Int, seconds: Double)
  /// Ranks that were lost in the middle of the work.
  case lost([Loss], size: Int)
  /// The ranks are all there but an exchange failed.
  case broken(reason: String)

  /// What happened and what to do.
  public var explanation: Localized {
    switch self {
    case .unavailable:
      Localized(
        "this libtorch was built without process groups. Train in one process, or use a libtorch "
          + "with its distributed part, as PyTorch's own packages have.",
        korean: "이 libtorch에는 프로세스 그룹이 없습니다. 프로세스 하나로 학습하거나 PyTorch 배포판의 libtorch를 쓰십시오.")
    case .notReached(let host, let port, let reason):
      Localized(
        "the processes' meeting point \(host):\(port) cannot be used: \(reason). Check the address, "
          + "that the port is free, and that no firewall closes it.",
        korean: "프로세스들이 만날 주소 \(host):\(port)을(를) 쓸 수 없습니다: \(reason). 주소와 포트, 방화벽을 "
          + "확인하십시오.")
    case .absent(let ranks, let size, let seconds):
      Localized(
        "\(Self.names(ranks)) of \(size) did not come within \(Int(seconds)) s. Check that every "
          + "process was started and sees the same address.",
        korean: "전체 \(size)개 가운데 랭크 \(Self.list(ranks))이(가) \(Int(seconds))초 안에 오지 않았습니다. 모든 프로세스가 "
          + "시작되었고 같은 주소를 쓰는지 확인하십시오.")
    case .lost(let losses, let size): Self.lost(losses, size)
    case .broken(let reason):
      Localized(
        "an exchange between the processes failed: \(reason).",
        korean: "프로세스 사이의 통신이 실패했습니다: \(reason).")
    }
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus {
    switch self {
    case .unavailable, .notReached, .absent: .serviceUnavailable
    case .lost, .broken: .tryAgainLater
    }
  }

  private static func lost(_ losses: [Loss], _ size: Int) -> Localized {
    let english = losses.map { loss in
      loss.reason.isEmpty
        ? "rank \(loss.rank) of \(size) was lost: it was killed, or its machine is gone"
        : "rank \(loss.rank) of \(size) stopped: \(loss.reason)"
    }
    let korean = losses.map { loss in
      loss.reason.isEmpty
        ? "전체 \(size)개 가운데 랭크 \(loss.rank)을(를) 잃었습니다. 강제로 끝났거나 그 장비에 문제가 생겼습니다"
        : "전체 \(size)개 가운데 랭크 \(loss.rank)이(가) 멈췄습니다: \(loss.reason)"
    }
    return Localized(
      english.joined(separator: "; ") + ". Training cannot go on without it.",
      korean: korean.joined(separator: "; ") + ". 이대로는 학습을 계속할 수 없습니다.")
  }

  private static func names(_ ranks: [Int]) -> String {
    (ranks.count == 1 ? "rank " : "ranks ") + list(ranks)
  }

  private static func list(_ ranks: [Int]) -> String {
    ranks.map(String.init).joined(separator: ", ")
  }
}

/// A process's place in a group: who it is and where the processes meet.
public struct ProcessGroupPlace: Sendable, Equatable {
  /// Where the processes meet: one of them listens there.
  public struct Address: Sendable, Equatable {
    /// A name or a number.
    public var host: String
    /// The TCP port.
    public var port: Int

    /// An address.
    public init(host: String, port: Int) {
      self.host = host
      self.port = port
    }
  }

  /// Which of the processes this is, from 0; rank 0 is the one that writes.
  public var rank: Int
  /// How many processes there are.
  public var size: Int
  /// Where they meet.
  public var address: Address
  /// Whether this process listens at the address; rank 0 does, unless a launcher does it.
  public var isHost: Bool
  /// A socket that already listens there, to be taken over.
  public var listeningSocket: Int32?
  /// The network interface of the connections; the one that leads to the address where nil.
  public var interface: String?
  /// Keeps a launcher's attempts apart that use one address.
  public var attempt = "0"
  /// How long to wait for the others to come.
  public var joinSeconds = 120.0
  /// How long one exchange may take, waiting for the slowest process included.
  public var timeoutSeconds = 1800.0
  /// How long the others may take to answer when one of them is looked for; more than the longest
  /// step, which they end before they look.
  public var rollCallSeconds = 2.0

  /// A place.
  /// - Precondition: `rank` is in `0..<size`.
  public init(rank: Int, size: Int, address: Address) {
    guard size > 0, (0..<size).contains(rank) else {
      fatalError("A process group of \(size) has no rank \(rank); ranks count from 0.")
    }
    self.rank = rank
    self.size = size
    self.address = address
    isHost = rank == 0
  }
}

import Foundation

extension Namespace {
  /// What runs a script in a network of its own.
  static let network = ["unshare", "-rn"]

  /// A script's beginning that makes a second network, that of the process `$other`, and a wire to it;
  /// this side is 10.77.0.1, that side 10.77.0.2.
  static let twoMachines = """
    ip link set lo up
    unshare -n sleep 300 & other=$!
    while [ "$(readlink /proc/$other/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
    ip link add left0 type veth peer name right0 && ip link set right0 netns $other || exit 1
    ip addr add 10.77.0.1/24 dev left0 && ip link set left0 up
    nsenter -t $other -n sh -c '
      ip link set lo up; ip addr add 10.77.0.2/24 dev right0; ip link set right0 up' || exit 1
    """

  /// Whether this machine lets its user have them.
  static let hasNetworks: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = network + ["sh", "-c", twoMachines + "\nkill $other"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}

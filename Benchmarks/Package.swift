// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that it sees what every user of Hone sees and nothing more.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hone", path: "..")],
  targets: [
    .executableTarget(
      name: "HoneBench", dependencies: [.product(name: "Hone", package: "Hone")])
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// libtorch is found, never vendored: LIBTORCH names its folder (the one that holds include/ and lib/);
// without it `Scripts/bootstrap` leaves a link in the cache folder. Nothing here looks at the disk,
// because SwiftPM caches manifests and the answer would go stale.
let home = Context.environment["HOME"] ?? "/root"
let cache = Context.environment["XDG_CACHE_HOME"] ?? "\(home)/.cache"
let libtorch = Context.environment["LIBTORCH"] ?? "\(cache)/hone/libtorch"

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

/// A library target of ours: its name and the only modules it may import.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

// Record column: pure Swift and small C libraries; builds, tests and runs without libtorch.
let recordColumn: [Target] = [
  .target(name: "CAssets"),
  .target(name: "CNumerics"),
  .target(
    name: "CImage",
    linkerSettings: [
      .linkedLibrary("jpeg"), .linkedLibrary("spng"), .linkedLibrary("webp"),
      .linkedLibrary("webpdemux"), .linkedLibrary("z"),
    ]),
  library("HoneText", []),
  library("HoneNumerics", ["HoneText"]),
  library("HoneRecords", ["HoneNumerics", "HoneText"]),
  library("HoneMetrics", ["HoneNumerics", "HoneRecords", "HoneText"]),
  library("HoneData", ["CAssets", "CImage", "HoneNumerics", "HoneRecords", "HoneText"]),
  library("HoneConfiguration", ["HoneMetrics", "HoneRecords", "HoneText", yams]),
  library("HoneStore", ["HoneRecords", "HoneText", grdb]),
  library("HoneDiagnosis", ["HoneNumerics", "HoneRecords", "HoneText"]),
  library("HoneSearch", ["CNumerics", "HoneNumerics", "HoneRecords", "HoneText"]),
  library("HonePlots", ["HoneRecords", "HoneSearch", "HoneText"]),
  library(
    "HoneReport",
    [
      "HoneDiagnosis", "HoneMetrics", "HoneNumerics", "HonePlots", "HoneRecords", "HoneSearch",
      "HoneText",
    ]),
  library(
    "HoneCommands",
    [
      "HoneConfiguration", "HoneData", "HoneDiagnosis", "HoneMetrics", "HoneNumerics",
      "HonePlots", "HoneRecords", "HoneReport", "HoneSearch", "HoneStore", "HoneText",
      argumentParser,
    ]),
  .executableTarget(
    name: "HoneTool", dependencies: ["HoneCommands"], swiftSettings: swiftSettings),
]

// Tensor column: everything that needs libtorch. Only HoneTensor imports CTorch.
let tensorColumn: [Target] = [
  .target(
    name: "CTorch", exclude: ["gloo/README.md"],
    cxxSettings: [
      .headerSearchPath("gloo"),
      .unsafeFlags([
        "-isystem", "\(libtorch)/include",
        "-isystem", "\(libtorch)/include/torch/csrc/api/include",
        "-fvisibility=hidden", "-Wno-deprecated-declarations",
      ]),
    ],
    linkerSettings: [
      .unsafeFlags(["-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/lib"]),
      .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
    ]),
  library("HoneTensor", ["CTorch", "HoneNumerics", "HoneText"]),
  library("HoneNN", ["HoneNumerics", "HoneTensor", "HoneText"]),
  library("HoneOptim", ["HoneNumerics", "HoneTensor", "HoneText"]),
  library("HoneModels", ["HoneNN", "HoneNumerics", "HoneRecords", "HoneTensor", "HoneText"]),
  library(
    "HoneTrain",
    [
      "HoneData", "HoneMetrics", "HoneNN", "HoneNumerics", "HoneOptim", "HoneRecords",
      "HoneTensor", "HoneText",
    ]),
  library(
    "HoneAssembly",
    [
      "HoneConfiguration", "HoneData", "HoneMetrics", "HoneModels", "HoneNN", "HoneNumerics",
      "HoneOptim", "HoneRecords", "HoneTensor", "HoneText", "HoneTrain",
    ]),
  library(
    "HoneImprove",
    [
      "HoneAssembly", "HoneConfiguration", "HoneData", "HoneDiagnosis", "HoneMetrics", "HoneNN",
      "HoneNumerics", "HoneRecords", "HoneSearch", "HoneText", "HoneTrain",
    ]),
  library(
    "HoneEngine",
    [
      "HoneAssembly", "HoneCommands", "HoneConfiguration", "HoneData", "HoneDiagnosis",
      "HoneImprove", "HoneMetrics", "HoneModels", "HoneNumerics", "HoneRecords", "HoneReport",
      "HoneSearch", "HoneStore", "HoneTensor", "HoneText", "HoneTrain",
    ]),
  library(
    "Hone",
    [
      "HoneAssembly", "HoneConfiguration", "HoneData", "HoneDiagnosis", "HoneImprove",
      "HoneMetrics", "HoneModels", "HoneNN", "HoneNumerics", "HoneOptim", "HoneRecords",
      "HoneReport", "HoneSearch", "HoneStore", "HoneTensor", "HoneText", "HoneTrain",
    ]),
  library(
    "HoneTestSupport",
    ["HoneNN", "HoneNumerics", "HoneOptim", "HoneRecords", "HoneTensor"]),
  .executableTarget(
    name: "HoneEngineTool", dependencies: ["HoneCommands", "HoneEngine", "HoneTensor"],
    swiftSettings: swiftSettings),
]

/// The test target of a library, with what its tests need besides it.
/// - Parameter data: folders that tests read by path, beside their sources.
func tests(
  _ name: String, _ extra: [Target.Dependency] = [], data: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + extra, exclude: data,
    swiftSettings: swiftSettings)
}

let recordTests: [Target] = [
  tests("HoneText"),
  tests("HoneNumerics", ["HoneText"], data: ["Golden"]),
  tests("HoneRecords", ["HoneNumerics", "HoneText"]),
  tests("HoneMetrics", ["HoneNumerics", "HoneRecords", "HoneText"], data: ["Golden"]),
  tests("HoneData", ["CImage", "HoneNumerics", "HoneRecords", "HoneText"], data: ["Fixtures"]),
  tests("HoneConfiguration", ["HoneMetrics", "HoneRecords", "HoneText"]),
  tests("HoneStore", ["HoneRecords", "HoneSearch", "HoneText"], data: ["Fixtures", "Golden"]),
  tests("HoneDiagnosis", ["HoneNumerics", "HoneRecords", "HoneText"]),
  tests(
    "HoneSearch", ["HoneNumerics", "HoneRecords", "HoneStore", "HoneText"], data: ["Golden"]),
  tests("HonePlots", ["HoneRecords", "HoneSearch", "HoneText"]),
  tests("HoneReport", ["HoneDiagnosis", "HonePlots", "HoneRecords", "HoneSearch", "HoneText"]),
  tests(
    "HoneCommands",
    [
      "HoneConfiguration", "HoneData", "HoneRecords", "HoneSearch", "HoneStore", "HoneText",
      argumentParser,
    ]),
]

let tensorTests: [Target] = [
  tests("HoneTensor", ["HoneNumerics", "HoneTestSupport", "HoneText"]),
  tests(
    "HoneNN", ["HoneNumerics", "HoneTensor", "HoneTestSupport", "HoneText"], data: ["Golden"]),
  tests(
    "HoneOptim", ["HoneNumerics", "HoneTensor", "HoneTestSupport", "HoneText"], data: ["Golden"]),
  tests(
    "HoneModels",
    ["HoneNN", "HoneNumerics", "HoneRecords", "HoneTensor", "HoneTestSupport", "HoneText"],
    data: ["Golden"]),
  tests(
    "HoneTrain",
    [
      "HoneData", "HoneModels", "HoneNN", "HoneNumerics", "HoneOptim", "HoneRecords",
      "HoneTensor", "HoneTestSupport", "HoneText",
    ], data: ["Golden"]),
  tests(
    "HoneAssembly",
    [
      "HoneConfiguration", "HoneData", "HoneMetrics", "HoneModels", "HoneNN", "HoneNumerics",
      "HoneOptim", "HoneRecords", "HoneTensor", "HoneText", "HoneTrain",
    ]),
  tests(
    "HoneImprove",
    [
      "HoneAssembly", "HoneConfiguration", "HoneData", "HoneDiagnosis", "HoneMetrics",
      "HoneNumerics", "HoneRecords", "HoneText", "HoneTrain",
    ]),
  tests(
    "HoneEngine",
    [
      "HoneCommands", "HoneRecords", "HoneSearch", "HoneStore", "HoneText", "HoneTool",
      "HoneEngineTool",
    ]),
]

let examples: [Target] = [
  "DigitsInTwentyLines", "CustomLoop", "CustomPolicy", "FineTune", "Airbench",
].map {
  name in
  .executableTarget(
    name: name, dependencies: ["Hone"], path: "Examples/\(name)", swiftSettings: swiftSettings)
}
let exampleTests: [Target] = [
  .testTarget(
    name: "ExampleTests",
    dependencies: [
      "Airbench", "DigitsInTwentyLines", "CustomLoop", "FineTune", "SearchStudy", "CustomPolicy",
    ],
    swiftSettings: swiftSettings)
]

/// HONE_TARGETS=HoneStore,HoneData builds those modules, their tests and what they need, nothing
/// else; HONE_RECORDS_ONLY=1 leaves the tensor column out, so that no libtorch is needed.
func selected(_ all: [Target]) -> [Target] {
  guard let names = Context.environment["HONE_TARGETS"], !names.isEmpty else { return all }
  let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  var wanted: Set<String> = []
  var pending: [String] = []
  for name in names.split(separator: ",").map(String.init) {
    pending += [name, "\(name)Tests"].filter { byName[$0] != nil }
  }
  while let name = pending.popLast() {
    guard wanted.insert(name).inserted, let target = byName[name] else { continue }
    for dependency in target.dependencies {
      switch dependency {
      case .targetItem(let name, _), .byNameItem(let name, _): pending.append(name)
      default: break
      }
    }
  }
  return all.filter { wanted.contains($0.name) }
}

/// The readers under the fuzzer, for Scripts/fuzz alone: it needs instruments that nothing else has.
let fuzzing: [Target] =
  Context.environment["HONE_FUZZ"] == "1"
  ? [
    .executableTarget(
      name: "HoneFuzz", dependencies: ["HoneData"], path: "Tools/Fuzz", exclude: ["images.c"],
      swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])])
  ] : []

/// An example of the record column: it needs no libtorch.
let searchExample: [Target] = [
  .executableTarget(
    name: "SearchStudy", dependencies: ["HoneNumerics", "HoneRecords", "HoneSearch", "HoneText"],
    path: "Examples/SearchStudy", swiftSettings: swiftSettings)
]

/// The measurements of Scripts/prove_search.py, for it alone.
let searchBench: [Target] =
  Context.environment["HONE_SEARCH_BENCH"] == "1"
  ? [
    .executableTarget(
      name: "HoneSearchBench",
      dependencies: ["HoneData", "HoneRecords", "HoneSearch", "HoneStore"],
      path: "Tools/SearchBench", swiftSettings: swiftSettings)
  ] : []

/// The runner of diagnosis cases, for Tools/cases alone.
let cases: [Target] =
  Context.environment["HONE_CASES"] == "1"
  ? [
    .executableTarget(
      name: "HoneCases",
      dependencies: [
        "HoneData", "HoneDiagnosis", "HoneImprove", "HoneMetrics", "HoneModels", "HoneNN",
        "HoneNumerics", "HoneOptim", "HoneRecords", "HoneReport", "HoneTensor", "HoneText",
        "HoneTrain",
      ], path: "Tools/CaseRunner", swiftSettings: swiftSettings)
  ] : []

let recordsOnly = Context.environment["HONE_RECORDS_ONLY"] == "1"
let targets = selected(
  recordColumn + recordTests + fuzzing + searchBench + searchExample
    + (recordsOnly ? [] : tensorColumn + tensorTests + examples + exampleTests + cases))
let targetNames = Set(targets.map(\.name))

let products: [(target: String, product: Product)] = [
  ("Hone", .library(name: "Hone", targets: ["Hone"])),
  ("HoneTool", .executable(name: "hone", targets: ["HoneTool"])),
  ("HoneEngineTool", .executable(name: "hone-engine", targets: ["HoneEngineTool"])),
]

let package = Package(
  name: "Hone",
  platforms: [.macOS(.v15)],
  products: products.filter { targetNames.contains($0.target) }.map(\.product),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx20
)

// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// A target of ours: Swift 6, complete concurrency checking, no warnings.
func floor(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  embeds: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict,
    plugins: embeds ? ["Embed"] : [])
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "chengyun",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "chengyun", targets: ["chengyun"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CXlsx", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(
      name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CSpawn"),
    floor("Base"),
    floor(
      "Store",
      ["Base", "CPostgres", .product(name: "GRDB", package: "GRDB.swift")]),
    floor("Paper", ["Base", "CSpawn", "CXlsx", "CZlib"]),
    floor(
      "City",
      [
        "Base", "Paper", "Store", .product(name: "Yams", package: "Yams"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "_CryptoExtras", package: "swift-crypto"),
      ],
      exclude: ["Schema", "Catalogue"], embeds: true),
    floor("Town", ["City", "Store", "Base"]),
    floor(
      "Web",
      [
        "Base", "City", "Paper", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      exclude: ["Pages", "Assets", "Locales"], embeds: true),
    .executableTarget(
      name: "chengyun",
      dependencies: [
        "Base", "City", "Paper", "Store", "Town", "Web",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .executableTarget(name: "embed", swiftSettings: strict),
    .plugin(name: "Embed", capability: .buildTool(), dependencies: ["embed"]),
    .target(
      name: "TestSupport", dependencies: ["City", "Store", "Base"], path: "Tests/Support",
      swiftSettings: strict),
    .target(
      name: "PaperSamples", dependencies: ["CZlib"], path: "Tests/Samples", swiftSettings: strict),
    tests("BaseTests", ["Base", "PaperSamples"]),
    tests("StoreTests", ["Store", "Base", "TestSupport"]),
    tests("PaperTests", ["Paper", "Base", "CZlib", "PaperSamples"]),
    tests(
      "CityTests",
      [
        "City", "Paper", "Store", "Base", "PaperSamples", "TestSupport",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Evaluation/seed-facts.txt"]),
    tests(
      "WebTests",
      [
        "Web", "City", "Paper", "Store", "Base", "PaperSamples", "TestSupport",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    tests("StoryTests", ["Web", "Town", "City", "Store", "Base", "TestSupport"]),
    tests("TidyTests", ["Base"]),
  ]
)

// swift-tools-version: 6.2
import PackageDescription

// The kernels use 256-bit vectors and BMI2; every x86-64 server and laptop since 2015 has them.
#if arch(x86_64)
  let target: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
#else
  let target: [SwiftSetting] = []
#endif

let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ] + target

let package = Package(
  name: "folio",
  products: [
    .library(name: "TextSearch", targets: ["TextSearch"]),
    .library(name: "Filings", targets: ["Filings"]),
    .executable(name: "folio", targets: ["folio"]),
  ],
  targets: [
    .target(
      name: "TextSearch",
      swiftSettings: strict + [.enableExperimentalFeature("BuiltinModule")]),
    .target(name: "Filings", dependencies: ["TextSearch"], swiftSettings: strict),
    .executableTarget(
      name: "folio", dependencies: ["TextSearch", "Filings"], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["TextSearch", "Filings"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "TextSearchTests", dependencies: ["TextSearch", "TestSupport"],
      exclude: ["Analysis/english-stems.tsv"],
      swiftSettings: strict),
    .testTarget(
      name: "FilingsTests", dependencies: ["Filings", "TestSupport"],
      exclude: ["Cover/covers.txt", "Text/form-items.tsv", "fuzz-finds"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["folio", "TestSupport"],
      swiftSettings: strict),
  ]
)

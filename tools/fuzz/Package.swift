// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
]

let targets = [
  "html", "text", "submission", "xml", "json", "archive", "sidecar", "index", "repeat",
]

let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "folio", path: "../..")],
  targets: [
    .target(
      name: "Checks",
      dependencies: [
        .product(name: "Filings", package: "folio"),
        .product(name: "TextSearch", package: "folio"),
      ],
      swiftSettings: settings)
  ]
    + targets.map {
      .executableTarget(name: $0, dependencies: ["Checks"], swiftSettings: settings)
    }
)

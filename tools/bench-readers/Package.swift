// swift-tools-version: 6.2
import PackageDescription

// Measures the readers apart from the command; no part of what ships.
let package = Package(
  name: "bench-readers",
  dependencies: [.package(name: "folio", path: "../..")],
  targets: [
    .executableTarget(
      name: "bench-readers",
      dependencies: [
        .product(name: "Filings", package: "folio"), .product(name: "TextSearch", package: "folio"),
      ])
  ])

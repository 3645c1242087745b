import Glibc
import TextSearch

/// Keeps what a reader gets, with what a target puts around its bytes, so that a test can read it.
enum KeptInput {
  private static let path = Platform.environment("FOLIO_FUZZ_KEEP")

  /// Writes the bytes to the file that the environment names, if it does.
  static func keep(_ bytes: [UInt8]) {
    if let path { write(bytes, to: path) }
  }

  static func write(_ bytes: [UInt8], to path: String) {
    let file = unsafe open(path, O_CREAT | O_TRUNC | O_WRONLY, 0o600)
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
    if count != bytes.count { Failure.report("\(path) cannot be written") }
  }
}

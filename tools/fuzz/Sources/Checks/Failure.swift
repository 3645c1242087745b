import Glibc

/// What ends a run: a promise of the readers that is broken.
enum Failure {
  /// Prints what is wrong and stops so that libFuzzer keeps the input.
  static func report(_ what: String) -> Never {
    let line = Array("broken promise: \(what)\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    abort()
  }
}

import Filings
import Glibc

/// Reads bytes and checks what every reader promises, whatever the bytes are.
public enum Reading {
  /// The bytes that libFuzzer hands over, behind those that make them of one kind.
  ///
  /// Safety: libFuzzer's pointer has so many bytes, or is null where there are none.
  public static func bytes(
    _ data: UnsafePointer<UInt8>?, _ count: Int, after start: String = ""
  ) -> [UInt8] {
    unsafe Array(start.utf8) + UnsafeBufferPointer(start: data, count: data == nil ? 0 : count)
  }

  /// Reads the bytes twice, and checks the result.
  @discardableResult
  public static func check(_ bytes: [UInt8], path: String) -> ReadResult {
    KeptInput.keep(bytes)
    let start = processorTime()
    let result = FilingReader.read(bytes: bytes, path: path)
    let nanoseconds = processorTime() - start
    // Sanitised readers take up to some microseconds a byte.
    if nanoseconds > 500_000_000 + 8_000 * bytes.count {
      Failure.report("\(nanoseconds / 1_000_000) ms for \(bytes.count) bytes")
    }
    if let flaw = ResultFlaw.find(in: result, of: bytes) { Failure.report(flaw) }
    let again = FilingReader.read(bytes: bytes, path: path)
    if again.filings != result.filings || again.skipped != result.skipped {
      Failure.report("read again, the result is another one")
    }
    return result
  }

  /// In nanoseconds; other processes do not count.
  private static func processorTime() -> Int {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

import Checks

private let starts = [
  "<html>", "FORM 10-K\n", "<SEC-DOCUMENT>\n", "<?xml version=\"1.0\"?>", "{\"", "",
]
private let size = 50_000

/// Short pieces, separated by zeros, each many times over: what is not linear in time shows.
/// A byte of one becomes the number of the time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Reading.bytes(data, count)
  guard let kind = bytes.first else { return 0 }
  let parts = bytes.dropFirst().split(separator: 0, maxSplits: 2)
  var file = Array(starts[Int(kind) % starts.count].utf8)
  for part in parts {
    let times = (size / parts.count) / part.count
    for time in 0..<times {
      for byte in part {
        if byte == 1 { file += Array(String(time).utf8) } else { file.append(byte) }
      }
    }
  }
  Reading.check(file, path: "a")
  return 0
}

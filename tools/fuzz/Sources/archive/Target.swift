import Checks

/// Archives by the last byte: bytes as they are, or put into an archive.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var bytes = unsafe Reading.bytes(data, count)
  switch bytes.popLast() ?? 0 {
  case UInt8(ascii: "d"): Reading.check(Archives.gzip(deflated: bytes), path: "a.gz")
  case UInt8(ascii: "z"): Reading.check(Archives.zip(bytes), path: "a.zip")
  case UInt8(ascii: "t"): Reading.check(Archives.tar(bytes), path: "a.tar")
  case UInt8(ascii: "T"):
    Reading.check(Archives.gzip(stored: Archives.tar(bytes)), path: "a.tar.gz")
  case UInt8(ascii: "g"):
    Reading.check(Archives.gzip(stored: bytes), path: "a.gz")
  default: Reading.check(bytes, path: "a.bin")
  }
  return 0
}

import Checks

private nonisolated(unsafe) let folder = ScratchFolder()

/// Bytes of any kind, all the way through an index and back; the first line is the path, too.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Reading.bytes(data, count)
  let path = String(decoding: bytes.prefix { $0 != 0x0A }.prefix(200), as: UTF8.self)
  let result = Reading.check(bytes, path: path.isEmpty ? "a" : path)
  Indexing.check(result.filings, in: unsafe folder)
  return 0
}

import Checks

/// HTML, with and without inline XBRL.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Reading.bytes(data, count, after: "<html>")
  Reading.check(bytes, path: "a.htm")
  return 0
}

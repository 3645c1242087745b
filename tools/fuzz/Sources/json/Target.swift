import Checks

/// JSON by the lowest bit of the last byte: one object, or JSON Lines.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var bytes = unsafe Reading.bytes(data, count)
  let isLines = bytes.popLast().map { $0 & 1 == 1 } ?? false
  Reading.check(Array((isLines ? "{\"" : "{\n\"").utf8) + bytes, path: "a.json")
  return 0
}

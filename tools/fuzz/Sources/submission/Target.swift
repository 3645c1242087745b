import Checks

/// Full submissions: the header and the parts behind it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Reading.bytes(data, count, after: "<SEC-DOCUMENT>\n")
  Reading.check(bytes, path: "0000912057-00-012345.txt")
  return 0
}

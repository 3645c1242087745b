import Checks

/// Plain text: ASCII documents, text and Markdown renditions.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Reading.bytes(data, count, after: "FORM 10-K\n")
  Reading.check(bytes, path: "a.txt")
  return 0
}

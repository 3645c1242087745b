import Checks

/// XML forms.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Reading.bytes(data, count, after: "<?xml version=\"1.0\"?>")
  Reading.check(bytes, path: "a.xml")
  return 0
}

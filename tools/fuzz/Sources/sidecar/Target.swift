import Checks

private let filing = Array("<html><body><p>Annual report</p></body></html>".utf8)
private nonisolated(unsafe) let folder = ScratchFolder()
private let names = [
  "master.idx", "form.idx", "MANIFEST.tsv", "facts.csv", "a.htm.json", "a.meta.json",
  "0000912057-00-012345-index.json", "0000912057-00-012345-index.htm", "index.json",
  "0000912057-00-012345-index-headers.html", "0000912057-00-012345.hdr.sgml",
]

/// Files with facts about others, by the last byte: tables, indexes, listings, headers, notes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var bytes = unsafe Reading.bytes(data, count)
  let name = names[Int(bytes.popLast() ?? 0) % names.count]
  unsafe folder.clear()
  unsafe folder.write(filing, "a.htm")
  unsafe folder.write(filing, "0000912057-00-012345.txt")
  unsafe folder.write(bytes, name)
  unsafe folder.check()
  return 0
}

/// The verified bytes behind a `SectionReader`; indices are offsets in the section.
///
/// Safety: `section.bytes` has checked that `range` lies in the mapping, and `section` keeps the
/// mapping alive; the reader checks every index against the range's end before it comes here.
@safe struct RawSpanSource {
  let section: Section
  private let base: UnsafeRawBufferPointer
  private let start: Int

  init(_ section: Section, _ range: Range<Int>) throws(IndexError) {
    self.section = section
    unsafe base = try section.bytes(range)
    start = range.lowerBound
  }

  subscript(offset: Int) -> UInt8 { unsafe base[offset - start] }

  func copy(_ range: Range<Int>) -> [UInt8] {
    unsafe Array(base[(range.lowerBound - start)..<(range.upperBound - start)])
  }
}

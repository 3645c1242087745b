struct LayoutSections: Sendable {
  var model: [UInt8] = []
  var stream: [UInt8] = []
  var anchors: [UInt8] = []
}
enum LayoutEncoder {
  static func encode(_ content: SegmentContent) -> LayoutSections { LayoutSections() }
}
extension SegmentDisplay {
  func layout(of: DocID, _ r: [Int], _ w: Range<Int>) throws(IndexError) -> [(Int, Int)] {
    w.map { _ in (0, 0) }
  }
}

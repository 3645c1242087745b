struct LayoutSections: Sendable { var model: [UInt8] = []; var stream: [UInt8] = []; var anchors: [UInt8] = [] }
enum LayoutEncoder { static func encode(_ content: SegmentContent) -> LayoutSections { LayoutSections() } }
enum ColumnWriter { static func encode(_ values: [String?]) -> [UInt8] { [] } }
struct ColumnReader { init(_ section: Section, rowCount: Int) throws(IndexError) {}
 func firstRow(where v: String) throws(IndexError) -> Int? { nil }
 func value(_ row: Int) throws(IndexError) -> String? { nil } }
enum ZonesWriter { static func encode(_ zones: [[TokenZone]]) -> [UInt8] { [] } }
final class SegmentDisplay: Sendable { init(_ s: Segment) throws(IndexError) {} 
 var documentIDs: ColumnReader { get throws(IndexError) { throw .missing(path: "") } }
 var groupIDs: ColumnReader { get throws(IndexError) { throw .missing(path: "") } }
 func values(of: Schema.Attribute.Owner, row: Int) throws(IndexError) -> [String?] { [] }
 func layout(of: DocID, _ r: [Int], _ w: Range<Int>) throws(IndexError) -> [(Int,Int)] { w.map { _ in (0,0) } }
 func separator(_ gap: Int) throws(IndexError) -> [UInt8] { [32] }
}

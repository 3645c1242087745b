/// A table of files with facts about them: values separated by tabs or commas, names in the first
/// row.
///
/// One column has the file (`path`, `file`, `filename`, `file_name`); the others are called as the
/// members of JSON Lines are. Values with commas or line ends stand in quotes.
struct FactTable {
  struct Row {
    var path: String
    var facts: FilingFacts
  }

  private let bytes: [UInt8]
  private var offset: Int
  private let separator: UInt8
  private var pathColumn = 0
  private var columns: [JSONRecord.Meaning?] = []

  /// Nil where the first row has no column of files, or none of facts.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes[offset...].prefix { $0 != 0x0A }.prefix(1 << 16)
    separator = first.contains(0x09) ? 0x09 : UInt8(ascii: ",")
    guard first.contains(separator), let names = cells() else { return nil }
    let lower = names.map { $0.lowercased() }
    let place = Self.pathNames.lazy.compactMap { lower.firstIndex(of: $0) }.first
    guard let place else { return nil }
    pathColumn = place
    columns = names.map { name in
      JSONRecord.meaning(of: name).flatMap { Self.texts.contains($0.meaning) ? nil : $0.meaning }
    }
    columns[place] = nil
    guard columns.contains(where: { $0 != nil }) else { return nil }
  }

  private static let pathNames = ["path", "file", "filename", "file_name", "filepath", "file_path"]
  private static let texts: Set<JSONRecord.Meaning> = [
    .id, .title, .body, .tables, .exhibit, .filename,
  ]

  /// The next row that names a file.
  mutating func next() -> Row? {
    while let cells = cells() {
      guard pathColumn < cells.count, !cells[pathColumn].isEmpty else { continue }
      var values = FactValues()
      for (column, cell) in zip(columns, cells) {
        if let column, !cell.isEmpty { values[column] = values[column] ?? cell }
      }
      return Row(path: cells[pathColumn], facts: values.facts)
    }
    return nil
  }

  /// The cells of the next row, trimmed; nil at the end.
  private mutating func cells() -> [String]? {
    guard offset < bytes.count else { return nil }
    var cells: [String] = []
    while true {
      cells.append(cell())
      guard offset < bytes.count, bytes[offset] == separator else { break }
      offset += 1
    }
    while offset < bytes.count, bytes[offset] == 0x0D || bytes[offset] == 0x0A {
      offset += 1
      if bytes[offset - 1] == 0x0A { break }
    }
    return cells
  }

  private mutating func cell() -> String {
    var text: [UInt8] = []
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\""), separator != 0x09 {
      offset += 1
      while offset < bytes.count {
        let byte = bytes[offset]
        offset += 1
        if byte == UInt8(ascii: "\"") {
          guard offset < bytes.count, bytes[offset] == byte else { break }
          offset += 1
        }
        text.append(byte)
      }
    }
    let start = offset
    while offset < bytes.count, bytes[offset] != separator, bytes[offset] != 0x0A,
      bytes[offset] != 0x0D
    {
      offset += 1
    }
    return String(decoding: text + bytes[start..<offset], as: UTF8.self).trimmed
  }
}

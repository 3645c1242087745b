import Foundation

@testable import TextSearch

/// Sections over bytes made by a test.
enum SectionFixture {
  /// A section of exactly `content`, mapped from a file that is already unlinked; its pages'
  /// checksums are those of the content, so damage reaches the structure under test.
  static func section(_ content: [UInt8], name: String = "test") throws -> Section {
    let path = FileManager.default.temporaryDirectory.path + "/folio-\(UUID().uuidString)"
    let sums = PagedFile.checksums(of: content)
    var list = ByteWriter()
    for sum in sums { list.u32(sum) }
    let slack = [UInt8](repeating: 0xA5, count: PagedFile.slack)
    let bytes = content + slack + list.bytes + slack
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let listStart = content.count + slack.count
    let file = PagedFile(
      path: path, memory: try Mapping(path: path), content: content.count,
      checksums: listStart..<(listStart + list.count),
      outerChecksums: PagedFile.checksums(of: list.bytes))
    return Section(name: name, file: file, range: 0..<content.count)
  }

  /// Calls `use` with a section of every damage of `content`: cut at each length, each byte
  /// changed in three ways. `use` may throw `IndexError` and nothing else.
  static func forEachDamage(
    of content: [UInt8], _ use: (Section) throws -> Void
  ) throws {
    for length in 0..<content.count { try attempt(Array(content[..<length]), use) }
    for place in content.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var damaged = content
        damaged[place] ^= change
        try attempt(damaged, use)
      }
    }
  }

  private static func attempt(_ content: [UInt8], _ use: (Section) throws -> Void) throws {
    do { try use(try section(content)) } catch _ as IndexError {}
  }
}

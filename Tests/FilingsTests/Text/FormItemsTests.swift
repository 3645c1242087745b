import Filings
import Foundation
import Testing
import TextSearch

/// The items of annual and quarterly reports and of reports of events against a list made by
/// reading them; those of the forms 8-K and 20-F, of whole forms in JSON and of a form with a table
/// of references were printed by the reader, and their headings compared with the files.
///
/// `form-items.tsv` has a line for each item: the file in `edgar-dev`, the part in a quarterly
/// report, the number, how the item begins and how it ends, as small letters and digits only. Page
/// numbers and running heads do not count as its end.
@Suite struct FormItemsTests {
  private struct Item {
    var part: String
    var number: String
    var start: String
    var end: String
  }

  /// An item that was found: small letters and digits of its text.
  private struct Found {
    var number: String
    var text: String
  }

  /// Behind the end of an item there may stand a page number and a running head.
  private static let furniture = 300

  @Test(.enabled(if: Folder.development != nil, "edgar-dev is not there: set FOLIO_CORPORA"))
  func haveTheRightExtents() throws {
    #if DEBUG
      return
    #else
      let folder = try #require(Folder.development)
      let files = try Self.list()
      #expect(files.count >= 60)
      var right = 0
      var all = 0
      for (path, items) in files {
        let found = try Self.found(in: "\(folder)/\(path)")
        let wrong = items.filter { item in !found.contains { Self.matches($0, item) } }
        all += items.count
        right += items.count - wrong.count
        for item in wrong { print("\(path): item \(item.part) \(item.number) is not as listed") }
      }
      #expect(Double(right) >= 0.97 * Double(all), "\(right) of \(all)")
    #endif
  }

  private static func matches(_ found: Found, _ item: Item) -> Bool {
    found.number == item.number && found.text.hasPrefix(item.start)
      && found.text.suffix(item.end.count + furniture).contains(item.end)
  }

  private static func list() throws -> [(path: String, items: [Item])] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "form-items.tsv")
    var files: [(path: String, items: [Item])] = []
    for row in try rows(ofTable: url.path) {
      let item = Item(
        part: row["part"] ?? "", number: try #require(row["item"]),
        start: try #require(row["start"]), end: try #require(row["end"]))
      let path = try #require(row["path"])
      if files.last?.path == path {
        files[files.count - 1].items.append(item)
      } else {
        files.append((path, [item]))
      }
    }
    return files
  }

  private static func found(in path: String) throws -> [Found] {
    let result = FilingReader.read(bytes: try Platform.read(path), path: path)
    guard let document = result.filings.first?.documents.first?.document else { return [] }
    return document.zones.filter { $0.kind == FilingZone.item.rawValue }.map { zone in
      let words = zone.label.split(separator: " ")
      let number = words.count > 1 ? words[1].trimmingCharacters(in: ["."]) : ""
      var text = plain(document.text[zone.range])
      // "Part II, Item 1." and "Item 1." are the same heading.
      if text.hasPrefix("part"), let item = text.range(of: "item") {
        text = String(text[item.lowerBound...])
      }
      return Found(number: number, text: text)
    }
  }

  /// The ASCII letters, small, and digits.
  private static func plain(_ text: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    for byte in text {
      let small: UInt8 = byte &- 0x41 < 26 ? byte | 0x20 : byte
      if small &- 0x61 < 26 || small &- 0x30 < 10 { bytes.append(small) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

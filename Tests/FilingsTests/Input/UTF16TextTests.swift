import Filings
import Testing
import TextSearch

@Suite struct UTF16TextTests {
  private static func bytes(_ text: String, highFirst: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return highFirst ? pair : pair.reversed()
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    FilingReader.read(bytes: bytes, path: "x.htm").document.body
  }

  @Test(arguments: [true, false], ["\u{FEFF}", ""]) func pagesAreRead(
    _ highFirst: Bool, _ mark: String
  ) {
    let page = mark + "<html><body><p>Café \u{1F600} “Item”</p></body></html>"
    #expect(Self.text(Self.bytes(page, highFirst: highFirst)) == "Café \u{1F600} “Item”")
  }

  @Test func halvesOfPairsAreNoCharacters() {
    var bytes = Self.bytes("\u{FEFF}<html>before and after</html>", highFirst: false)
    bytes.replaceSubrange(28..<30, with: [0, 0xD8])
    #expect(Self.text(bytes).contains("\u{FFFD}"))
    #expect(Self.text(bytes + [7]).contains("after"))
  }

  @Test func otherBytesAreNoText() {
    let result = FilingReader.read(
      bytes: [0xFF, 0xFE] + (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 37) }, path: "x.bin")
    #expect(result.filings.isEmpty && result.skipped.first?.kind == .binary)
  }
}

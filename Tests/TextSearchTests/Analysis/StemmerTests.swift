import Testing

@testable import TextSearch

@Suite struct StemmerTests {
  private func stem(_ word: String) -> String {
    String(decoding: Stemmer.stem(Array(word.utf8)), as: UTF8.self)
  }

  /// english-stems.tsv has the words (each at least three times) of the judged texts of
  /// FinanceBench, FinQA and Cranfield, and words put together at random of beginnings and endings
  /// that the rules speak of; its stems are those of PyStemmer 3.1.0, which is Snowball 3.1.
  @Test func agreesWithSnowball() throws {
    let folder = #filePath.dropLast("StemmerTests.swift".count)
    let list = try Platform.read(folder + "english-stems.tsv")
    var wrong: [String] = []
    var count = 0
    for line in list.split(separator: UInt8(ascii: "\n")) {
      let columns = line.split(separator: UInt8(ascii: "\t")).map { Array($0) }
      count += 1
      guard Stemmer.stem(columns[0]) != columns[1] else { continue }
      wrong.append(String(decoding: line, as: UTF8.self))
    }
    #expect(count > 20_000)
    #expect(wrong.isEmpty, "\(wrong.count) of \(count): \(wrong.prefix(20)) (word, expected)")
  }

  @Test(arguments: ["", "a", "is", "10k", "naïve", "9153", "us.", "x\u{0}y", "NETS", "net's"])
  func leavesAloneWhatIsNoEnglishWord(_ term: String) {
    #expect(stem(term) == term)
  }

  @Test func takesTimeInProportion() {
    let long = [UInt8](repeating: UInt8(ascii: "y"), count: 1_000_000)
    #expect(Stemmer.stem(long).count == long.count)
  }
}

import Filings
import Foundation
import Testing
import TextSearch

/// Filings in gzip, tar and ZIP archives.
@Suite struct ArchiveReaderTests {
  private static func read(_ bytes: [UInt8], _ path: String) -> ReadResult {
    FilingReader.read(bytes: bytes, path: path)
  }

  private static func words(_ filing: Filing) -> String {
    filing.documents.map(\.body).joined()
      .trimmingCharacters(in: .newlines)
  }

  private static let report = ArchiveFixtures.report(lines: 60)
    .trimmingCharacters(in: .newlines)

  @Test func gzipOfOneFileKeepsItsPath() throws {
    let result = Self.read(ArchiveFixtures.gzip, "a.txt.gz")
    let filing = try #require(result.filings.first)
    #expect(filing.path == "a.txt.gz" && Self.words(filing) == Self.report)
    #expect(result.skipped.isEmpty && result.byteCount == ArchiveFixtures.gzip.count)
  }

  @Test func membersOfGzipFollowEachOther() throws {
    let twice = Self.read(ArchiveFixtures.gzip + ArchiveFixtures.gzip + [0, 0], "a.gz")
    #expect(Self.words(try #require(twice.filings.first)) == Self.report + "\n" + Self.report)
  }

  @Test func tarWithLongNames() throws {
    let result = Self.read(ArchiveFixtures.tarGzip, "x/a.tar.gz")
    let long = "b/" + String(repeating: "long", count: 40) + "/second.txt"
    #expect(
      result.filings.map(\.path) == ["a/first.txt", long, "up.txt"].map { "x/a.tar.gz/" + $0 })
    #expect(result.filings.allSatisfy { Self.words($0) == Self.report })
    let gnu = Self.read(ArchiveFixtures.gnuTar, "g")
    #expect(gnu.filings.map(\.path) == ["g/" + long])
  }

  @Test func zipWithMembersOfEveryKind() throws {
    let result = Self.read(ArchiveFixtures.zip, "a.zip")
    #expect(
      result.filings.map(\.path)
        == ["a/packed.txt", "stored.txt", "c/win.txt", "inner.txt.gz"].map { "a.zip/" + $0 })
    #expect(Self.words(result.filings[0]) == Self.report)
    #expect(Set(result.filings.dropFirst().map(Self.words)).count == 1)
    #expect(result.skipped.isEmpty)
  }

  /// A large archive is unpacked bit by bit, and says what it says when it is read at once.
  @Test(arguments: [false, true]) func largeArchivesAreReadInParts(isCutOff: Bool) throws {
    let root = try Folder.temporary()
    let report = Array(ArchiveFixtures.report(lines: 9000).utf8)
    let members = (0..<30).map { ("m/\($0).txt", $0 % 7 == 3 ? [0x1F, 0x9D, 0] : report) }
    var archive = ArchiveFixtures.tar(members)
    if isCutOff { archive.removeLast(report.count / 2) }
    try Data(archive).write(to: URL(filePath: root + "/a.tar"))
    let file = try #require(InputFinder.files(at: [root]).files.first)
    let items = Array(InputFinder.items(of: file))
    #expect(items.count > 4 && items.allSatisfy { $0.byteCount < 5 << 20 })
    #expect(items.map(\.isLast) == items.indices.map { $0 == items.count - 1 })
    let results = items.map { FilingReader.read($0) }
    let whole = Self.read(archive, "a.tar")
    #expect(results.flatMap(\.filings) == whole.filings)
    #expect(results.flatMap(\.skipped) == whole.skipped)
    #expect(whole.skipped.contains { $0.reason.contains("ends too early") } == isCutOff)
    #expect(results.reduce(0) { $0 + $1.byteCount } == archive.count)
    // The first item speaks for the file.
    #expect(results.map { $0.fingerprint != nil } == items.indices.map { $0 == 0 })
    #expect(results[0].fingerprint == whole.fingerprint)
    #expect(FileFingerprint.of(file) == whole.fingerprint)
    let known = items.map { FilingReader.read($0) { $0 == whole.fingerprint } }
    #expect(known.allSatisfy { $0.isKnown && $0.filings.isEmpty })
  }

  @Test func pathsInArchivesSayWhatPathsSay() throws {
    var zip = ArchiveFixtures.zip
    // Both places of the name; the lengths are the same.
    let name = Array("a/packed.txt".utf8)
    for place in zip.indices where zip[place...].starts(with: name) {
      zip.replaceSubrange(place..<place + name.count, with: Array("10-K/pack.tx".utf8))
    }
    #expect(Self.read(zip, "a.zip").filings.first?.form == "10-K")
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var reason: String
    var testDescription: String { name }
  }

  private static func changed(_ bytes: [UInt8], _ place: Int, _ value: UInt8) -> [UInt8] {
    var bytes = bytes
    bytes[place < 0 ? bytes.count + place : place] = value
    return bytes
  }

  static let damages = [
    Damage(name: "cut", bytes: Array(ArchiveFixtures.gzip.dropLast(20)), reason: "too early"),
    Damage(name: "checksum", bytes: withOtherChecksum(), reason: "checksum"),
    Damage(name: "method", bytes: changed(ArchiveFixtures.gzip, 2, 7), reason: "way of packing"),
    Damage(name: "no directory", bytes: [0x50, 0x4B, 3, 4, 20, 0], reason: "directory"),
    Damage(name: "bzip2", bytes: Array("BZh91AY&SY".utf8), reason: "bzip2"),
    Damage(name: "encrypted", bytes: withFlag(), reason: "encrypted"),
  ]

  private static func withOtherChecksum() -> [UInt8] {
    let gzip = ArchiveFixtures.gzip
    return changed(gzip, -7, gzip[gzip.count - 7] ^ 0xFF)
  }

  /// The first member of the ZIP archive, said to be encrypted.
  private static func withFlag() -> [UInt8] {
    var bytes = ArchiveFixtures.zip
    if let place = bytes.indices.first(where: { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) }) {
      bytes[place + 8] |= 1
    }
    return bytes
  }

  @Test(arguments: damages) func damageIsReported(_ damage: Damage) {
    let result = Self.read(damage.bytes, "x")
    #expect(result.skipped.contains { $0.kind == .archive && $0.reason.contains(damage.reason) })
  }

  @Test func cutAndFlippedAnywhere() {
    for archive in [ArchiveFixtures.gzip, ArchiveFixtures.tarGzip, ArchiveFixtures.zip] {
      for count in stride(from: 3, to: archive.count, by: 7) {
        let result = Self.read(Array(archive[..<count]), "x")
        #expect(!result.skipped.isEmpty || !result.filings.isEmpty)
      }
      for place in stride(from: 0, to: archive.count, by: 3) {
        _ = Self.read(Self.changed(archive, place, archive[place] ^ 0x55), "x")
      }
    }
  }

  @Test func archivesInArchivesEnd() throws {
    let inner = stored(["a.txt": Array("words of a report\n".utf8)])
    let outer = stored(["inner.zip": inner])
    #expect(Self.read(outer, "o.zip").filings.map(\.path) == ["o.zip/inner.zip/a.txt"])
    let third = Self.read(stored(["outer.zip": outer]), "t.zip")
    #expect(third.filings.isEmpty)
    #expect(third.skipped.map(\.path) == ["t.zip/outer.zip/inner.zip"])
  }

  /// A stored block of a gigabyte of zeros, a thousandth of that when packed, is not unpacked.
  @Test func burstingArchivesAreBounded() {
    // Matches of 258 bytes at distance 1, with the fixed code: 8 bits of length, 5 of distance.
    var bits = BitWriter()
    bits.write(0b1, 1)
    bits.write(0b01, 2)
    bits.writeCode(0b0011_0000, 8)
    for _ in 0..<400_000 {
      bits.writeCode(0b1100_0101, 8)
      bits.writeCode(0, 5)
    }
    let gzip = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + bits.finish()
    let result = Self.read(gzip, "bomb.gz")
    #expect(result.filings.isEmpty)
    #expect(result.skipped.contains { $0.reason.contains("more than is unpacked") })
  }

  /// A ZIP archive of members that are not packed.
  private func stored(_ members: [String: [UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in members {
      let sizes =
        little(crc(content)) + little(UInt32(content.count)) + little(UInt32(content.count))
      let lengths = [UInt8(name.utf8.count), 0, 0, 0]
      let start = UInt32(bytes.count)
      let common: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + lengths
      bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
      directory += [0x50, 0x4B, 1, 2, 20, 0] + common
      directory += [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + little(start) + Array(name.utf8)
    }
    let count = [UInt8(members.count), 0]
    return bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + little(UInt32(directory.count)) + little(UInt32(bytes.count)) + [0, 0]
  }

  private func little(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(number >> ($0 * 8) & 0xFF) }
  }

  private func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1
      }
    }
  }
}

/// Writes bits, the lowest of each byte first.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var current: UInt32 = 0
  private var count = 0

  mutating func write(_ value: UInt32, _ bits: Int) {
    for bit in 0..<bits {
      current |= (value >> UInt32(bit) & 1) << UInt32(count)
      count += 1
      if count == 8 {
        bytes.append(UInt8(current))
        (current, count) = (0, 0)
      }
    }
  }

  /// A code of Huffman's, the first bit of which is the highest.
  mutating func writeCode(_ code: UInt32, _ bits: Int) {
    for bit in (0..<bits).reversed() { write(code >> UInt32(bit) & 1, 1) }
  }

  consuming func finish() -> [UInt8] {
    count > 0 ? bytes + [UInt8(current)] : bytes
  }
}

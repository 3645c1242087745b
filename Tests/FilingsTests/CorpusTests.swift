import Filings
import Foundation
import Testing
import TextSearch

/// The filings that ship with the repository.
@Suite struct CorpusTests {
  @Test func manifestNamesEveryFile() throws {
    let rows = try rows(ofTable: "\(Folder.corpus)/MANIFEST.tsv")
    let names = try Platform.names(inFolder: Folder.corpus).filter { $0 != "MANIFEST.tsv" }
    #expect(rows.map { $0["path"] } == names)
    for row in rows {
      let path = try #require(row["path"])
      let bytes = try Platform.read("\(Folder.corpus)/\(path)")
      #expect(SHA256.hex(bytes) == row["sha256"], "\(path)")
      for column in ["form", "source"] {
        #expect(row[column]?.isEmpty == false, "\(path) \(column)")
      }
    }
  }

  @Test func isSmall() throws {
    let (files, skipped) = try InputFinder.files(at: [Folder.corpus])
    #expect(skipped.isEmpty)
    #expect(files.map(\.size).reduce(0, +) < 5 << 20)
  }

  @Test func isReadInFull() throws {
    var kinds: Set<Filing.Kind> = []
    var unread: [String: String] = [:]
    for file in try InputFinder.files(at: [Folder.corpus]).files {
      for item in InputFinder.items(of: file) {
        let result = FilingReader.read(item)
        for filing in result.filings {
          kinds.insert(filing.kind)
          for document in filing.documents { #expect(document.flaw == nil, "\(document.id)") }
        }
        let isRead = result.filings.contains { !$0.documents.isEmpty }
        if !isRead { unread[file.relativePath] = result.skipped.last?.reason }
      }
    }
    #expect(kinds.isSuperset(of: [.submission, .html, .text, .ascii, .json, .xml]))
    #expect(
      unread == [
        "MANIFEST.tsv": "a table of facts about files, no filing"
      ])
  }

  @Test func formsAndCompaniesAreThoseOfTheManifest() throws {
    for row in try rows(ofTable: "\(Folder.corpus)/MANIFEST.tsv") {
      let path = try #require(row["path"])
      let bytes = try Platform.read("\(Folder.corpus)/\(path)")
      guard let filing = FilingReader.read(bytes: bytes, path: path).filings.first,
        filing.kind == .submission, let company = filing.company, filing.accession != nil
      else { continue }
      #expect(filing.form == row["form"], "\(path)")
      #expect(company.uppercased() == row["company"]?.uppercased(), "\(path)")
      #expect(filing.filed == row["date"], "\(path)")
    }
  }
}

/// SHA-256 (FIPS 180-4), plain, for checking the manifest.
enum SHA256 {
  static func hex(_ message: [UInt8]) -> String {
    var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
      0x5be0_cd19,
    ]
    var padded = message + [0x80]
    padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
    let bitCount = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    for start in stride(from: 0, to: padded.count, by: 64) {
      mix(padded[start..<start + 64], into: &state)
    }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
    let block = Array(block)
    var w = (0..<16).map { i in (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[i * 4 + $1]) } }
    for i in 16..<64 {
      let s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3)
      let s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10)
      w.append(w[i - 16] &+ s0 &+ w[i - 7] &+ s1)
    }
    var v = state
    for i in 0..<64 {
      let s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
      let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
      let first = v[7] &+ s1 &+ choice &+ constants[i] &+ w[i]
      let s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
      let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
      v = [first &+ s0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for i in 0..<8 { state[i] &+= v[i] }
  }

  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = (2...311).filter { n in
    !(2..<n).contains { n % $0 == 0 }
  }.map { prime in
    let root = cbrt(Double(prime))
    return UInt32((root - root.rounded(.down)) * 4_294_967_296)
  }
}

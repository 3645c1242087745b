/// Knows the pages that say the same as their neighbours: powers of attorney, certificates, forms.
///
/// What stands at the edges of such pages is no running head but part of what each of them says.
struct RepeatedPages {
  private struct Line {
    var range: Range<Int>
    var hash: UInt64
  }

  /// So many of the first long lines of prose of two pages must be the same.
  private let fewestShared: Int
  /// Shorter lines, in bytes, may be heads and titles; of others so many bytes are compared.
  private let shortest: Int
  private var lines: [Line] = []
  private var linesBefore: [Line] = []
  private var repeated: [Bool] = []

  /// So many lines of each page are compared.
  private static let mostLines = 12
  /// So many bytes tell whether a line is prose.
  private static let longest = 160

  init(fewestShared: Int, shortest: Int) {
    self.fewestShared = fewestShared
    self.shortest = shortest
  }

  /// The number of the page whose lines are taken, from 0.
  var page: Int { repeated.count }

  /// Whether the lines of the page that are compared are all there.
  var isFull: Bool { lines.count >= Self.mostLines }

  /// Takes a line of the page.
  mutating func add(_ line: Range<Int>, _ bytes: [UInt8]) {
    guard !isFull, line.count >= shortest else { return }
    let range = line.prefix(Self.longest)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in line.prefix(shortest) {
      hash = (hash ^ UInt64(bytes[place])) &* 0x0000_0100_0000_01B3
    }
    lines.append(Line(range: range, hash: hash))
  }

  mutating func endPage(_ bytes: [UInt8]) {
    let shared = lines.count { line in
      linesBefore.contains { $0.hash == line.hash } && isProse(bytes[line.range])
    }
    if shared >= fewestShared, !repeated.isEmpty { repeated[repeated.count - 1] = true }
    repeated.append(shared >= fewestShared)
    swap(&lines, &linesBefore)
    lines.removeAll(keepingCapacity: true)
  }

  private func isProse(_ line: ArraySlice<UInt8>) -> Bool {
    !line.contains(0x09) && PageFurniture.isProse(line)
  }

  /// Whether the page of the number, from 0, says the same as one beside it.
  func contains(_ page: Int) -> Bool { repeated.indices.contains(page) && repeated[page] }
}

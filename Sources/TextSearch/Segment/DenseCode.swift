/// An (s,c)-dense code: numbers as one to four bytes, of which the last, and only it, is below `s`.
///
/// Number r < s is the byte r. The next s·c numbers have two bytes, then s·c² three, then s·c³
/// four, where c = 256 − s; a byte of s or more says that the code goes on. The end of a code is
/// seen in its last byte alone, so text in this code can be searched as it is (Brisaboa, Fariña,
/// Navarro & Paramá, "Lightweight natural language text compression", 2007).
struct DenseCode: Sendable, Equatable {
  /// s, the number of bytes that end a code: 1...255.
  let stopperCount: Int
  /// The first number of each length: 0, s, s + s·c, s + s·c + s·c²; then the number of all.
  let bases: [Int]

  /// Leaves room for the markers of all fields, and for 200 million numbers.
  static let leastStopperCount = 16

  init(stopperCount: Int) {
    precondition((1...255).contains(stopperCount))
    self.stopperCount = stopperCount
    var bases = [0]
    var size = stopperCount
    for _ in 0..<4 {
      bases.append(bases[bases.count - 1] + size)
      size *= 256 - stopperCount
    }
    self.bases = bases
  }

  /// The code with the fewest bytes for numbers that occur so often.
  ///
  /// - Parameter frequencies: Falling; their places are the numbers.
  /// - Complexity: O(frequencies) and 255 looks at four sums.
  init(frequencies: [Int]) {
    var sums = [0]
    sums.reserveCapacity(frequencies.count + 1)
    for frequency in frequencies { sums.append(sums[sums.count - 1] + frequency) }
    var best = Self.leastStopperCount
    var bestCost = Int.max
    for stopperCount in Self.leastStopperCount...255 {
      let bases = DenseCode(stopperCount: stopperCount).bases
      guard bases[4] >= frequencies.count else { continue }
      var cost = 0
      for length in 1...4 {
        let first = min(bases[length - 1], frequencies.count)
        let end = min(bases[length], frequencies.count)
        cost += length * (sums[end] - sums[first])
      }
      if cost <= bestCost { (best, bestCost) = (stopperCount, cost) }
    }
    self.init(stopperCount: best)
  }

  /// The number of bytes of the code of `rank`.
  func length(of rank: Int) -> Int {
    rank < bases[1] ? 1 : rank < bases[2] ? 2 : rank < bases[3] ? 3 : 4
  }

  /// The bytes of the code of `rank` in the low bytes of a word, the first lowest.
  func code(of rank: Int) -> (bytes: UInt32, length: Int) {
    let length = length(of: rank)
    var rest = rank - bases[length - 1]
    var bytes = UInt32(rest % stopperCount)
    rest /= stopperCount
    for _ in 1..<max(length, 1) {
      bytes = bytes &<< 8 | UInt32(stopperCount + rest % (256 - stopperCount))
      rest /= 256 - stopperCount
    }
    return (bytes, length)
  }

  func append(_ rank: Int, to bytes: inout [UInt8]) {
    var (code, length) = code(of: rank)
    while length > 0 {
      bytes.append(UInt8(truncatingIfNeeded: code))
      code = code &>> 8
      length -= 1
    }
  }
}

/// Numbers the names of elements and attributes.
struct XMLNames {
  private(set) var all: [String] = [""]
  private var numbers: [[UInt8]: Int] = [:]
  /// The last names met, by their length and first bytes: tags repeat.
  private var recent = [Recent](repeating: Recent(), count: 256)
  /// Their bytes.
  private var bytes: [UInt8] = []

  private struct Recent {
    var name = 0..<0
    var number = 0
  }

  /// A name longer than this is not remembered, nor are names beyond so many bytes: bounds for
  /// hostile files.
  private static let longestRecent = 200
  private static let mostBytes = 1 << 20

  /// The number of a name; 0 is the empty one, and any beyond the most that are kept.
  mutating func number(of name: Range<Int>, in text: borrowing Span<UInt8>) -> Int {
    if name.isEmpty { return 0 }
    let (first, last) = (text[name.lowerBound], text[name.upperBound - 1])
    let middle = text[name.lowerBound + name.count / 2]
    let slot = Int(
      (first &* 31 &+ last &* 7 &+ middle &* 131) ^ UInt8(truncatingIfNeeded: name.count))
    if isRecent(slot, name, text) { return recent[slot].number }
    let number = lookUp(name.prefix(Self.longestRecent).map { text[$0] })
    if name.count <= Self.longestRecent, bytes.count < Self.mostBytes {
      let start = bytes.count
      for place in name { bytes.append(text[place]) }
      recent[slot] = Recent(name: start..<bytes.count, number: number)
    }
    return number
  }

  private func isRecent(_ slot: Int, _ name: Range<Int>, _ text: borrowing Span<UInt8>) -> Bool {
    let known = recent[slot].name
    guard known.count == name.count else { return false }
    let bytes = bytes.span
    var length = 0
    while length < name.count, bytes[known.lowerBound &+ length] == text[name.lowerBound &+ length]
    {
      length &+= 1
    }
    return length == name.count
  }

  private mutating func lookUp(_ key: [UInt8]) -> Int {
    if let number = numbers[key] { return number }
    guard all.count < XMLTree.mostNames else { return 0 }
    let number = all.count
    all.append(String(decoding: key, as: UTF8.self))
    numbers[key] = number
    return number
  }
}

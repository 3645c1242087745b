/// Numbers the names of elements and attributes.
struct XMLNames {
  private(set) var all: [String] = [""]
  private var numbers: [[UInt8]: Int] = [:]
  /// The last names met, by their length and first bytes: tags repeat.
  private var recent: [(name: [UInt8], number: Int)] = Array(repeating: ([], 0), count: 256)

  /// The number of a name; 0 is the empty one, and any beyond the most that are kept.
  mutating func number(of name: ArraySlice<UInt8>) -> Int {
    guard let first = name.first, let last = name.last else { return 0 }
    let middle = name[name.startIndex + name.count / 2]
    let slot = Int(
      (first &* 31 &+ last &* 7 &+ middle &* 131) ^ UInt8(truncatingIfNeeded: name.count))
    if recent[slot].name.count == name.count, recent[slot].name.elementsEqual(name) {
      return recent[slot].number
    }
    let key = Array(name.prefix(200))
    var number = numbers[key] ?? 0
    if number == 0, all.count < XMLTree.mostNames {
      number = all.count
      all.append(String(decoding: key, as: UTF8.self))
      numbers[key] = number
    }
    recent[slot] = (Array(name), number)
    return number
  }
}

/// Makes names unique: the second "a" is "a~2", the third "a~3".
struct UniqueNames {
  private var used: Set<String> = []
  /// The last number that was given to a name.
  private var numbers: [String: Int] = [:]

  /// - Complexity: O(1) on average over many calls.
  mutating func unique(_ name: String) -> String {
    if used.insert(name).inserted { return name }
    var number = numbers[name, default: 1]
    var other: String
    repeat {
      number += 1
      other = "\(name)~\(number)"
    } while !used.insert(other).inserted
    numbers[name] = number
    return other
  }
}

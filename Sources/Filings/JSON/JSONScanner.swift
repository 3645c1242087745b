/// Why bytes are not JSON: what stands where.
struct JSONError: Error {
  var reason: String
}

/// Reads JSON (RFC 8259) over bytes, value by value, without building a tree.
///
/// Strict but for bytes above 0x7F, which are taken as they are. Nested values are passed over with
/// a counter, not by recursion.
struct JSONScanner {
  /// A value, as the place of its bytes.
  struct Value {
    enum Kind { case string, number, literal, nested }
    var kind: Kind
    /// Of a string the bytes between the quotes.
    var range: Range<Int>
    /// Whether a string has a `\`.
    var isEscaped = false
  }

  let bytes: [UInt8]
  private(set) var offset: Int
  let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  mutating func skipSpace() {
    while offset < end, Self.isSpace(bytes[offset]) { offset &+= 1 }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// The next byte that is not space, without passing it; nil at the end.
  mutating func peek() -> UInt8? {
    skipSpace()
    return offset < end ? bytes[offset] : nil
  }

  /// Passes `byte` if it is next after space.
  mutating func pass(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    offset &+= 1
    return true
  }

  mutating func require(_ byte: UInt8) throws(JSONError) {
    guard pass(byte) else { throw expected("'\(Character(UnicodeScalar(byte)))'") }
  }

  func expected(_ what: String) -> JSONError {
    offset < end
      ? JSONError(reason: "not JSON: expected \(what) at byte \(offset)")
      : JSONError(reason: "not JSON: it ends where \(what) is expected")
  }

  mutating func value() throws(JSONError) -> Value {
    switch peek() {
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["): return try nested()
    case UInt8(ascii: "t"): return try literal("true")
    case UInt8(ascii: "f"): return try literal("false")
    case UInt8(ascii: "n"): return try literal("null")
    default: return try number()
    }
  }

  /// A string whose opening quote is next.
  mutating func string() throws(JSONError) -> Value {
    offset &+= 1
    let start = offset
    var isEscaped = false
    while true {
      offset = ByteScan.stringStop(bytes.span, offset, end)
      guard offset < end else { throw expected("the end of a string") }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset &+= 1
        return Value(kind: .string, range: start..<offset &- 1, isEscaped: isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        try escape()
      default: throw expected("no control character in a string")
      }
    }
  }

  private mutating func escape() throws(JSONError) {
    let letter = offset + 1 < end ? bytes[offset + 1] : 0
    switch letter {
    case UInt8(ascii: "u"):
      guard offset + 6 <= end, Self.hex(bytes, offset + 2) != nil else {
        throw expected("four hexadecimal digits after \\u")
      }
      offset &+= 6
    case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"),
      UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      offset &+= 2
    default: throw expected("an escape that JSON knows")
    }
  }

  /// The number of the four hexadecimal digits at `offset`, which has four bytes after it.
  static func hex(_ bytes: [UInt8], _ offset: Int) -> UInt32? {
    var number: UInt32 = 0
    for byte in bytes[offset..<offset + 4] {
      guard let digit = UnicodeScalar(byte).hexDigit else { return nil }
      number = number &<< 4 | digit
    }
    return number
  }

  private mutating func literal(_ text: StaticString) throws(JSONError) -> Value {
    let expectedText = "\(text)".utf8
    guard bytes[offset..<end].starts(with: expectedText) else { throw expected("a value") }
    offset += expectedText.count
    return Value(kind: .literal, range: (offset - expectedText.count)..<offset)
  }

  private mutating func number() throws(JSONError) -> Value {
    let start = offset
    if offset < end, bytes[offset] == UInt8(ascii: "-") { offset &+= 1 }
    let leadsWithZero = offset < end && bytes[offset] == UInt8(ascii: "0")
    let count = digits()
    guard count > 0, count == 1 || !leadsWithZero else { throw expected("a value") }
    if offset < end, bytes[offset] == UInt8(ascii: ".") {
      offset &+= 1
      guard digits() > 0 else { throw expected("a digit") }
    }
    if offset < end, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset &+= 1
      if offset < end, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
        offset &+= 1
      }
      guard digits() > 0 else { throw expected("a digit") }
    }
    return Value(kind: .number, range: start..<offset)
  }

  private mutating func digits() -> Int {
    let start = offset
    while offset < end, bytes[offset] &- UInt8(ascii: "0") < 10 { offset &+= 1 }
    return offset - start
  }
}

extension JSONScanner {
  /// Passes over an object or an array; checks the strings, the brackets' number and the ends.
  ///
  /// The kind of each open bracket is kept as a bit, so a depth of n costs n bits.
  private mutating func nested() throws(JSONError) -> Value {
    let start = offset
    var open = BitStack()
    repeat {
      switch peek() {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.push(bytes[offset] == UInt8(ascii: "{"))
        offset &+= 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.pop() == (bytes[offset] == UInt8(ascii: "}")) else {
          throw expected("the other closing bracket")
        }
        offset &+= 1
      case UInt8(ascii: ","), UInt8(ascii: ":"): offset &+= 1
      case nil: throw expected("a closing bracket")
      default: _ = try value()
      }
    } while !open.isEmpty
    return Value(kind: .nested, range: start..<offset)
  }
}

/// A stack of Booleans, eight a byte.
struct BitStack {
  private var words: [UInt8] = []
  private var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func push(_ bit: Bool) {
    if count & 7 == 0 { words.append(0) }
    if bit { words[count >> 3] |= 1 &<< UInt8(count & 7) }
    count += 1
  }

  /// The bit pushed last, or nil where there is none.
  mutating func pop() -> Bool? {
    guard count > 0 else { return nil }
    count -= 1
    let bit = words[count >> 3] >> UInt8(count & 7) & 1 == 1
    words[count >> 3] &= ~(1 &<< UInt8(count & 7))
    if count & 7 == 0 { words.removeLast() }
    return bit
  }
}

extension UnicodeScalar {
  /// 0 to 15, or nil.
  var hexDigit: UInt32? {
    switch value {
    case 0x30...0x39: value - 0x30
    case 0x41...0x46: value - 0x41 + 10
    case 0x61...0x66: value - 0x61 + 10
    default: nil
    }
  }
}

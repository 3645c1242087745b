import TextSearch

/// JSON (RFC 8259), written without spaces in the order of the calls.
///
/// Strings carry no character that could disturb a terminal: such are escaped, and so nothing is
/// lost. Numbers are the shortest that read back as the same; what is no number is `null`.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  static func object(_ body: (inout JSONWriter) -> Void) -> JSONWriter {
    var writer = JSONWriter()
    writer.object(body)
    return writer
  }

  // MARK: Values

  mutating func object(_ body: (inout JSONWriter) -> Void) { wrap("{", "}", body) }

  mutating func array<Element>(
    _ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    wrap("[", "]") { for element in elements { body(&$0, element) } }
  }

  mutating func value(_ text: String?) {
    guard let text else { return raw("null") }
    separate()
    string(text)
    needsComma = true
  }

  mutating func value(_ number: Int) { raw("\(number)") }
  mutating func value(_ number: UInt64) { raw("\(number)") }
  mutating func value(_ number: Double) { raw(number.isFinite ? "\(number)" : "null") }
  mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

  // MARK: Members of objects

  mutating func key(_ name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func member(_ name: String, _ text: String?) {
    key(name)
    value(text)
  }

  mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  mutating func member(_ name: String, _ number: UInt64) {
    key(name)
    value(number)
  }

  mutating func member(_ name: String, _ number: Double) {
    key(name)
    value(number)
  }

  mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    value(flag)
  }

  mutating func member<Element>(
    _ name: String, _ elements: some Sequence<Element>,
    _ body: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array(elements, body)
  }

  // MARK: Bytes

  private mutating func wrap(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(contentsOf: open.utf8)
    needsComma = false
    body(&self)
    bytes.append(contentsOf: close.utf8)
    needsComma = true
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }) {
      bytes.append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { append(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes.append(contentsOf: "\\\"".utf8)
    case "\\": bytes.append(contentsOf: "\\\\".utf8)
    case "\n": bytes.append(contentsOf: "\\n".utf8)
    case "\r": bytes.append(contentsOf: "\\r".utf8)
    case "\t": bytes.append(contentsOf: "\\t".utf8)
    case "\u{2028}", "\u{2029}": escape(scalar)
    case _ where Printable.isDangerous(scalar): escape(scalar)
    default: bytes.append(contentsOf: String(scalar).utf8)
    }
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
      bytes.append(contentsOf: "\\u\(zeros)\(digits)".utf8)
    }
  }
}

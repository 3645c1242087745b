/// Text made safe for a terminal and for one-line formats.
///
/// What comes out of a filing can hold anything: escape sequences that repaint a terminal, marks
/// that turn the reading direction around, characters without width that hide others. None of them
/// may reach a screen.
public enum Printable {
  /// `text` on one line: line breaks and tabs become spaces, dangerous characters U+FFFD.
  /// - Complexity: O(length).
  public static func line(_ text: String) -> String { clean(text, keepsLines: false) }

  /// `text` with its line feeds and tabs, without dangerous characters.
  ///
  /// A carriage return before a line feed goes; any other becomes a line feed.
  /// - Complexity: O(length).
  public static func lines(_ text: String) -> String { clean(text, keepsLines: true) }

  private static func clean(_ text: String, keepsLines: Bool) -> String {
    if isPlain(text, keepsLines: keepsLines) { return text }
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if keepsLines, scalar == "\n", previous == "\r" {
        previous = scalar
        continue
      }
      scalars.append(replacement(of: scalar, keepsLines: keepsLines))
      previous = scalar
    }
    return String(scalars)
  }

  /// Printable ASCII needs no copy; nearly all text is that.
  private static func isPlain(_ text: String, keepsLines: Bool) -> Bool {
    text.utf8.allSatisfy {
      (0x20..<0x7F).contains($0) || (keepsLines && ($0 == 0x0A || $0 == 0x09))
    }
  }

  private static func replacement(of scalar: Unicode.Scalar, keepsLines: Bool) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: return keepsLines ? scalar : " "
    case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: return keepsLines ? "\n" : " "
    case 0x20..<0x7F: return scalar
    default: return isDangerous(scalar) ? "\u{FFFD}" : scalar
    }
  }

  /// Whether a scalar moves the cursor, turns the direction or hides.
  ///
  /// A soft hyphen, a joiner and a non-joiner stay: they are part of words, and a terminal shows
  /// them as nothing or as a hyphen.
  public static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E: true
    case 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB: true
    case 0xE0000...0xE0FFF: true
    default: false
    }
  }

  /// Columns that a terminal gives to `text`.
  ///
  /// Wide are East Asian characters and emoji; nothing is taken by combining marks.
  /// - Complexity: O(length).
  public static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }

  /// Columns of one scalar: 0, 1 or 2.
  public static func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1160...0x11FF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3:
      return 2
    case 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6: return 2
    case 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD: return 2
    default: return 1
    }
  }
}

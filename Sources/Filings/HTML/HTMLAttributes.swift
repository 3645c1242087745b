/// What stands in a tag behind its name.
struct HTMLAttributes {
  /// The place after the tag's `>`.
  var end: Int
  var style: HTMLStyle = []
  /// Whether the tag is an element by itself: `<a id="x"/>`.
  var isEmpty = false

  @inline(__always)
  static func isName(_ byte: UInt8) -> Bool {
    // A letter, a digit, a hyphen or a colon: a bit for each byte, as every byte of a name asks.
    let set: UInt64 = byte < 64 ? 0x07FF_2000_0000_0000 : 0x07FF_FFFE_07FF_FFFE
    return byte < 0x80 && set &>> UInt64(byte & 63) & 1 != 0
  }

  /// Reads from the end of a tag's name to the tag's end; a `>` in quotation marks does not count.
  ///
  /// `trustsQuotes` becomes false at a quotation mark that is never closed.
  /// - Complexity: O(n), but once in a document, where an unclosed quotation mark is found.
  @inline(__always)
  static func read(
    _ bytes: HTMLBytes, _ start: Int, _ memory: inout HTMLTagMemory, _ trustsQuotes: inout Bool
  ) -> HTMLAttributes {
    if bytes[start] == UInt8(ascii: ">") { return HTMLAttributes(end: start &+ 1) }
    let stretch = start..<bytes.find(UInt8(ascii: ">"), start)
    if trustsQuotes, let known = memory.attributes(bytes, stretch) { return known }
    let found = readAll(bytes, start, &trustsQuotes)
    if trustsQuotes, found.end == stretch.upperBound &+ 1 {
      memory.remember(found, bytes, stretch)
    }
    return found
  }

  private static func readAll(
    _ bytes: HTMLBytes, _ start: Int, _ trustsQuotes: inout Bool
  ) -> HTMLAttributes {
    var found = HTMLAttributes(end: bytes.count)
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: ">") {
        found.isEmpty = bytes[place &- 1] == UInt8(ascii: "/")
        found.end = place &+ 1
        return found
      }
      if byte.isSpace || byte == UInt8(ascii: "/") {
        place &+= 1
        continue
      }
      let name = place
      repeat { place &+= 1 } while isAttributeName(bytes[place])
      let nameEnd = place
      while bytes[place].isSpace { place &+= 1 }
      guard bytes[place] == UInt8(ascii: "=") else {
        found.take(bytes, name..<nameEnd, nameEnd..<nameEnd)
        continue
      }
      let value = Self.value(bytes, place &+ 1, &trustsQuotes)
      found.take(bytes, name..<nameEnd, value.range)
      place = value.end
    }
    return found
  }

  @inline(__always)
  private static func isAttributeName(_ byte: UInt8) -> Bool {
    byte > UInt8(ascii: "/") && byte < UInt8(ascii: "=") || byte > UInt8(ascii: ">")
      || byte &- 0x21 < 14
  }

  /// The value behind an equals sign, without quotation marks, and the place behind it.
  @inline(__always)
  private static func value(
    _ bytes: HTMLBytes, _ start: Int, _ trustsQuotes: inout Bool
  ) -> (range: Range<Int>, end: Int) {
    var place = start
    while bytes[place].isSpace { place &+= 1 }
    let quote = bytes[place]
    if trustsQuotes, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let close = bytes.find(quote, place &+ 1)
      if close < bytes.count { return (place &+ 1..<close, close &+ 1) }
      trustsQuotes = false
    }
    let value = place
    while place < bytes.count, !bytes[place].isSpace, bytes[place] != UInt8(ascii: ">") {
      place &+= 1
    }
    return (value..<place, place)
  }

  /// Takes an attribute in; names are told by their length first.
  @inline(__always)
  private mutating func take(
    _ bytes: HTMLBytes, _ name: Range<Int>, _ value: Range<Int>
  ) {
    // "style", the first letter lowest: most attributes that matter are this one.
    if name.count == 5,
      bytes.word(name.lowerBound) & 0xFF_FFFF_FFFF | 0x20_2020_2020 == 0x65_6C79_7473
    {
      return style.formUnion(HTMLStyle(bytes, value))
    }
    takeOther(bytes, HTMLWord(bytes, name), name.count, value)
  }

  private mutating func takeOther(
    _ bytes: HTMLBytes, _ word: HTMLWord, _ length: Int, _ value: Range<Int>
  ) {
    switch length {
    case 4 where word.first == UInt8(ascii: "f"):
      if word.isEqual("face") {
        let isSigns = HTMLWord(bytes, value).contains("wingdings")
        style.insert(isSigns ? .signs : .notSigns)
      }
    case 5 where word.first == UInt8(ascii: "c"):
      if word.isEqual("color") {
        style.insert(HTMLStyle.isWhite(HTMLWord(bytes, value)) ? .white : .notWhite)
      }
    case 6 where word.first == UInt8(ascii: "h"):
      if word.isEqual("hidden") { style.insert(.hidden) }
    case 7 where word.first == UInt8(ascii: "b"):
      if word.isEqual("bgcolor"), !HTMLStyle.isWhite(HTMLWord(bytes, value)) {
        style.insert(.onColor)
      }
    default: break
    }
  }
}

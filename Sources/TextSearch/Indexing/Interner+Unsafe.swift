/// Gives each different byte string a number, dense from 0 in the order of first sight.
///
/// Strings of up to 16 bytes are compared as two words in the slot itself; longer ones by the
/// bytes in the arena. The hash is seeded anew in every process, so that no input can be made to
/// collide; numbers do not depend on it.
///
/// Safety: `slots` has `mask + 1` slots and is owned; the arena is an array of its own.
@safe struct Interner: ~Copyable {
  private struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// The number plus 1; 0 is an empty slot.
    var number: UInt32 = 0
    var count: UInt32 = 0
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private(set) var strings = StringTable()
  private static let processSeed = UInt64.random(in: .min ... .max) | 1
  /// A copy at hand: each look at a global goes through a check whether it is there.
  private let seed = Interner.processSeed

  init() {
    mask = 1023
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
  }

  deinit { unsafe slots.deallocate() }

  var count: Int { strings.count }

  /// The number of the `count` bytes at `bytes`, and whether they were new.
  ///
  /// Safety: 16 bytes behind the string are readable (the caller's buffer has slack).
  @inline(__always)
  mutating func intern(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt32 {
    var low = unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    var high: UInt64 = 0
    if count <= 8 {
      if count < 8 { low &= (1 &<< UInt64(8 &* count)) &- 1 }
    } else if count <= 16 {
      high = unsafe UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      if count < 16 { high &= (1 &<< UInt64(8 &* (count &- 8))) &- 1 }
    } else {
      high = unsafe hash(bytes, count)
    }
    return unsafe find(low, high, bytes, count)
  }

  /// The number of `content`, which gets slack behind it for as long as it is looked up.
  mutating func intern(_ content: inout [UInt8]) -> Int {
    let count = content.count
    content.append(contentsOf: repeatElement(0, count: 16))
    defer { content.removeLast(16) }
    return unsafe content.withUnsafeBytes { bytes in
      // The array has 16 bytes at least.
      unsafe Int(intern(bytes.baseAddress!, count))
    }
  }

  /// The number of `content`.
  mutating func intern(_ content: [UInt8]) -> Int {
    var content = content
    return intern(&content)
  }

  /// The numbers of all strings of a table that has slack behind it.
  mutating func intern(_ table: StringTable) -> [UInt32] {
    guard table.count > 0 else { return [] }
    return unsafe table.bytes.withUnsafeBytes { bytes in
      (0..<table.count).map { number in
        let range = table.range(number)
        // `addSlack` was called, so there are 16 bytes behind every string.
        return unsafe intern(bytes.baseAddress! + range.lowerBound, range.count)
      }
    }
  }

  private mutating func find(
    _ low: UInt64, _ high: UInt64, _ bytes: UnsafeRawPointer, _ count: Int
  ) -> UInt32 {
    var place = self.place(low, high, count) & mask
    while true {
      let slot = unsafe slots[place]
      if slot.number == 0 { break }
      if slot.low == low, slot.high == high, slot.count == UInt32(truncatingIfNeeded: count) {
        if count <= 16 { return slot.number &- 1 }
        if unsafe strings.equals(Int(slot.number &- 1), bytes, count) { return slot.number &- 1 }
      }
      place = (place &+ 1) & mask
    }
    return unsafe insert(Slot(low: low, high: high, number: 0, count: 0), at: place, bytes, count)
  }

  private mutating func insert(
    _ slot: Slot, at place: Int, _ bytes: UnsafeRawPointer, _ count: Int
  ) -> UInt32 {
    let number = UInt32(strings.count)
    unsafe strings.append(bytes, count)
    unsafe slots[place] = Slot(
      low: slot.low, high: slot.high, number: number + 1,
      count: UInt32(truncatingIfNeeded: count))
    if strings.count * 2 > mask { grow() }
    return number
  }

  private mutating func grow() {
    let old = unsafe UnsafeBufferPointer(start: slots, count: mask + 1)
    mask = mask * 2 + 1
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
    for number in 0..<old.count {
      let slot = unsafe old[number]
      if slot.number == 0 { continue }
      var place = self.place(slot.low, slot.high, Int(slot.count)) & mask
      while unsafe slots[place].number != 0 { place = (place &+ 1) & mask }
      unsafe slots[place] = slot
    }
    unsafe old.deallocate()
  }

  @inline(__always)
  private func place(_ low: UInt64, _ high: UInt64, _ count: Int) -> Int {
    let product = (low ^ seed).multipliedFullWidth(
      by: high ^ 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count) &* seed)
    let mixed = (product.high ^ product.low) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed ^ (mixed &>> 32))
  }

  private func hash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var state = seed ^ UInt64(count)
    var offset = 0
    while offset &+ 8 <= count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let product = (state ^ UInt64(littleEndian: word)).multipliedFullWidth(
        by: 0xA076_1D64_78BD_642F)
      state = product.high ^ product.low
      offset &+= 8
    }
    while offset < count {
      let byte = unsafe bytes.load(fromByteOffset: offset, as: UInt8.self)
      state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      offset &+= 1
    }
    return state
  }
}

/// Byte strings one after the other, by number.
struct StringTable: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []

  var count: Int { ends.count }

  func range(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  /// Adds bytes behind the last string, so that words may be loaded past its end.
  mutating func addSlack() { bytes.append(contentsOf: repeatElement(0, count: 16)) }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[range(number)] }

  mutating func append(_ content: UnsafeRawPointer, _ count: Int) {
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: content, count: count))
    ends.append(bytes.count)
  }

  mutating func append(_ content: some Collection<UInt8>) {
    bytes.append(contentsOf: content)
    ends.append(bytes.count)
  }

  func equals(_ number: Int, _ content: UnsafeRawPointer, _ count: Int) -> Bool {
    let range = range(number)
    guard range.count == count else { return false }
    return unsafe bytes.withUnsafeBytes { all in
      unsafe all[range].elementsEqual(UnsafeRawBufferPointer(start: content, count: count))
    }
  }
}

extension Normalizer {
  /// Replaces `term` by the term of a form of the table.
  static func normalize(_ forms: StringTable, _ form: Int, into term: inout [UInt8]) {
    unsafe forms.bytes.withUnsafeBytes { all in
      unsafe normalize(UnsafeRawBufferPointer(rebasing: all[forms.range(form)]), into: &term)
    }
  }
}

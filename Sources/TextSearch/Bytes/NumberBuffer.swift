/// Numbers that grow at the end, for loops where an array's checks would show.
///
/// Safety: `memory` has room for `capacity` numbers, of which `count` are initialised; it is owned.
@safe struct NumberBuffer: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 12) {
    self.capacity = max(capacity, 16)
    unsafe memory = .allocate(capacity: self.capacity)
  }

  deinit { unsafe memory.deallocate() }

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if count == capacity { grow() }
    unsafe memory[count] = number
    count &+= 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * capacity)
    unsafe larger.update(from: memory, count: count)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity *= 2
  }

  /// How often each number below `limit` occurs; all are below it.
  func histogram(limit: Int) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: limit)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      for place in 0..<count { unsafe counts[Int(memory[place])] &+= 1 }
    }
    return counts
  }

  /// The numbers as an array.
  func array() -> [UInt32] { unsafe Array(UnsafeBufferPointer(start: memory, count: count)) }
}

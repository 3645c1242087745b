/// One yes-or-no question of the layout model, answered by whoever walks the tokens: the counter,
/// the trainer and the encoder know the answer, the decoder finds it out.
protocol LayoutDecisions: ~Copyable {
  /// - Parameters:
  ///   - bit: The answer, 0 or 1, where it is known.
  ///   - set: The weights to mix with.
  ///   - a: Four cells that each say something about the answer.
  mutating func decide(_ bit: Int, set: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int
  /// A bit of which nothing is known.
  mutating func plain(_ bit: Int) -> Int
}

/// Counts the answers that each cell sees.
///
/// Safety: the buffers have `2 · cellCount` entries, and `LayoutWalker` makes only cell numbers
/// below `cellCount` (see there).
@safe struct LayoutCounter: LayoutDecisions, ~Copyable {
  let counts: UnsafeMutablePointer<UInt32>
  let cellCount: Int

  init(cellCount: Int) {
    self.cellCount = cellCount
    unsafe counts = .allocate(capacity: 2 * cellCount)
    unsafe counts.initialize(repeating: 0, count: 2 * cellCount)
  }

  deinit { unsafe counts.deallocate() }

  @inline(__always)
  mutating func decide(_ bit: Int, set: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int {
    unsafe counts[2 &* a &+ bit] &+= 1
    unsafe counts[2 &* b &+ bit] &+= 1
    unsafe counts[2 &* c &+ bit] &+= 1
    unsafe counts[2 &* d &+ bit] &+= 1
    return bit
  }

  @inline(__always)
  mutating func plain(_ bit: Int) -> Int { bit }

  /// The value of each cell: the logarithm of the odds of a 1, in steps of 0.75, between -7 and 7.
  func cells() -> [Int8] {
    (0..<cellCount).map { cell in
      LayoutMix.level(
        zeros: UInt64(unsafe counts[2 * cell]), ones: UInt64(unsafe counts[2 * cell + 1]))
    }
  }
}

/// The arithmetic that turns cells into a probability, the same for all who use it.
enum LayoutMix {
  /// `1 / (1 + exp(-x))` in units of 2^-16 at x = 0, 0.375, 0.75 …
  private static let knots: [Int] = [
    32768, 38841, 44511, 49474, 53581, 56822, 59287, 61109, 62428, 63368, 64030, 64494, 64816,
    65039, 65194, 65300, 65374, 65425, 65459, 65483, 65500, 65511, 65519, 65524, 65528,
  ]

  /// How many entries the table of probabilities has on each side of 0.
  static let reach = 768

  /// The probability of a 1 by the mixed sum in 64ths of a step, from -768 to 767.
  static let probabilities: [UInt16] = (-reach..<reach).map { sum in
    let place = sum < 0 ? -sum : sum
    let low = knots[place / 32]
    let value = place % 32 == 0 ? low : low + ((knots[place / 32 + 1] - low) * (place % 32)) / 32
    return UInt16(sum < 0 ? 65536 - value : value)
  }

  /// `exp(0.75 · (k + 0.5))` in units of 2^-12: where a level ends and the next begins.
  private static let thresholds: [UInt64] = [5960, 12617, 26709, 56544, 119_703, 253_411, 536_470]

  /// Cells seen less often than this say nothing.
  private static let minimumCount: UInt64 = 4

  static func level(zeros: UInt64, ones: UInt64) -> Int8 {
    guard zeros + ones >= minimumCount else { return 0 }
    let (low, high) = zeros < ones ? (zeros, ones) : (ones, zeros)
    var level: Int8 = 0
    for threshold in thresholds where (5 * high + 2) << 12 > (5 * low + 2) * threshold {
      level += 1
    }
    return zeros < ones ? level : -level
  }

  /// A stored weight is in 32nds, a weight at work in 65,536ths.
  static let weightShift: Int32 = 11
  /// A weight moves by the error (65,536 for certainly wrong) times the input, times 2^-6.
  static let rateShift: Int32 = 6
  /// The constant input that lets a set of weights lean to one side.
  static let bias: Int32 = 2
}

/// The weights and how they follow what they see.
///
/// Safety: `cells` has `cellCount` entries and `weights` `setCount · setStride`; `LayoutWalker` makes
/// only numbers below them. `probabilities` has `2 · reach` entries, and the index is clamped.
@safe struct LayoutMixer: ~Copyable {
  private let cells: UnsafePointer<Int8>
  private let weights: UnsafeMutablePointer<Int32>
  private let initial: UnsafePointer<Int32>
  private let probabilities: UnsafePointer<UInt16>
  private let model: LayoutTables

  init(_ tables: LayoutTables) {
    model = tables
    unsafe cells = UnsafePointer(tables.cells)
    unsafe initial = UnsafePointer(tables.weights)
    unsafe probabilities = UnsafePointer(tables.probabilities)
    let count = tables.plan.setCount * LayoutTables.setStride
    unsafe weights = .allocate(capacity: count)
    unsafe weights.initialize(from: initial, count: count)
  }

  deinit { unsafe weights.deallocate() }

  /// Sets all weights to those of the model.
  mutating func reset() {
    unsafe weights.update(from: initial, count: model.plan.setCount * LayoutTables.setStride)
  }

  @inline(__always)
  func inputs(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> SIMD4<Int32> {
    SIMD4(
      truncatingIfNeeded: SIMD4<Int8>(
        unsafe cells[a], unsafe cells[b], unsafe cells[c], unsafe cells[d]))
  }

  /// The probability of a 1 in units of 2^-16, between 8 and 65,528.
  @inline(__always)
  func probability(_ x: SIMD4<Int32>, set: Int) -> Int32 {
    let w = unsafe weights + LayoutTables.setStride &* set
    let vector = unsafe UnsafeRawPointer(w).loadUnaligned(as: SIMD4<Int32>.self)
    let sum = unsafe (vector &* x).wrappedSum() &+ w[4] &* LayoutMix.bias
    let reach = Int32(LayoutMix.reach)
    let place = min(max(sum &>> 10, -reach), reach &- 1) &+ reach
    return Int32(unsafe probabilities[Int(place)])
  }

  @inline(__always)
  mutating func learn(_ bit: Int, _ probability: Int32, _ x: SIMD4<Int32>, set: Int) {
    let w = unsafe weights + LayoutTables.setStride &* set
    let error = (Int32(truncatingIfNeeded: bit) &<< 16) &- probability
    let vector = unsafe UnsafeRawPointer(w).loadUnaligned(as: SIMD4<Int32>.self)
    let step = (SIMD4(repeating: error) &* x) &>> SIMD4(repeating: LayoutMix.rateShift)
    unsafe UnsafeMutableRawPointer(w).storeBytes(of: vector &+ step, as: SIMD4<Int32>.self)
    unsafe w[4] &+= (error &* LayoutMix.bias) &>> LayoutMix.rateShift
  }

  @inline(__always)
  func weight(_ set: Int, _ input: Int) -> Int32 {
    unsafe weights[LayoutTables.setStride &* set &+ input]
  }
}

/// Finds the weights that blocks should start with: the mean, over the ends of blocks, of what
/// they have become on the way.
@safe struct LayoutTrainer: LayoutDecisions, ~Copyable {
  private var mixer: LayoutMixer
  private var sums: [Int]
  private var blocks = 0

  init(_ tables: LayoutTables) {
    mixer = LayoutMixer(tables)
    sums = [Int](repeating: 0, count: tables.plan.setCount * LayoutPlan.inputs)
  }

  @inline(__always)
  mutating func decide(_ bit: Int, set: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int {
    let x = mixer.inputs(a, b, c, d)
    mixer.learn(bit, mixer.probability(x, set: set), x, set: set)
    return bit
  }

  @inline(__always)
  mutating func plain(_ bit: Int) -> Int { bit }

  mutating func finishBlock() {
    blocks += 1
    for place in sums.indices {
      sums[place] += Int(mixer.weight(place / LayoutPlan.inputs, place % LayoutPlan.inputs))
    }
  }

  /// The mean weights as they are stored.
  func weights() -> [Int8] {
    sums.map { sum in
      let mean =
        (sum / max(1, blocks) + (1 << (LayoutMix.weightShift - 1))) >> LayoutMix.weightShift
      return Int8(min(max(mean, -127), 127))
    }
  }
}

/// Writes decisions with a binary range coder of 32 bits that carries (Martin 1979; the byte
/// output is that of LZMA, without its first byte, which is always 0).
///
/// Decisions are first noted with their probabilities and coded at the end of the block: two
/// short loops keep their state in registers, one long loop does not.
///
/// Safety: `notes` has `capacity` entries, and a full buffer is emptied before the next note.
@safe struct LayoutRangeEncoder: LayoutDecisions, ~Copyable {
  private static let capacity = 1 << 14

  private(set) var bytes: [UInt8] = []
  private var mixer: LayoutMixer
  /// The probability of a 1 in the low half, the bit above it.
  private let notes: UnsafeMutablePointer<UInt32>
  private var noted = 0
  private var state = State()

  private struct State {
    var low: UInt64 = 0
    var range: UInt32 = .max
    var cache: UInt8 = 0
    var held = 0
    /// Whether the byte that is always 0 is still to come.
    var isFirst = true
  }

  init(_ tables: LayoutTables) {
    mixer = LayoutMixer(tables)
    unsafe notes = .allocate(capacity: Self.capacity)
    unsafe notes.initialize(repeating: 0, count: Self.capacity)
  }

  deinit { unsafe notes.deallocate() }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  @inline(__always)
  mutating func decide(_ bit: Int, set: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int {
    let x = mixer.inputs(a, b, c, d)
    let probability = mixer.probability(x, set: set)
    mixer.learn(bit, probability, x, set: set)
    note(bit, UInt32(truncatingIfNeeded: probability))
    return bit
  }

  @inline(__always)
  mutating func plain(_ bit: Int) -> Int {
    note(bit, 1 &<< 15)
    return bit
  }

  @inline(__always)
  private mutating func note(_ bit: Int, _ probability: UInt32) {
    if noted == Self.capacity { drain() }
    unsafe notes[noted] = UInt32(truncatingIfNeeded: bit) &<< 16 | probability
    noted &+= 1
  }

  @inline(never)
  private mutating func drain() {
    var state = state
    for place in 0..<noted {
      let note = unsafe notes[place]
      let bound = (state.range &>> 16) &* (note & 0xFFFF)
      // All ones for a 1, which keeps the lower part; no branch that is hard to foretell.
      let keep = 0 &- (note &>> 16)
      state.low &+= UInt64(bound & ~keep)
      state.range = (bound & keep) | ((state.range &- bound) & ~keep)
      while state.range < 1 &<< 24 {
        state.range = state.range &<< 8
        shift(&state)
      }
    }
    self.state = state
    noted = 0
  }

  @inline(__always)
  private mutating func shift(_ state: inout State) {
    if state.low < 0xFF00_0000 || state.low > 0xFFFF_FFFF {
      let carry = UInt8(truncatingIfNeeded: state.low &>> 32)
      if state.isFirst { state.isFirst = false } else { bytes.append(state.cache &+ carry) }
      while state.held > 0 {
        bytes.append(0xFF &+ carry)
        state.held &-= 1
      }
      state.cache = UInt8(truncatingIfNeeded: state.low &>> 24)
    } else {
      state.held &+= 1
    }
    state.low = (state.low &<< 8) & 0xFFFF_FFFF
  }

  /// Ends a block: the shortest bytes that decode to it when zeros follow. The next block starts
  /// afresh with the weights of the model.
  mutating func finishBlock() {
    let start = bytes.count
    drain()
    let top = state.low &+ UInt64(state.range) &- 1
    var zeros: UInt64 = 32
    while (top &>> zeros) &<< zeros < state.low { zeros &-= 8 }
    state.low = (top &>> zeros) &<< zeros
    var last = state
    for _ in 0..<5 { shift(&last) }
    while bytes.count > start, bytes[bytes.count - 1] == 0 { bytes.removeLast() }
    state = State()
    mixer.reset()
  }
}

/// Reads what `LayoutRangeEncoder` wrote.
///
/// Bytes after the end of a block read as zeros, so a damaged stream gives wrong answers and never
/// an access outside. Safety: `place` is compared with `end` before each load, and the pages of
/// `start..<end` were checked by the section that `source` keeps alive.
@safe struct LayoutRangeDecoder: LayoutDecisions, ~Copyable {
  private var mixer: LayoutMixer
  private let source: Section
  private let bytes: UnsafeRawBufferPointer
  private var place = 0
  private var code: UInt32 = 0
  private var range: UInt32 = .max

  init(_ tables: LayoutTables, _ section: Section, _ part: Range<Int>) throws(IndexError) {
    unsafe bytes = try section.bytes(part)
    source = section
    mixer = LayoutMixer(tables)
    for _ in 0..<4 { pull() }
  }

  @inline(__always)
  private mutating func pull() {
    var byte: UInt8 = 0
    if unsafe place < bytes.count { byte = unsafe bytes[place] }
    place &+= 1
    code = (code &<< 8) | UInt32(byte)
  }

  @inline(__always)
  mutating func decide(_ bit: Int, set: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int {
    let x = mixer.inputs(a, b, c, d)
    let probability = mixer.probability(x, set: set)
    let bit = take(UInt32(truncatingIfNeeded: probability))
    mixer.learn(bit, probability, x, set: set)
    return bit
  }

  @inline(__always)
  mutating func plain(_ bit: Int) -> Int { take(1 &<< 15) }

  @inline(__always)
  private mutating func take(_ probability: UInt32) -> Int {
    let bound = (range &>> 16) &* probability
    var bit = 0
    if code < bound {
      range = bound
      bit = 1
    } else {
      code &-= bound
      range &-= bound
    }
    while range < 1 &<< 24 {
      range = range &<< 8
      pull()
    }
    return bit
  }
}

/// Encodes the tokens of a segment as the searchable text stream, with an anchor a passage.
struct TextEncoder {
  private(set) var text: [UInt8] = []
  /// Where each passage's code begins in `text`, and the end of the last.
  private(set) var anchors: [Int] = [0]
  /// The field that each passage begins in, four bits each.
  private(set) var fields: [UInt8] = []
  /// The first passage of each document, and the number of all passages.
  private(set) var firstPassages: [Int] = [0]

  private let codes: [UInt32]
  private let lengths: [UInt8]
  private let markerCount: UInt32
  private var field: UInt32 = 0

  init(_ code: DenseCode, rankCount: Int, markerCount: Int, tokenCount: Int) {
    let all = (0..<rankCount).map { code.code(of: $0) }
    codes = all.map(\.bytes)
    lengths = all.map { UInt8($0.length) }
    self.markerCount = UInt32(markerCount)
    text.reserveCapacity(tokenCount * 3 / 2)
  }

  mutating func append(document: ArraySlice<UInt32>) {
    var rest = document
    while !rest.isEmpty {
      append(passage: rest.prefix(Passage.size))
      rest = rest.dropFirst(Passage.size)
    }
    firstPassages.append(anchors.count - 1)
  }

  private mutating func append(passage: ArraySlice<UInt32>) {
    let number = anchors.count - 1
    // A document begins with a marker, which says the field of its first passage.
    if let first = passage.first, first < markerCount { field = first }
    if number % 2 == 0 { fields.append(0) }
    fields[number / 2] |= UInt8(field) << UInt8(4 * (number % 2))
    for rank in passage {
      if rank < markerCount { field = rank }
      var bytes = codes[Int(rank)]
      var length = lengths[Int(rank)]
      while length > 0 {
        text.append(UInt8(truncatingIfNeeded: bytes))
        bytes = bytes &>> 8
        length &-= 1
      }
    }
    anchors.append(text.count)
  }

  /// The bytes of the section `passages`: anchors, first passages of documents, fields.
  func anchorBytes() -> (anchors: [UInt8], documents: [UInt8], fields: [UInt8]) {
    (OffsetTable.encode(anchors), OffsetTable.encode(firstPassages), fields)
  }
}

/// The norms of the documents of a segment under a set of boosts.
///
/// Safety: `bytes` has one byte for each document; it lies in the mapping of `segment`, which is
/// held, or in `owned`. Documents that cursors give are below the document count.
@safe final class Norms: @unchecked Sendable {
  let bytes: UnsafePointer<UInt8>
  private let segment: Segment
  private let owned: UnsafeMutablePointer<UInt8>?

  /// The norms that the segment stores.
  init(_ segment: Segment, stored: UnsafeRawBufferPointer) {
    precondition(stored.count >= segment.info.documentCount)
    self.segment = segment
    unsafe owned = nil
    // The section has a byte at least, the mask, so its bytes have a base.
    unsafe bytes = stored.baseAddress!.assumingMemoryBound(to: UInt8.self)
  }

  /// Norms made for one query.
  init(_ segment: Segment, made: [UInt8]) {
    precondition(made.count >= segment.info.documentCount)
    self.segment = segment
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(made.count, 1))
    unsafe memory.initialize(from: made, count: made.count)
    unsafe owned = memory
    unsafe bytes = UnsafePointer(memory)
  }

  deinit { unsafe owned?.deallocate() }

  @inline(__always)
  subscript(document: DocID) -> UInt8 { unsafe bytes[Int(document)] }
}

extension Segment {
  /// The norms under the schema's boosts, or under others.
  func norms(_ boosts: [Float]?) throws(IndexError) -> Norms {
    let section = file.section(SectionName.norms)
    let count = info.documentCount
    let all = unsafe try section.bytes()
    let mask = unsafe all.first ?? 0
    guard section.count == 1 + count * (1 + mask.nonzeroBitCount) else {
      throw section.damaged(at: 0, "\(section.count) bytes of norms for \(count) documents")
    }
    let columns = unsafe UnsafeRawBufferPointer(rebasing: all.dropFirst())
    guard let boosts else {
      return unsafe Norms(self, stored: UnsafeRawBufferPointer(rebasing: columns[0..<count]))
    }
    let fields = boosts.indices.filter { mask & (1 &<< UInt8($0)) != 0 }
    let made = (0..<count).map { document in
      var norms = [UInt8](repeating: 0, count: boosts.count)
      for (column, field) in fields.enumerated() {
        norms[field] = unsafe columns[count * (column + 1) + document]
      }
      return NormColumns.combined(norms, boosts: boosts)
    }
    return Norms(self, made: made)
  }

  /// The norm of each field of a document.
  func fieldNorms(of document: DocID) throws(IndexError) -> [UInt8] {
    let section = file.section(SectionName.norms)
    let count = info.documentCount
    let mask = unsafe try section.bytes(0..<1)[0]
    var norms = [UInt8](repeating: 0, count: info.schema.fields.count)
    var column = 1
    for field in norms.indices where mask & (1 &<< UInt8(field)) != 0 {
      let place = 1 + count * column + Int(document)
      norms[field] = unsafe try section.bytes(place..<(place + 1))[0]
      column += 1
    }
    return norms
  }
}

/// A document's place in a snapshot: the segment and the number in it.
public struct DocAddress: Sendable, Hashable, Comparable {
  public var segment: Int
  public var document: UInt32

  public init(segment: Int, document: UInt32) {
    self.segment = segment
    self.document = document
  }

  public static func < (a: DocAddress, b: DocAddress) -> Bool {
    (a.segment, a.document) < (b.segment, b.document)
  }
}

import TextSearch

/// The fingerprint of a file's content, made of those of its items in order.
public struct FileFingerprint: Sendable {
  /// Of one item it is the item's own.
  public private(set) var value: UInt64 = 0

  public init() {}

  /// - Parameter item: Nil for what another item stands for.
  public mutating func add(_ item: UInt64?) {
    if let item { value = (value &* 0x0000_0100_0000_01B3) ^ item }
  }

  /// Reads a file for the fingerprint of its content alone; nil where it can't be read.
  public static func of(_ file: InputFile) -> UInt64? {
    var fingerprint = FileFingerprint()
    for item in InputFinder.items(of: file) {
      let result = FilingReader.fingerprint(of: item)
      guard let result else { return nil }
      fingerprint.add(result)
      // The first item of an archive has it all.
      if item.archiveFingerprint != nil { break }
    }
    return fingerprint.value
  }
}

import TextSearch

/// Reads filings of every kind; what it cannot read it reports.
public enum FilingReader {
  /// Reads a work item; never throws: what fails is in `skipped` with its reason.
  ///
  /// - Parameter isKnown: Whether a file of that fingerprint need not be read further; asked of
  ///   whole files and of archives only.
  /// - Complexity: O(n) in time; memory is a few times the item, of a small archive a few times what
  ///   it holds.
  public static func read(
    _ item: InputItem, unless isKnown: (UInt64) -> Bool = { _ in false }
  ) -> ReadResult {
    let path = item.file.relativePath
    if let members = item.members {
      return read(members, of: item, unless: isKnown)
    }
    do throws(IndexError) {
      let bytes = try Platform.read(item.file.path, item.range)
      let isPart = item.range != 0..<item.file.size
      let fingerprint = Fingerprint.of(bytes)
      if isPart {
        var result = read(bytes, as: .jsonLines, path: path, firstLine: item.firstLine)
        result.fingerprint = fingerprint
        return result
      }
      if isKnown(fingerprint) {
        return ReadResult(byteCount: bytes.count, fingerprint: fingerprint, isKnown: true)
      }
      var result = read(consume bytes, path: path, depth: 0, facts: item.file.knownFacts)
      result.fingerprint = fingerprint
      return result
    } catch {
      return ReadResult(skipped: [.init(path: path, kind: .unreadable, reason: "\(error)")])
    }
  }

  /// Reads some members of an archive; the first of them stand for the file.
  private static func read(
    _ members: [ArchiveMember], of item: InputItem, unless isKnown: (UInt64) -> Bool
  ) -> ReadResult {
    var result = ReadResult(byteCount: item.range.count)
    if let fingerprint = item.archiveFingerprint {
      if !item.range.isEmpty { result.fingerprint = fingerprint }
      result.isKnown = isKnown(fingerprint)
    }
    if result.isKnown { return result }
    for member in members { result.append(ArchiveReader.read(member, depth: 1)) }
    return result
  }

  /// The fingerprint that reading the item gives; nil where it can't be read.
  static func fingerprint(of item: InputItem) -> UInt64? {
    item.archiveFingerprint
      ?? (try? Platform.read(item.file.path, item.range)).map { Fingerprint.of($0) }
  }

  /// Reads the bytes of a whole file.
  public static func read(bytes: [UInt8], path: String) -> ReadResult {
    var result = read(bytes, path: path, depth: 0)
    result.fingerprint = Fingerprint.of(bytes)
    return result
  }

  /// - Parameter depth: How many archives the bytes come out of.
  /// - Parameter facts: What is known of the filing besides the bytes and the path.
  static func read(
    _ bytes: consuming [UInt8], path: String, depth: Int, facts: FilingFacts = FilingFacts()
  ) -> ReadResult {
    var facts = facts
    facts.complete(with: PathFacts.of(path))
    let bytes = UTF16Text.utf8(bytes)
    let kind = Content.kind(of: bytes)
    return read(bytes, as: kind, path: path, firstLine: 1, depth: depth, facts: facts)
  }

  private static func read(
    _ bytes: consuming [UInt8], as kind: Content.Kind, path: String, firstLine: Int, depth: Int = 0,
    facts: FilingFacts = FilingFacts()
  ) -> ReadResult {
    var result = ReadResult()
    let byteCount = bytes.count
    switch kind {
    case .nothing(let kind, let reason):
      result.skipped = [.init(path: path, kind: kind, reason: reason)]
    case .archive(let kind):
      result = ArchiveReader.read(bytes, as: kind, path: path, depth: depth, facts: facts)
    case .jsonLines:
      (result.filings, result.skipped) = JSONLinesReader.read(
        bytes, path: path, firstLine: firstLine)
    case .json:
      (result.filings, result.skipped) = JSONFileReader.read(bytes, path: path, facts: facts)
    case .submission:
      (result.filings, result.skipped) = SubmissionReader.read(bytes, path: path, facts: facts)
    case .html:
      result.filings = [FlatFiling.html(TextEncoding.utf8(bytes), path: path, facts: facts)]
    case .xml:
      (result.filings, result.skipped) = XMLFormReader.read(bytes, path: path, facts: facts)
    case .text:
      (result.filings, result.skipped) = FlatFiling.text(bytes, path: path, facts: facts)
    }
    result.byteCount = byteCount
    return result
  }
}

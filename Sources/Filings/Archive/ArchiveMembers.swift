/// What is in an archive.
enum ArchiveMember: Equatable, Sendable {
  /// A file, with what is known of the filing in it from outside.
  case file(path: String, content: [UInt8], facts: FilingFacts)
  /// What can't be unpacked, or is not read.
  case skipped(SkippedPart)
}

/// Unpacks the members of an archive one after the other.
///
/// There is at least one: of an archive without a file, the reason why nothing is read.
struct ArchiveMembers: Sendable {
  private enum Source {
    case zip(ZipArchive, next: Int)
    case tar(TarReader)
    case gzip(MemberSource)
    case end
  }

  private let path: String
  private let facts: FilingFacts
  private var source = Source.end
  /// How many bytes may still be unpacked of a ZIP archive.
  private var budget: Int
  /// What is given out before the source goes on.
  private var pending: SkippedPart?
  private var isEmpty = true

  /// - Parameter limit: More bytes than this are not unpacked.
  init(
    of bytes: [UInt8], _ kind: ArchiveReader.Kind, path: String, facts: FilingFacts, limit: Int
  ) {
    self.path = path
    self.facts = facts
    budget = limit
    do throws(ArchiveError) {
      switch kind {
      case .zip: source = .zip(try ZipArchive(bytes), next: 0)
      case .tar, .gzip: source = try Self.stream(bytes, isGzip: kind == .gzip, limit)
      }
    } catch {
      pending = .init(path: path, kind: .archive, reason: error.reason)
    }
    if case .zip(let archive, _) = source, archive.isOfficeDocument {
      source = .end
      pending = .init(path: path, kind: .spreadsheet, reason: "an office document is not read")
    }
  }

  private static func stream(
    _ bytes: [UInt8], isGzip: Bool, _ limit: Int
  ) throws(ArchiveError) -> Source {
    var source = try MemberSource(bytes, isGzip: isGzip, budget: limit)
    return TarReader.isHeader(try source.peek(TarReader.blockSize))
      ? .tar(TarReader(source)) : .gzip(source)
  }

  /// The next member, or nil at the end.
  mutating func next() -> ArchiveMember? {
    let member = unpacked()
    if member == nil, isEmpty {
      isEmpty = false
      return .skipped(.init(path: path, kind: .empty, reason: "an archive without a file"))
    }
    isEmpty = false
    return member
  }

  private mutating func unpacked() -> ArchiveMember? {
    if let part = pending {
      pending = nil
      return .skipped(part)
    }
    do throws(ArchiveError) {
      switch source {
      case .zip(let archive, let next): return nextOfZip(archive, from: next)
      case .tar(var tar):
        // The reader's buffer is not copied where nobody else has it.
        source = .end
        let member = try nextOfTar(&tar)
        if member != nil { source = .tar(tar) }
        return member
      case .gzip(var stream):
        source = .end
        return .file(path: path, content: try stream.rest(), facts: facts)
      case .end: return nil
      }
    } catch {
      source = .end
      return .skipped(.init(path: path, kind: .archive, reason: error.reason))
    }
  }

  private func nextOfTar(_ tar: inout TarReader) throws(ArchiveError) -> ArchiveMember? {
    while let member = try tar.next() {
      guard let name = MemberPath.safe(member.name) else { continue }
      return .file(path: "\(path)/\(name)", content: member.content, facts: FilingFacts())
    }
    return nil
  }

  private mutating func nextOfZip(_ archive: ZipArchive, from first: Int) -> ArchiveMember? {
    for number in first..<archive.entries.count {
      let entry = archive.entries[number]
      let isFolder = entry.name.utf8.last == UInt8(ascii: "/")
      guard !isFolder, let name = MemberPath.safe(entry.name) else { continue }
      source = .zip(archive, next: number + 1)
      let path = "\(path)/\(name)"
      do throws(ArchiveError) {
        let content = try archive.content(of: entry, budget: &budget)
        return .file(path: path, content: content, facts: FilingFacts())
      } catch {
        return .skipped(.init(path: path, kind: .archive, reason: error.reason))
      }
    }
    source = .end
    return nil
  }
}

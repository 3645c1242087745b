import TextSearch

/// Finds what lists, tables and notes beside the files say of the filings in them.
///
/// From the best to the least: the note of one file, a table of files, the header or the listing of
/// a filing's folder, EDGAR's indexes of filings. Of two of a kind the nearer one counts.
struct FactSources {
  private let list: FileList
  /// The files of the root, in the order of their paths.
  private let files: Range<Int>
  /// What stands in front of relative paths: the path of the folder that was named.
  private let root: String
  /// Found facts by file, with the worth of their source: less is better.
  private var found: [Int: [(worth: Int, facts: FilingFacts)]] = [:]
  private lazy var byAccession: [String: [Int]] = accessions()
  private lazy var byFolder: [Substring: [Int]] = Dictionary(
    grouping: files, by: { Self.folder(relativePath($0)) })
  private lazy var byName: [Substring: [Int]] = Dictionary(
    grouping: files, by: { Self.name(relativePath($0)) })

  /// The facts of a root's files.
  ///
  /// - Complexity: A look at the end of each name, and the reading of what may be a source.
  static func facts(ofPart part: Int, in found: FoundFiles) -> [Int: [FilingFacts]] {
    let root = found.roots[part]
    var sources = FactSources(found.list, found.list.files(ofPart: part), root)
    for file in sources.files where found.list.path(file, endsInOneOf: endings) {
      sources.read(sources.inputFile(file))
    }
    if root.isFile, !sources.files.isEmpty {
      for file in neighbours(of: root.path) { sources.read(file) }
    }
    return sources.found.mapValues { facts in
      facts.enumerated()
        .sorted { ($0.element.worth, $0.offset) < ($1.element.worth, $1.offset) }
        .map(\.element.facts)
    }
  }

  private init(_ list: FileList, _ files: Range<Int>, _ root: FoundFiles.Root) {
    self.list = list
    self.files = files
    if root.isFile {
      self.root = String(root.path.dropLast(Self.name(root.path).count))
    } else {
      self.root = root.path.utf8.last == UInt8(ascii: "/") ? root.path : root.path + "/"
    }
  }

  private func relativePath(_ file: Int) -> String {
    String(list.path(file).utf8.dropFirst(root.utf8.count)) ?? ""
  }

  private func inputFile(_ file: Int) -> InputFile {
    InputFile(
      path: list.path(file), relativePath: relativePath(file), size: list.size(file),
      modified: list.modified(file))
  }

  /// The file with a relative path.
  private func file(at path: some StringProtocol) -> Int? {
    list.file(at: root + path, among: files)
  }

  /// The sources in the folder of a file that was named, as files beside it.
  private static func neighbours(of path: String) -> [InputFile] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let names = (try? Platform.names(inFolder: folder.isEmpty ? "." : folder)) ?? []
    let own = name(path)
    return names.filter { $0 != own && Kind(name: $0[...], of: own) != nil }.compactMap { name in
      guard let status = try? Platform.status(folder + name), status.kind == .file else {
        return nil
      }
      return InputFile(
        path: folder + name, relativePath: name, size: status.size, modified: status.modified)
    }
  }

  // MARK: Sources

  /// The ends of names of which `Kind` may say something.
  private static let endings = [
    ".tsv", ".csv", ".idx", ".json", ".hdr.sgml", "index-headers.html", "index-headers.htm",
    "-index.html", "-index.htm",
  ].map { Array($0.utf8) }

  /// What a file may say something of, by its name.
  static func scope(of path: String) -> InputFile.FactScope? {
    let (name, folder) = (name(path), folder(path))
    switch Kind(name: name) {
    case .note: return .files(subjects(of: name).map { folder + $0 })
    case .table, .header, .listing, .index: return .folder(folder)
    case nil: return nil
    }
  }

  private enum Kind {
    case note, table, header, listing, index

    /// By the source's name alone: its content is read only where this says so.
    init?(name: Substring, of file: Substring? = nil) {
      let lower = name.lowercased()
      if lower.hasSuffix(".tsv") || lower.hasSuffix(".csv") {
        self = .table
      } else if lower.hasSuffix(".idx") {
        self = .index
      } else if lower.hasSuffix(".hdr.sgml") || lower.hasSuffix("-index-headers.html")
        || lower.hasSuffix("-index-headers.htm")
      {
        self = .header
      } else if lower == "index.json" || lower.hasSuffix("-index.json")
        || lower.hasSuffix("-index.html") || lower.hasSuffix("-index.htm")
      {
        self = .listing
      } else if lower.hasSuffix(".json") {
        guard
          file == nil || file.map({ FactSources.subjects(of: name).contains(String($0)) }) == true
        else { return nil }
        self = .note
      } else {
        return nil
      }
    }
  }

  /// The names of the files that a note may be about: `a.htm` of `a.htm.json` and `a.htm.meta.json`.
  private static func subjects(of name: Substring) -> [String] {
    var subject = name.dropLast(5)
    if subject.lowercased().hasSuffix(".meta") { subject = subject.dropLast(5) }
    return [String(subject)] + [".htm", ".html", ".txt", ".xml", ".md"].map { subject + $0 }
  }

  private static let largestSource = 1 << 30

  private mutating func read(_ source: InputFile) {
    let path = source.relativePath
    let name = Self.name(path)
    guard let kind = Kind(name: name), source.size <= Self.largestSource else { return }
    let folder = Self.folder(path)
    if kind == .note, subjects(of: name, in: folder).isEmpty { return }
    guard let bytes = try? Platform.read(source.path) else { return }
    switch kind {
    case .note: readNote(bytes, name, folder)
    case .table: readTable(bytes, folder)
    case .header:
      if let header = SubmissionHeader(HeaderPage.plain(bytes)[...]) {
        add(header.facts, folder, 3)
      }
    case .listing: if let facts = ListingPage.facts(bytes) { add(facts, folder, 4) }
    case .index: readIndex(bytes, folder)
    }
  }

  private static func name(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// With the slash at its end.
  private static func folder(_ path: String) -> Substring {
    path[..<name(path).startIndex]
  }

  private mutating func add(_ facts: FilingFacts, to file: Int, worth: Int) {
    found[file, default: []].append((worth, facts))
  }

  // MARK: Notes

  private func subjects(of name: Substring, in folder: Substring) -> [Int] {
    Self.subjects(of: name).compactMap { file(at: folder + $0) }
  }

  private mutating func readNote(_ bytes: [UInt8], _ name: Substring, _ folder: Substring) {
    var scanner = JSONScanner(bytes, 0..<bytes.count)
    guard let record = try? JSONRecord(&scanner), !record.hasText else { return }
    let facts = Self.normal(record.facts)
    for file in subjects(of: name, in: folder) { add(facts, to: file, worth: 1) }
  }

  /// With the number of a party as it is everywhere else, and a type of exhibit where it belongs.
  private static func normal(_ facts: FilingFacts) -> FilingFacts {
    var facts = facts
    for index in facts.companies.indices {
      facts.companies[index].cik = facts.companies[index].cik.flatMap { CIK.normal($0) }
    }
    facts.filed = facts.filed.flatMap { DateText.iso($0) }
    facts.accession = facts.accession.flatMap { AccessionNumber.first(in: $0) }
    if let form = facts.form, form.uppercased().hasPrefix("EX-") {
      facts.type = facts.type ?? form
      facts.form = nil
    }
    return facts
  }

  // MARK: Tables

  private mutating func readTable(_ bytes: [UInt8], _ folder: Substring) {
    guard var table = FactTable(bytes) else { return }
    while let row = table.next() {
      guard let file = file(row.path, below: folder) else { continue }
      add(Self.normal(row.facts), to: file, worth: 2)
    }
  }

  /// The file that a table calls so: by its path below the table's folder, else by its name, where
  /// only one has it.
  private mutating func file(_ path: String, below folder: Substring) -> Int? {
    let path = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    if let file = file(at: folder + path) { return file }
    guard !path.utf8.contains(UInt8(ascii: "/")) else { return nil }
    let named = byName[path[...], default: []]
    guard named.count == 1, relativePath(named[0]).hasPrefix(folder) else { return nil }
    return named[0]
  }

  // MARK: Filings

  /// Adds the facts of one filing to the files that are called by its number; where none is, to all
  /// in the folder that speaks of it.
  private mutating func add(_ facts: FilingFacts, _ folder: Substring, _ worth: Int) {
    let facts = Self.normal(facts)
    let named = facts.accession.map { byAccession[$0, default: []] } ?? []
    let below = named.filter { relativePath($0).hasPrefix(folder) }
    for file in below { add(facts, to: file, worth: worth) }
    guard below.isEmpty, !folder.isEmpty else { return }
    for file in byFolder[folder, default: []] { add(facts, to: file, worth: worth) }
  }

  private mutating func readIndex(_ bytes: [UInt8], _ folder: Substring) {
    guard let index = EDGARIndex(bytes) else { return }
    let accessions = byAccession
    for (accession, facts) in index.filings(of: { accessions[$0] != nil }) {
      for file in accessions[accession, default: []]
      where relativePath(file).hasPrefix(folder) {
        add(facts, to: file, worth: 5)
      }
    }
  }

  private func accessions() -> [String: [Int]] {
    var accessions: [String: [Int]] = [:]
    for file in files {
      let path = relativePath(file)
      guard let accession = PathFacts.accession(of: path) else { continue }
      // A listing is called by the number of its filing, too.
      let kind = Kind(name: Self.name(path))
      if kind != .listing, kind != .header { accessions[accession, default: []].append(file) }
    }
    return accessions
  }
}

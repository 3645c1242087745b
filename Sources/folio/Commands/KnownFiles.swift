import Filings
import TextSearch

/// The files of sources of an index as they are now, with what is said of them beside their content.
///
/// Those that a run looks at are known from its walk. For others their root is walked, once, and
/// nothing but what is asked for is taken from it.
struct KnownFiles {
  private let found: FoundFiles
  private let scopes: UpdateScopes
  /// The folder of the index, which is passed over.
  private let index: String
  /// What was found below roots that the run does not look at; nil where one could not be walked.
  private var others: [String: FoundFiles?] = [:]

  init(_ found: FoundFiles, _ scopes: UpdateScopes, index: String) {
    self.found = found
    self.scopes = scopes
    self.index = index
  }

  /// The file at the source's path; nil where there is none that can be read.
  mutating func file(of source: Source) -> InputFile? {
    if scopes.contains(source.path) {
      return found.number(ofFileAt: source.path).map { found.file($0) }
    }
    let root = scopes.root(of: source.path)?.path ?? source.path
    if !others.keys.contains(root) { others.updateValue(walked(root), forKey: root) }
    guard let found = others[root] ?? nil, let number = found.number(ofFileAt: source.path) else {
      return nil
    }
    var file = found.file(number)
    file.relativePath = source.label
    return file
  }

  /// Whether there is a file at the source's path, or may be one that cannot be read now.
  func isThere(_ source: Source) -> Bool {
    scopes.contains(source.path) || Platform.exists(source.path)
  }

  /// The file that was read for a source, with what was said of it.
  ///
  /// A root that the run does not look at is walked only where the fingerprint shows that something
  /// is said of the file.
  mutating func readFile(of source: Source) -> InputFile {
    let alone = InputFile(
      path: source.path, relativePath: source.label, size: source.size, modified: source.modified)
    if !scopes.contains(source.path) {
      guard let content = FileFingerprint.of(alone),
        content ^ alone.factsFingerprint != source.fingerprint
      else { return alone }
    }
    return file(of: source) ?? alone
  }

  private func walked(_ root: String) -> FoundFiles? {
    guard var found = try? InputFinder.find(at: [root], excluding: [index]) else { return nil }
    found.addFacts()
    return found
  }
}

import Filings
import TextSearch

/// Tells the new and changed documents that saved searches match.
///
/// Each match is appended to the search's file once. A run that is cut short between the file and
/// the note that it was told is found out by the next one: the lines behind the length noted last
/// are not written again. Whoever runs it holds the lock of the index's writer.
///
/// What is in new segments is new or changed unless the commit before has the same document: a file
/// of many may be read again for one of them, and an index that is written anew is all new segments.
struct Alerts {
  let index: String
  private var rebuild = Rebuild.none

  private enum Rebuild {
    case none
    /// What was in the index before.
    case of(Searcher)
    /// What was there can't be read, so what is new can't be told.
    case ofDamage
  }

  /// The file for matches where none is named.
  static let defaultFileName = "alert-matches.jsonl"

  init(index: String) { self.index = index }

  /// Tells what is due before the index is written anew, and remembers what is in it.
  mutating func beginRebuild() throws(IndexError) -> [String] {
    guard let searcher = try? Searcher(index: index) else {
      rebuild = .ofDamage
      return []
    }
    do throws(IndexError) {
      let lines = try tell()
      rebuild = .of(searcher)
      return lines
    } catch .damaged {
      rebuild = .ofDamage
      return []
    }
  }

  /// Tells what is new since each search was last told.
  /// - Returns: A line for each match, for a person.
  func tell() throws(IndexError) -> [String] {
    var saved = try SavedSearches(index: index)
    if saved.all.isEmpty { return [] }
    let searcher = try Searcher(index: index)
    var lines: [String] = []
    for place in saved.all.indices
    where searcher.part(after: saved.all[place].generation).documentCount > 0 {
      let found = try matches(of: saved.all[place], searcher)
      let records = found.map(\.json)
      let fresh = try append(records, &saved.all[place])
      lines += found.filter { fresh.contains($0.json) }.map(\.line)
      try Interrupts.finish { () throws(IndexError) in
        run(saved.all[place], records)
        saved.all[place].generation = searcher.generation
        try saved.save()
      }
    }
    return lines
  }

  private typealias Record = (json: String, line: String)

  private func matches(of saved: SavedSearch, _ searcher: Searcher) throws(IndexError) -> [Record] {
    if case .ofDamage = rebuild { return [] }
    let part = searcher.part(after: saved.generation)
    var options = SearchOptions()
    options.grouping = .document
    options.bareWords = .all
    options.limit = .max
    let query: Query
    do throws(QueryError) {
      query = try SearchRequest.parser.parse(saved.query)
    } catch {
      throw .invalid(reason: "the saved search \(saved.name): \(error.message)")
    }
    let hits = try part.search(query, options).hits
    let earlier = hits.isEmpty ? [] : try earlier(than: part)
    var records: [(id: String, record: Record)] = []
    for hit in hits where !Self.isKnown(hit.address, of: part, to: earlier) {
      let found = FoundDocument(try part.document(hit.address), part.schema)
      records.append((found.id, Self.record(found, saved.name, searcher.generation)))
    }
    return records.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.map(\.record)
  }

  /// The commits whose documents are not new: the one before the first that is told, which stays on
  /// the disk until the next run, and the one before a rebuild, whose first commit may have been
  /// told already.
  private func earlier(than part: Searcher) throws(IndexError) -> [Searcher] {
    var earlier: [Searcher] = []
    if let first = part.firstGeneration,
      let last = try Searcher.last(before: first, ofIndex: index)
    {
      earlier.append(last)
    }
    if case .of(let searcher) = rebuild, searcher.generation != earlier.first?.generation {
      earlier.append(searcher)
    }
    return earlier
  }

  /// Whether one of the commits has the document as it is. A file that has another path with the same
  /// filing in it brings nothing new; damage in an old commit is no reason to keep silent.
  private static func isKnown(
    _ address: DocAddress, of part: Searcher, to commits: [Searcher]
  ) -> Bool {
    commits.contains { (try? $0.hasSame(address, of: part, ignoring: "path")) == true }
  }

  private static func record(
    _ found: FoundDocument, _ name: String, _ generation: UInt64
  ) -> Record {
    let json = JSONWriter.object { json in
      json.member("alert", name)
      json.member("generation", generation)
      json.member("document", found.id)
      json.member("filing", found.filing)
      json.member("form", found.form)
      json.member("company", found.company)
      json.member("filed", found.filed)
      json.member("path", found.path)
      json.member("title", found.title)
    }
    let heading = found.heading.joined(separator: " · ")
    return (
      String(decoding: json.bytes, as: UTF8.self),
      "\(Printable.line(name)): \(Printable.line(found.id)) \(heading)"
    )
  }

  /// Appends the records that a run which was cut short has not appended already.
  /// - Returns: Those that were appended.
  private func append(_ records: [String], _ saved: inout SavedSearch) throws(IndexError)
    -> Set<String>
  {
    let size = Platform.exists(saved.file) ? try Platform.status(saved.file).size : 0
    var end = min(saved.fileLength, size)
    var told: Set<String> = []
    let tail = size > end ? try Platform.read(saved.file, end..<size) : []
    for line in tail.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      // A last line without its end was never told.
      told.insert(String(decoding: line, as: UTF8.self))
      end += line.count + 1
    }
    let fresh = records.filter { !told.contains($0) }
    let bytes = Array(fresh.map { $0 + "\n" }.joined().utf8)
    if !bytes.isEmpty || end < size { try Platform.write(bytes, at: end, of: saved.file) }
    saved.fileLength = end + bytes.count
    return Set(fresh)
  }

  /// Gives the records to the search's command. One that fails, or is not there, is told and stops
  /// nothing: the records are in the file.
  private func run(_ saved: SavedSearch, _ records: [String]) {
    guard let program = saved.command.first, !records.isEmpty else { return }
    let input = Array(records.map { $0 + "\n" }.joined().utf8)
    let outcome: String
    do throws(IndexError) {
      let code = try Platform.run(program, Array(saved.command.dropFirst()), input: input)
      if code == 0 { return }
      outcome = " ended with \(code)"
    } catch {
      outcome = ": \(error)"
    }
    ErrorOutput.write(
      "folio: the command of the alert \(Printable.line(saved.name))\(Printable.line(outcome))\n")
  }
}

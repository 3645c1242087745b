import Filings
import TextSearch

/// Tells the new and changed documents that saved searches match.
///
/// Each match is appended to the search's file once. A run that is cut short between the file and
/// the note that it was told is found out by the next one: the lines behind the length noted last
/// are not written again. Whoever runs it holds the lock of the index's writer.
struct Alerts {
  let index: String

  /// The file for matches where none is named.
  static let defaultFileName = "alert-matches.jsonl"

  /// Tells what is new since each search was last told.
  /// - Returns: A line for each match, for a person.
  func tell() throws(IndexError) -> [String] {
    var saved = try SavedSearches(index: index)
    if saved.all.isEmpty { return [] }
    let searcher = try Searcher(index: index)
    var lines: [String] = []
    for place in saved.all.indices
    where searcher.part(after: saved.all[place].generation).documentCount > 0 {
      let records = try matches(of: saved.all[place], searcher)
      let fresh = try append(records.map(\.json), &saved.all[place])
      lines += records.filter { fresh.contains($0.json) }.map(\.line)
      run(saved.all[place], records.map(\.json))
      saved.all[place].generation = searcher.generation
      try saved.save()
    }
    return lines
  }

  /// Notes that all that is in the index is told, as it was there before.
  func settle() throws(IndexError) {
    var saved = try SavedSearches(index: index)
    if saved.all.isEmpty { return }
    let generation = Searcher.generation(ofIndex: index) ?? 0
    for place in saved.all.indices { saved.all[place].generation = generation }
    try saved.save()
  }

  private typealias Record = (json: String, line: String)

  private func matches(of saved: SavedSearch, _ searcher: Searcher) throws(IndexError) -> [Record] {
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
    var records: [(id: String, record: Record)] = []
    for hit in try part.search(query, options).hits {
      let found = FoundDocument(try part.document(hit.address), part.schema)
      records.append((found.id, Self.record(found, saved.name, searcher.generation)))
    }
    return records.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.map(\.record)
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

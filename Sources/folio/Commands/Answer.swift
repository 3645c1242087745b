import TextSearch

/// The answer to one query.
struct Answer: Sendable {
  let text: String
  let query: Query
  let options: SearchOptions
  let result: SearchResult
  /// From the query's text to ids and scores.
  let nanoseconds: UInt64
  /// How the query was understood where that may surprise.
  let notes: [String]
  var found: [FoundDocument] = []

  /// Parses and searches; reads nothing yet of what is found.
  init(_ text: String, _ searcher: Searcher, _ options: SearchOptions) throws(Failure) {
    let start = Platform.nanoseconds()
    query = try SearchRequest.query(text)
    let query = query
    result = try searcher.reading { searcher throws(IndexError) in
      try searcher.search(query, options)
    }
    nanoseconds = Platform.nanoseconds() - start
    notes = QueryParser(schema: searcher.schema).notes(on: text)
    self.text = text
    self.options = options
  }

  /// Reads what is shown of the hits.
  /// - Parameters:
  ///   - snippetWidth: About how many characters of text, or nil for none.
  ///   - namesOthers: Whether the other documents of a filing are named.
  mutating func load(
    _ searcher: Searcher, snippetWidth: Int?, namesOthers: Bool
  ) throws(Failure) {
    let (result, query, options) = (result, query, options)
    let schema = searcher.schema
    found = try searcher.reading { searcher throws(IndexError) in
      var found: [FoundDocument] = []
      for (place, hit) in result.hits.enumerated() {
        var document = FoundDocument(try searcher.document(hit.address), schema)
        document.rank = options.offset + place + 1
        document.score = hit.score
        if let snippetWidth {
          document.show(
            try searcher.snippet(
              hit.address, for: query, options, width: snippetWidth,
              leavingOut: schema.field(named: "title")))
        }
        for other in namesOthers ? hit.others : [] {
          document.others.append(try searcher.document(other).id)
        }
        found.append(document)
      }
      return found
    }
  }

  /// - Parameter id: What the asker calls the query.
  func json(_ schema: Schema, id: String? = nil) -> JSONWriter {
    .object { json in
      if let id { json.member("id", id) }
      json.member("query", text)
      json.member("parsed", query.printed(in: schema))
      json.member("total", result.total)
      json.member("relaxed", result.isRelaxed)
      json.member("took_us", Int(nanoseconds / 1000))
      if !notes.isEmpty { json.member("notes", notes) { json, note in json.value(note) } }
      json.member("hits", found) { json, document in document.write(to: &json) }
    }
  }
}

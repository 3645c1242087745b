import Filings
import TextSearch

/// What the options say of how a query is answered.
enum SearchRequest {
  static let rankingOptions: [OptionSpec] = [
    .init("--boost", "FIELD=N,…", "weights of fields: --boost title=3,exhibit=1.5"),
    .init("--k1", "N", "BM25F: how long repeated words go on counting (default: 1.2)"),
    .init("--b", "N", "BM25F: how much long documents are held back, 0 to 1 (default: 0.75)"),
  ]

  static let wordOptions: [OptionSpec] = [
    .init("--all", nil, "all bare words must be there, always"),
    .init("--any", nil, "any of the bare words is enough"),
    .init("--exact", nil, "bare words as they are written, without their inflections"),
  ]

  /// Needs no index, as all indexes of filings have the same fields.
  static func options(_ arguments: Arguments) throws(Failure) -> SearchOptions {
    var options = SearchOptions()
    options.limit = try arguments.integer("-n", in: 0...10_000_000) ?? options.limit
    options.offset = try arguments.integer("--offset", in: 0...1_000_000_000) ?? 0
    options.grouping =
      try arguments.choice("--by", [("filing", .group), ("document", .document)]) ?? .group
    options.order =
      try arguments.choice(
        "--sort",
        [
          ("relevance", .relevance), ("newest", .attribute("filed", descending: true)),
          ("oldest", .attribute("filed", descending: false)),
        ]) ?? .relevance
    switch try arguments.oneOf(["--all", "--any"]) {
    case "--all": options.bareWords = .all
    case "--any": options.bareWords = .any
    default: options.bareWords = .relaxable
    }
    options.usesStems = !arguments.has("--exact")
    options.k1 = try arguments.number("--k1", in: 0...1000) ?? options.k1
    options.b = try arguments.number("--b", in: 0...1) ?? options.b
    options.boosts = try boosts(arguments, FilingSchema.schema)
    return options
  }

  private static func boosts(
    _ arguments: Arguments, _ schema: Schema
  ) throws(Failure) -> [Float]? {
    guard let text = arguments["--boost"] else { return nil }
    var boosts = schema.fields.map(\.boost)
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard pair.count == 2, let value = Float(pair[1]),
        QueryParser.boosts.contains(value)
      else {
        throw .usage(
          "--boost takes fields and weights from 0.001 to 1000, title=3,exhibit=1.5, not “\(part)”",
          arguments.command)
      }
      guard let field = schema.field(named: pair[0]) else {
        let names = schema.fields.map(\.name).joined(separator: ", ")
        throw .usage(
          "--boost: “\(pair[0])” is no field; the fields are \(names)", arguments.command)
      }
      boosts[Int(field.rawValue)] = value
    }
    return boosts
  }
}

extension SearchRequest {
  /// The query that `text` asks for.
  static func query(_ text: String, _ schema: Schema) throws(Failure) -> Query {
    do throws(QueryError) {
      let unlabelled = FilingSchema.unlabelledZones
      return try QueryParser(schema: schema, unlabelledZones: unlabelled).parse(text)
    } catch {
      throw Failure(error, in: text)
    }
  }
}

import TextSearch

/// What random documents are like.
public struct CorpusShape: Sendable, CustomStringConvertible {
  public var description: String
  public var groups: Int
  public var vocabulary: Int
  public var fields: Int
  /// How often a document is empty, of one word, short (to 40), of one passage or a few (to 2,000)
  /// or long (to 12,000).
  public var lengths: [Double]

  public init(
    _ description: String, groups: Int, vocabulary: Int, fields: Int, lengths: [Double]
  ) {
    self.description = description
    self.groups = groups
    self.vocabulary = vocabulary
    self.fields = fields
    self.lengths = lengths
  }
}

/// Makes documents whose words repeat, with phrases planted around the borders of passages.
public struct RandomCorpus<Generator: RandomNumberGenerator> {
  public let shape: CorpusShape
  public let schema: Schema
  public var random: Generator
  private var words: [String] = []
  private var tokenCounts: [String: Int] = [:]

  /// Words with inflections, numbers, acronyms, accents, punctuation inside.
  private static var common: [String] {
    [
      "the", "of", "and", "to", "a", "in", "fee", "fees", "company", "for", "companies", "feeing",
      "report", "reported", "reports", "reporting", "10-K", "2009", "9,153", "U.S.", "$(14.8)",
      "Vénissieux", "O'Neill", "company's", "access", "access", "Q&A", "S.A.", "12g3", "naïve",
      "run", "running", "runs", "ran", "generalization", "general", "generally", "Generals",
    ]
  }

  /// Phrases that are planted; their words are rare elsewhere.
  static var planted: [[String]] {
    [
      ["technology", "access", "fee"], ["quiet", "quartz"], ["of", "the", "company"],
      ["deferred", "tax", "asset", "valuation", "allowance", "note"], ["the", "quiet"],
      ["zebra", "zebra", "zebra"],
    ]
  }

  public init(_ shape: CorpusShape, _ random: Generator) {
    self.shape = shape
    self.random = random
    let boosts: [Float] = [3, 1, 2, 1, 0.5, 0.1, 1.7, 1]
    schema = Schema(
      fields: (0..<shape.fields).map { .init("field\($0)", boost: boosts[$0]) },
      attributes: [
        .init("name", of: .group), .init("filed", of: .group), .init("kind", of: .document),
        .init("period", of: .document),
      ],
      zoneKinds: [.init("item", number: 0), .init("heading", number: 1)])
    words = Array(Self.common.prefix(shape.vocabulary))
    while words.count < shape.vocabulary {
      let number = words.count
      words.append(["w", "term", "x-", "ab"][number % 4] + String(number, radix: 7 + number % 9))
    }
    for word in words { tokenCounts[word] = Analyzer.tokens(in: word).count }
  }

  public mutating func groups() -> [DocumentGroup] {
    (0..<shape.groups).map { number in
      let count = Int.random(in: 0..<4, using: &random) == 0 ? 1...5 : 1...1
      let documents = (0..<Int.random(in: count, using: &random)).map { part in
        document("\(number)#\(part)")
      }
      // In the order of the bytes of their ids, so that documents keep their numbers.
      return DocumentGroup(
        id: "group \(100_000 + number)", attributes: ["name \(number)"], documents: documents)
    }
  }

  /// Two values, the second maybe a date; sometimes there are fewer or they are unknown.
  private mutating func attributes(_ first: String) -> [String?] {
    let day = Int.random(in: 10...28, using: &random)
    let dates = ["2009-08-\(day)", "1996-12-\(day)", "2031-01-\(day)", "December 2007"]
    let date = dates[Int.random(in: 0..<dates.count, using: &random)]
    let all: [[String?]] = [
      [first, date], [first, date], [first, nil], [nil, date], [first], [],
    ]
    return all[Int.random(in: 0..<all.count, using: &random)]
  }

  private mutating func document(_ id: String) -> Document {
    let kinds = ["6-K", "EX-99.1", "EX-99.1", "", "10-K/A"]
    let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
    var document = Document(id: id, attributes: attributes(kind))
    var rest = length()
    var position = 0
    while rest > 0 {
      // The marker of the run's field is a token too.
      position += 1
      let count = min(rest, Int.random(in: 1...max(2, rest), using: &random))
      let field = FieldID(rawValue: UInt8.random(in: 0..<UInt8(shape.fields), using: &random))
      append(run: text(of: count, from: &position), field, to: &document)
      rest -= count
    }
    if Int.random(in: 0..<3, using: &random) == 0, !document.text.isEmpty { addZones(&document) }
    return document
  }

  /// Sometimes a run of its own even where the one before is of the same field.
  private mutating func append(run: String, _ field: FieldID, to document: inout Document) {
    if Bool.random(using: &random) {
      document.append(run.utf8, field: field)
    } else {
      let start = document.text.count
      document.text += Array(run.utf8)
      if document.text.count > start {
        document.runs.append(.init(field: field, range: start..<document.text.count))
      }
    }
  }

  /// Labels of zones: with and without their kind's name, with numbers, none.
  static var labels: [String] {
    ["Item 1A. Risk Factors", "Item 1", "item 7(a) of the Company", "Risk factors", "zone", ""]
  }

  /// Zones next to each other, nested and overlapping.
  private mutating func addZones(_ document: inout Document) {
    var start = 0
    while start < document.text.count {
      let end = min(start + Int.random(in: 1...400, using: &random), document.text.count)
      let label = Self.labels[Int.random(in: 0..<Self.labels.count, using: &random)]
      document.zones.append(.init(kind: UInt8(end % 3), label: label, range: start..<end))
      // Mostly behind it, sometimes inside of it.
      start = Int.random(in: 0..<4, using: &random) == 0 ? (start + end + 1) / 2 : end
    }
  }

  private mutating func length() -> Int {
    var chance = Double.random(in: 0..<shape.lengths.reduce(0, +), using: &random)
    let ranges = [0...0, 1...1, 2...40, 41...2_000, 2_049...12_000]
    for (range, share) in zip(ranges, shape.lengths) {
      if chance < share { return Int.random(in: range, using: &random) }
      chance -= share
    }
    return 1
  }

  /// So many words, about, with planted phrases across the borders of passages.
  ///
  /// - Parameter position: The number of the run's first token in its document.
  private mutating func text(of count: Int, from position: inout Int) -> String {
    var words: [String] = []
    var reach = 3
    while words.count < count {
      if position % 256 >= 256 - reach {
        reach = Int.random(in: 1...5, using: &random)
        if Bool.random(using: &random) {
          let phrase = Self.planted[Int.random(in: 0..<Self.planted.count, using: &random)]
          words += phrase
          position += phrase.count
          continue
        }
      }
      let next = word()
      words.append(next)
      position += tokenCounts[next] ?? 1
    }
    if Int.random(in: 0..<5, using: &random) == 0 { words[0] = words[0].uppercased() }
    return separated(words[...])
  }

  private mutating func separated(_ words: ArraySlice<String>) -> String {
    let separators = [" ", " ", " ", " ", "\n", ", ", ". ", "\t", " — ", "\n\n"]
    var text = ""
    for word in words {
      text += word
      text += separators[Int.random(in: 0..<separators.count, using: &random)]
    }
    return text
  }

  /// A word of the vocabulary; the first ones are by far the most frequent.
  public mutating func word() -> String {
    let share = Double.random(in: 0..<1, using: &random)
    return words[Int(Double(words.count) * share * share * share)]
  }
}

import TextSearch

/// The answer to a query as people read it.
struct AnswerText {
  let terminal: Terminal
  let schema: Schema

  private static let indent = "    "

  func write(_ answer: Answer, to output: inout Output) {
    let unit = answer.options.grouping == .group ? "filing" : "document"
    if answer.result.isRelaxed { output.line(relaxed(answer.query, unit) + "\n") }
    for document in answer.found {
      for line in lines(document) { output.line(line) }
      output.line()
    }
    output.line(total(answer, unit))
    if answer.result.total == 0, let hint = fieldHint(answer.text) { output.line(hint) }
  }

  private func lines(_ document: FoundDocument) -> [String] {
    let rank = Numbers.grouped(document.rank) + "."
    let pad = String(repeating: " ", count: max(0, 3 - rank.count))
    let heading = document.heading
    var head = [heading.first.map(terminal.bold) ?? terminal.bold(document.place)]
    head += heading.dropFirst()
    var lines = ["\(pad)\(rank) \(head.joined(separator: " · "))"]
    let titles = [document.title, document.section].compactMap { $0 }.filter { !$0.isEmpty }
    if !titles.isEmpty {
      let line = titles.joined(separator: " · ")
      lines += terminal.wrap([.init(text: line, isMatch: false)], indent: Self.indent)
    }
    if !heading.isEmpty { lines.append(Self.indent + terminal.faint(document.place)) }
    lines += terminal.wrap(document.snippet, indent: Self.indent + "  ")
    return lines + others(document)
  }

  /// Names of other documents of a filing that are listed.
  private static let othersShown = 5

  private func others(_ document: FoundDocument) -> [String] {
    if document.others.isEmpty { return [] }
    var names = document.others.prefix(Self.othersShown).map(Printable.line)
    let rest = document.others.count - names.count
    if rest > 0 { names.append("\(Numbers.grouped(rest)) more") }
    return [Self.indent + terminal.faint("also: " + names.joined(separator: ", "))]
  }

  private func total(_ answer: Answer, _ unit: String) -> String {
    let time = Numbers.duration(nanoseconds: answer.nanoseconds)
    let total = answer.result.total
    if total == 0 {
      return "No \(unit) matches \(Printable.line(answer.query.printed(in: schema))) · \(time)"
    }
    let count = Numbers.count(total, unit)
    guard let first = answer.found.first, let last = answer.found.last,
      answer.found.count < total
    else { return "\(count) · \(time)" }
    var ranks = Numbers.grouped(first.rank)
    if last.rank > first.rank { ranks += "–" + Numbers.grouped(last.rank) }
    return "\(ranks) of \(count) · \(time)"
  }

  private func relaxed(_ query: Query, _ unit: String) -> String {
    var words = [query]
    if case .boolean(let clauses) = query {
      words = clauses.filter { $0.occur == .bare }.map(\.query)
    }
    let list = words.map { Printable.line($0.printed(in: schema)) }.joined(separator: ", ")
    return "No \(unit) has all of: \(list); showing those with most of them."
  }

  /// A word for those who write `company:flamel`, as other engines have such fields.
  private func fieldHint(_ text: String) -> String? {
    for word in text.split(separator: " ") {
      guard let colon = word.firstIndex(of: ":"), colon != word.startIndex else { continue }
      let name = word[..<colon]
      let isName = name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }
      let known = schema.fields.map(\.name) + schema.zoneKinds.map(\.name)
      if isName, !known.contains(name.lowercased()) {
        let names = schema.fields.map { $0.name + ":" }.joined(separator: " ")
        return "“\(name):” is no field, so it was taken for a word; the fields are \(names)"
      }
    }
    return nil
  }
}

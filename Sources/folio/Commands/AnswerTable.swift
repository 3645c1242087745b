import TextSearch

/// Answers as lines of columns for other programs.
enum AnswerTable {
  /// rank, score, document, filing, form, company, filed, exhibit, title, path.
  static func tsv(_ document: FoundDocument) -> String {
    let texts = [
      document.id, document.filing, document.form, document.company, document.filed,
      document.exhibit, document.title, document.path,
    ]
    return (["\(document.rank)", "\(document.score)"] + texts.map { Printable.line($0 ?? "") })
      .joined(separator: "\t")
  }

  /// A line of a run file of the Text Retrieval Conference.
  static func trec(_ document: FoundDocument, query: String) -> String {
    "\(word(query)) Q0 \(word(document.id)) \(document.rank) \(document.score) folio"
  }

  /// The columns stand between spaces, so they hold none.
  private static func word(_ text: String) -> String {
    let word = Printable.line(text).split(separator: " ").joined(separator: "_")
    return word.isEmpty ? "_" : word
  }
}

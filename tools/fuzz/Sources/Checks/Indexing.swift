import Filings
import TextSearch

/// Takes what is read through an index and back.
public enum Indexing {
  /// Makes an index of the filings, checks it, and compares its text with theirs.
  public static func check(_ filings: [Filing], in folder: ScratchFolder) {
    let groups = filings.map { $0.group() }
    folder.clear()
    do throws(IndexError) {
      let writer = try IndexWriter(index: folder.path, schema: FilingSchema.schema)
      try writer.append(IndexWriter.analyze(groups, schema: FilingSchema.schema))
      _ = try writer.commit()
      let searcher = try Searcher(index: folder.path)
      let documents = groups.flatMap(\.documents)
      if searcher.documentCount != documents.count { Failure.report("documents are missing") }
      for document in documents where String(validating: document.text, as: UTF8.self) != nil {
        guard let address = try searcher.address(of: document.id) else {
          Failure.report("\(document.id) is not found")
        }
        let runs = try searcher.text(address)
        let text = runs.map { $0.fragments.map(\.text).joined() }.joined()
        // Lines of JSON may share an id.
        guard documents.contains(where: { $0.id == document.id && Array(text.utf8) == $0.text })
        else {
          Failure.report("\(document.id) comes back otherwise")
        }
      }
      if let problem = try Searcher.check(index: folder.path).problems.first {
        Failure.report("\(problem)")
      }
    } catch {
      Failure.report("\(error)")
    }
  }
}

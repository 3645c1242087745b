import Filings
import TextSearch

@main
struct Folio {
  static func main() {
    let args = CommandLine.arguments
    do {
      if args[1] == "index" {
        let t0 = Platform.nanoseconds()
        let w = try IndexWriter(index: args[2], schema: FilingSchema.schema)
        let (files, _) = try InputFinder.files(at: [args[3]], excluding: [])
        var t1: UInt64 = 0, t2: UInt64 = 0, t3: UInt64 = 0
        for f in files { for item in try InputFinder.items(of: f) {
          let a = Platform.nanoseconds()
          let r = FilingReader.read(item)
          let groups = r.filings.map { $0.group() }
          let b = Platform.nanoseconds()
          let batch = IndexWriter.analyze(groups, schema: FilingSchema.schema)
          let c = Platform.nanoseconds()
          try w.append(batch)
          let d = Platform.nanoseconds()
          t1 += b - a; t2 += c - b; t3 += d - c
        } }
        let d = Platform.nanoseconds()
        let rep = try w.commit()
        let e = Platform.nanoseconds()
        print(rep, "read", t1/1000000, "analyze", t2/1000000, "append", t3/1000000, "commit", (e-d)/1000000, "total", (e-t0)/1000000)
        print("bits/token", Double(rep.indexBytes)*8/Double(rep.tokenCount))
      } else {
        let s = try Searcher(index: args[2])
        for q in args[3...] {
          let query = try QueryParser(schema: s.schema).parse(q)
          var o = SearchOptions(); o.grouping = .document
          var best = UInt64.max
          var r = try s.search(query, o)
          for _ in 0..<20 { let a = Platform.nanoseconds(); r = try s.search(query, o); best = min(best, Platform.nanoseconds() - a) }
          print(q, r.total, r.isRelaxed, best/1000, "us", r.hits.prefix(3).map { ($0.address.document, $0.score) })
          o.bareWords = .any; o.usesStems = false
          for _ in 0..<20 { let a = Platform.nanoseconds(); r = try s.search(query, o); best = min(best, Platform.nanoseconds() - a) }
          print("   any exact", r.total, best/1000, "us", r.hits.prefix(3).map { ($0.address.document, $0.score) })
        }
      }
    } catch { print("error", error) }
  }
}

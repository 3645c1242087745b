import Foundation
import Testing
@testable import TextSearch
@Suite struct ZZBench {
  func load<T>(_ n: String, _: T.Type) -> [T] {
    let d = try! Data(contentsOf: URL(fileURLWithPath: "/work/scratch/" + n))
    return unsafe d.withUnsafeBytes { unsafe Array($0.bindMemory(to: T.self)) }
  }
  @Test func bench() throws {
    guard ProcessInfo.processInfo.environment["BENCH"] != nil else { return }
    let r = load("ranks.bin", UInt32.self), v = load("variants.bin", UInt16.self), g = load("gaps.bin", UInt32.self)
    let vc = load("vc.bin", UInt16.self), isn = load("isn.bin", UInt8.self), st = load("starts.bin", UInt32.self).map(Int.init)
    let shp = load("shapes.bin", UInt8.self)
    let shapes = vc.indices.map { t in LayoutShape.pack((0..<min(4, Int(vc[t]))).map { LayoutShape(rawValue: t < 4 ? 3 : vc[t] > 1 ? shp[t*8+$0] : 3)! }) }
    let gc = Int(g.max()!) + 1
    for _ in 0..<3 {
      let t0 = Platform.nanoseconds()
      let s = unsafe r.withUnsafeBufferPointer { r in unsafe v.withUnsafeBufferPointer { v in unsafe g.withUnsafeBufferPointer { g in
        LayoutEncoder.encode(unsafe LayoutInput(ranks: r, variants: v, gaps: g, documentStarts: st, fieldCount: 4, variantCounts: vc, isNumber: isn.map { $0 != 0 }, shapes: shapes, gapCount: gc)) } } }
      let t1 = Platform.nanoseconds()
      let n = Double(r.count)
      print("model", s.model.count, "stream", s.stream.count, "bits/token", Double(s.model.count * 8)/n, Double(s.stream.count*8)/n, Double((s.model.count+s.stream.count)*8)/n, "encode ns/token", Double(t1-t0)/n)
      let blocks = LayoutBlock.blocks(of: st)
      let heads = OffsetTable.encode(blocks.map(\.document)).count
      print("blocks", blocks.count, "docs table", heads)
      let m = try SectionFixture.section(s.model), ss = try SectionFixture.section(s.stream)
      let t2 = Platform.nanoseconds()
      let reader = try LayoutReader(model: m, stream: ss, gapCount: gc)
      let t3 = Platform.nanoseconds()
      print("open us", Double(t3-t2)/1000)
      var bad = 0
      let terms = vc.indices.map { LayoutTerm(rank: $0, variantCount: Int(min(255, vc[$0])), isNumber: isn[$0] != 0) }
      let t4 = Platform.nanoseconds()
      var d = 0
      for b in blocks {
        var x = try reader.decoder(at: .init(block: blocks.count == 0 ? 0 : d, document: b.document, token: b.isInner ? 1 : 0)); d += 1
        var doc = b.document
        for t in b.start..<b.end {
          while st[doc+1] <= t { doc += 1 }
          let o = try x.next(terms[Int(r[t])], next: t + 1 < st[doc+1] ? terms[Int(r[t+1])] : nil)
          if o.variant != Int(v[t]) || o.gap != Int(g[t]) { bad += 1 }
        }
      }
      let t5 = Platform.nanoseconds()
      print("bad", bad, "decode ns/token", Double(t5-t4)/n)
    }
  }
}

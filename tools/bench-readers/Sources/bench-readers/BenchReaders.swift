import Filings
import Glibc
import TextSearch

/// Measures how fast files are read and cut into words, on one core: `bench-readers FOLDER…`.
///
/// Files are read into memory before the clock runs. Prints for each folder its megabytes, the best
/// rate of the readers alone, that of readers and analysis together, and the share of each, as
/// tab-separated numbers. Processor time is counted, as other work may hold the core.
@main
struct BenchReaders {
  private static let rounds = 5

  static func main() throws {
    for folder in CommandLine.arguments.dropFirst() {
      let files = try InputFinder.files(at: [folder]).files
      let contents = try files.map { ($0.relativePath, try Platform.read($0.path)) }
      print(measure(folder, contents))
    }
  }

  private static func measure(_ folder: String, _ files: [(path: String, bytes: [UInt8])]) -> String
  {
    var best = (read: Double.infinity, analyzed: Double.infinity)
    for _ in 0..<rounds {
      var round = (read: 0.0, analyzed: 0.0)
      for file in files {
        let start = processorSeconds()
        let filings = FilingReader.read(bytes: file.bytes, path: file.path).filings
        let middle = processorSeconds()
        let groups = filings.map { $0.group() }
        _ = IndexWriter.analyze(groups, schema: FilingSchema.schema)
        round.read += middle - start
        round.analyzed += processorSeconds() - middle
      }
      if round.read + round.analyzed < best.read + best.analyzed { best = round }
    }
    let megabytes = Double(files.reduce(0) { $0 + $1.bytes.count }) / 1e6
    let total = best.read + best.analyzed
    return [megabytes, megabytes / best.read, megabytes / total, best.read / total]
      .map { "\($0)" }.joined(separator: "\t")
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

import Testing

@testable import TextSearch

@Suite struct AnalyzerTests {
  @Test(arguments: AnalysisCase.all)
  func findsTheTerms(of example: AnalysisCase) {
    #expect(Analysis.terms(in: example.text) == example.terms, "\(example.about)")
  }
}

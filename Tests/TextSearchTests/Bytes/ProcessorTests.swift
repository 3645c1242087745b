import Testing

@testable import TextSearch

@Suite struct ProcessorTests {
  @Test(arguments: [
    ("vendor_id\t: x\nflags\t\t: fpu avx avx2 bmi1 bmi2 fma\nbugs\t: none\n", [String]()),
    ("vendor_id\t: x\nflags\t\t: fpu avx sse4_2\nbugs\t: none\n", ["AVX2", "BMI2", "FMA"]),
    ("flags\t\t: fpu avx2 fma\nbugs\t:\n", ["BMI2"]), ("flags\t\t: fpu avx", []), ("", []),
  ])
  func namesWhatIsMissing(_ text: String, _ expected: [String]) {
    #expect(Processor.missingFeatures(in: text) == expected)
  }

  @Test func thisProcessorHasAll() { #expect(Processor.missingFeatures() == []) }
}

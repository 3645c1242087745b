import Testing

@Suite struct FilingsPlaceholder { @Test func nothing() {} }

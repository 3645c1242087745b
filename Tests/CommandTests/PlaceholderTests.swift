import Testing

@Suite struct CommandPlaceholder { @Test func nothing() {} }

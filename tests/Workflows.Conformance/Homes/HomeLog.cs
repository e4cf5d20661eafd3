using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Workflows.Conformance;

/// <summary>Keeps what a home logs, so that facts can count lines.</summary>
public sealed class HomeLog : ILoggerProvider
{
    private readonly ConcurrentQueue<HomeLogLine> _lines = new();

    /// <summary>Every line so far, oldest first.</summary>
    public IReadOnlyCollection<HomeLogLine> Lines => _lines;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Writer(_lines, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Writer(ConcurrentQueue<HomeLogLine> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue(
                    new HomeLogLine(category, logLevel, $"{formatter(state, exception)} {exception}".TrimEnd()));
            }
        }
    }
}

/// <summary>A line of a home's log.</summary>
public sealed record HomeLogLine(string Category, LogLevel Level, string Text);

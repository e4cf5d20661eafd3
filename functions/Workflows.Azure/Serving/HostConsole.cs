using Microsoft.Extensions.Logging;

namespace Workflows.Azure.Serving;

/// <summary>
/// The app's lines on the console of the host that started it. The host shows a line that a worker sends it only by the
/// invocation that it belongs to: lines of the start have none, and under OpenTelemetry's defaults the worker names it
/// in a way that the host does not read (azure-functions-dotnet-worker, issue 3489). What a worker prints, the host
/// always shows, under
/// <c>Host.Function.Console</c>.
/// </summary>
internal sealed class HostConsole(TextWriter output) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>What a line of an invocation that the host knows has in its scope.</summary>
    public const string InvocationId = "AzureFunctions_InvocationId";

    private readonly TextWriter _output = output;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // The console is not ours to close.
    }

    /// <summary>Whether the host shows the line by itself.</summary>
    private bool IsShown()
    {
        var isShown = false;
        _scopes.ForEachScope(
            (scope, _) => isShown |= scope is IEnumerable<KeyValuePair<string, object>> values
                && values.Any(value => value.Key == InvocationId),
            state: 0);
        return isShown;
    }

    private sealed class Line(HostConsole console, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => console._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!console.IsShown())
            {
                var text = $"{logLevel} {category}: {formatter(state, exception)}";
                console._output.WriteLine(exception is null ? text : $"{text}{Environment.NewLine}{exception}");
            }
        }
    }
}

using System.Globalization;

namespace Workflows.Embedded.Demo;

/// <summary>
/// Remembers a database's virtual time beside it. What is written lies ahead of the clock, and the clock never passes
/// what is written, so that time goes on after any end of the process and never repeats.
/// </summary>
internal sealed class ClockFile(string database)
{
    private const string Suffix = ".clock";
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    private readonly string _path = database + Suffix;

    /// <summary>Whether a database lives on virtual time.</summary>
    public static bool IsBeside(string database) => File.Exists(database + Suffix);

    /// <summary>Where the clock goes on, or null at the first start.</summary>
    public DateTimeOffset? Read() => !File.Exists(_path) ? null
        : DateTimeOffset.ParseExact(File.ReadAllText(_path).Trim(), "O", CultureInfo.InvariantCulture);

    /// <summary>A moment before which the clock may go on without another word.</summary>
    public void Write(DateTimeOffset until)
    {
        var temporary = _path + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(until.ToString("O", CultureInfo.InvariantCulture)));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }

    /// <summary>Moves the clock's limit ahead of it until cancelled, then writes where it stopped.</summary>
    public async Task KeepAsync(BusinessTime clock, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var until = clock.After(Ahead);
            Write(until);
            clock.MoveLimit(until);
            await Task.Delay(Pulse, TimeProvider.System, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

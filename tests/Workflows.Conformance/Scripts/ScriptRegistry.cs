using System.Collections.Concurrent;

namespace Workflows.Conformance;

/// <summary>
/// The code of scripted orchestrations and activities by key. It is process-wide, so that a home that was stopped or
/// killed finds the code again; a fact may put other code under a key, as a deploy does.
/// </summary>
public static class ScriptRegistry
{
    private static readonly ConcurrentDictionary<string, Delegate> Scripts = new();
    private static long _last;

    /// <summary>Keeps code under a new key.</summary>
    public static ScriptCall Add(Delegate script)
    {
        var key = $"script-{Interlocked.Increment(ref _last)}";
        Scripts[key] = script;
        return ScriptCall.Of(key);
    }

    /// <summary>Puts other code under a key: the next deploy.</summary>
    public static void Replace(ScriptCall call, Delegate script) => Scripts[call.Script] = script;

    /// <summary>Finds code.</summary>
    public static T Find<T>(ScriptCall call) where T : Delegate => (T)Scripts[call.Script];
}

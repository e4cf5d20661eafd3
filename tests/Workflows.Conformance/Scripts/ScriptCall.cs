using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// Which script to run, and with what: the one input that scripted orchestrations and activities take.
/// </summary>
/// <param name="Script">Its key in <see cref="ScriptRegistry"/>.</param>
/// <param name="Input">Any JSON.</param>
public sealed record ScriptCall(string Script, JsonElement Input)
{
    /// <summary>A call without input.</summary>
    public static ScriptCall Of(string script) => new(script, JsonSerializer.SerializeToElement<object?>(null));

    /// <summary>The same script with another input.</summary>
    public ScriptCall With(object? input) =>
        this with { Input = JsonSerializer.SerializeToElement(input, DurableJson.Options) };

    /// <summary>The input, read as <typeparamref name="T"/>.</summary>
    public T Read<T>() => Input.Deserialize<T>(DurableJson.Options)!;
}

/// <summary>The code of a scripted orchestration.</summary>
public delegate Task<object?> OrchestrationScript(OrchestrationContext context, ScriptCall call);

/// <summary>The code of a scripted activity.</summary>
public delegate Task<object?> ActivityScript(ActivityContext context, ScriptCall call);

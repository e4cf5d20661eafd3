using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Newtonsoft.Json.Linq;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>What the host calls for the functions of an app: the worker's side.</summary>
public interface IWorkerFunctions
{
    /// <summary>Runs an orchestrator over a history.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="request">What the extension hands to a worker: base64 of a protocol message.</param>
    /// <returns>The same, of the answer.</returns>
    Task<string> OrchestrateAsync(string function, string request);

    /// <summary>Runs an activity.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="input">JSON.</param>
    Task<JToken?> ActAsync(string function, string input);
}

/// <summary>
/// The functions as the host knows them. The Functions host makes a method for each function of a worker, with a string
/// in and a string out, when the worker has reported them; so does this.
/// </summary>
internal static class HostFunctions
{
    private static readonly ConcurrentDictionary<string, Type> Made = new();

    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("HostFunctions"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("HostFunctions");

    /// <summary>A class with a method for each of them, and a constructor that takes the worker.</summary>
    public static Type Of(IEnumerable<string> orchestrations, IEnumerable<string> activities)
    {
        string[] orchestrators = [.. orchestrations.Order(StringComparer.Ordinal)];
        string[] steps = [.. activities.Order(StringComparer.Ordinal)];
        lock (Made)
        {
            return Made.GetOrAdd(
                $"{string.Join(' ', orchestrators)};{string.Join(' ', steps)}", _ => Make(orchestrators, steps));
        }
    }

    private static Type Make(string[] orchestrations, string[] activities)
    {
        var type = Module.DefineType($"Functions{Made.Count}", TypeAttributes.Public | TypeAttributes.Sealed);
        var worker = type.DefineField("_worker", typeof(IWorkerFunctions), FieldAttributes.Private);
        var constructor = type.DefineConstructor(
            MethodAttributes.Public, CallingConventions.HasThis, [typeof(IWorkerFunctions)]);
        var code = constructor.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, worker);
        code.Emit(OpCodes.Ret);
        foreach (var name in orchestrations)
        {
            AddMethod(name, typeof(OrchestrationTriggerAttribute), nameof(IWorkerFunctions.OrchestrateAsync));
        }

        foreach (var name in activities)
        {
            AddMethod(name, typeof(ActivityTriggerAttribute), nameof(IWorkerFunctions.ActAsync));
        }

        return type.CreateType();

        void AddMethod(string name, Type trigger, string target)
        {
            var call = typeof(IWorkerFunctions).GetMethod(target)!;
            var method = type.DefineMethod(name, MethodAttributes.Public, call.ReturnType, [typeof(string)]);
            method.SetCustomAttribute(
                new CustomAttributeBuilder(typeof(FunctionNameAttribute).GetConstructor([typeof(string)])!, [name]));
            var parameter = method.DefineParameter(1, ParameterAttributes.None, "input");
            parameter.SetCustomAttribute(new CustomAttributeBuilder(trigger.GetConstructor([])!, []));
            var body = method.GetILGenerator();
            body.Emit(OpCodes.Ldarg_0);
            body.Emit(OpCodes.Ldfld, worker);
            body.Emit(OpCodes.Ldstr, name);
            body.Emit(OpCodes.Ldarg_1);
            body.Emit(OpCodes.Callvirt, call);
            body.Emit(OpCodes.Ret);
        }
    }
}

/// <summary>What a function that asks for a client is handed: where to reach the host.</summary>
public sealed class ClientFunction(Action<string> take)
{
    /// <summary>Its name.</summary>
    public const string Name = "TakeClient";

    /// <summary>Takes the binding as a worker gets it: JSON.</summary>
    [NoAutomaticTrigger]
    [FunctionName(Name)]
#pragma warning disable DF0203 // It stands for a function of a worker in another process, which is handed a string.
    public void Take([DurableClient] string client) => take(client);
#pragma warning restore DF0203
}

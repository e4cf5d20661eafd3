using Workflows.Engine.Instances;
using Workflows.Platform;

namespace Workflows.Engine.History;

/// <summary>The hash chain over the turns of a history, and the hash of the input in its first turn.</summary>
internal static class TurnChain
{
    /// <summary>Decodes the turns one after the other, each after it was checked.</summary>
    /// <exception cref="DamagedDataException">A turn, or the input, is not what was written.</exception>
    public static IEnumerable<TurnRecord> Verify(InstanceRow row, IEnumerable<StoredTurn> stored)
    {
        var chain = TurnRecord.NoChain;
        var turn = 0;
        foreach (var next in stored)
        {
            turn++;
            chain = TurnRecord.ChainAfter(chain, row.Key, next.Turn, next.Data);
            if (next.Turn != turn || !chain.AsSpan().SequenceEqual(next.Chain))
            {
                throw new DamagedDataException($"The history of instance '{row.Id}', from turn {turn} on,");
            }

            var record = TurnRecord.Decode(next.Data);
            if (record.Messages is [Started started, ..] && started.InputHash != Payloads.HashOf(row.Input))
            {
                throw new DamagedDataException($"The input of instance '{row.Id}'");
            }

            yield return record;
        }
    }
}

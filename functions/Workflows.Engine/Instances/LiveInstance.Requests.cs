using System.Text.Json;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Scheduling, and what people ask of an instance.</summary>
internal sealed partial class LiveInstance
{
    private bool OnStart(StartRequest start)
    {
        var options = start.Options;
        if (_row is { } existing && options.ReplaceIf?.Contains(existing.Status) != true)
        {
            start.Answer(created: false);
            return false;
        }

        var now = Now;
        var row = new InstanceRow(Registry.Database.NextKey(), Id, start.Orchestration, Registry.Options.Versions.VersionFor(options.Version), now)
        {
            Status = OrchestrationStatus.Pending,
            Updated = now,
            Input = start.Input,
            StartAt = options.StartAt?.UtcTicks,
        };
        try
        {
            return Submit(NewWrite(start, row, _row?.Key));
        }
        catch (HomeUnavailableException exception)
        {
            _loaded = false;
            start.Fail(exception);
            return false;
        }
    }

    private InstanceWrite NewWrite(StartRequest start, InstanceRow row, long? replaces)
    {
        InstanceWrite write;
        if (row.StartAt > row.Created)
        {
            write = new InstanceWrite(Registry.Database, this, row) { IsNew = true, Replaces = replaces, Messages = [start] };
            write.NewTimers.Add((0, row.StartAt!.Value));
        }
        else if (Unfit(row) is { } unfit)
        {
            write = new InstanceWrite(Registry.Database, this, unfit)
            {
                IsNew = true,
                Replaces = replaces,
                Messages = [start],
                Working = unfit.Status.IsEnded() ? null : true,
            };
        }
        else
        {
            _row = row;
            _turn = 0;
            _chain = TurnRecord.NoChain;
            _working = false;
            _starts = [];
            _orchestrator = NewOrchestrator(row, Registry.Turns.Catalog.FindOrchestration(row.Name)!);
            // The first turn runs before the row is there: if the id turns out to be taken, nothing of it is kept.
            var gathered = new InstanceWrite(Registry.Database, this, row);
            var turn = TurnWrite([start], [], [new Started(Payloads.HashOf(row.Input))], gathered);
            write = new InstanceWrite(Registry.Database, this, turn.Row)
            {
                IsNew = true,
                Replaces = replaces,
                Messages = [start],
            };
            write.TakeOver(turn);
            write.Working = turn.Row.Status.IsEnded() ? null : true;
        }

        write.WhenDurable.Add(() => start.Answer(created: true));
        return write;
    }

    private bool OnOperation(OperationRequest request)
    {
        if (request.InboxSeq > 0 && !request.IsLoaded && request.InboxSeq <= _readUpTo)
        {
            return false;
        }

        if (_row is null)
        {
            request.Answer(OperationOutcome.NotFound);
            return false;
        }

        var write = request.Kind switch
        {
            OperationKind.Suspend => SuspendWrite(request),
            OperationKind.Resume => ResumeWrite(request),
            OperationKind.Terminate => TerminateWrite(request),
            OperationKind.Purge => PurgeWrite(request),
            OperationKind.Rewind => RewindWrite(request),
            _ => null,
        };
        if (write is null)
        {
            request.Answer(OperationOutcome.NoChange);
            if (request.InboxSeq == 0)
            {
                return false;
            }

            write = new InstanceWrite(Registry.Database, this, _row) { Messages = [request] };
            if (request.Kind == OperationKind.Rewind && _row.Status.IsEnded())
            {
                // The parent waits for it again, and it stays as it is.
                write.Report = _row.Status == OrchestrationStatus.Completed ? (_row.Output, null)
                    : (null, _row.Status == OrchestrationStatus.Failed ? _row.Output : Failures.Terminated(Id, _row.Reason ?? ""));
            }
        }

        if (request.InboxSeq > 0)
        {
            write.Consumed.Add(request.InboxSeq);
        }

        write.WhenDurable.Add(() => request.Answer(OperationOutcome.Done));
        return Submit(write);
    }

    private InstanceWrite? SuspendWrite(OperationRequest request)
    {
        if (_row!.Status is not (OrchestrationStatus.Running or OrchestrationStatus.Pending))
        {
            return null;
        }

        _orchestrator = null;
        return RowWrite(request, _row with { Status = OrchestrationStatus.Suspended, Reason = request.Reason, Updated = Now });
    }

    private InstanceWrite? ResumeWrite(OperationRequest request)
    {
        if (_row!.Status is not (OrchestrationStatus.Suspended or OrchestrationStatus.Blocked))
        {
            return null;
        }

        var status = _row.StartAt > Now ? OrchestrationStatus.Pending : OrchestrationStatus.Running;
        var write = RowWrite(request, _row with { Status = status, Reason = null, Updated = Now });
        // Whoever resumes an instance gives its steps another chance.
        write.Starts.AddRange(_starts.Select(starts => (starts.Key, starts.Value with { Crashes = 0 })));
        write.Working = true;
        write.Reloads = true;
        return write;
    }

    private InstanceWrite? TerminateWrite(OperationRequest request)
    {
        if (_row!.Status.IsEnded())
        {
            return null;
        }

        var now = Now;
        var write = RowWrite(request, _row with
        {
            Status = OrchestrationStatus.Terminated,
            Reason = request.Reason,
            Output = JsonSerializer.SerializeToUtf8Bytes(request.Reason, DurableJson.Options),
            Ended = now,
            Updated = now,
        });
        if (_orchestrator is not null)
        {
            write.ClosedTimers.AddRange(_orchestrator.Tasks.Timers);
        }
        else if (_row.StartAt is { } startAt)
        {
            write.ClosedTimers.Add((0, startAt));
        }

        if (request.Recursive)
        {
            write.TerminatesChildren = request.Reason;
        }

        if (_row.Parent is not null)
        {
            write.Report = (null, Failures.Terminated(Id, request.Reason));
        }

        return write;
    }

    private InstanceWrite? RewindWrite(OperationRequest request)
    {
        if (_row is not { Status: OrchestrationStatus.Failed } failed
            || Registry.Turns.Catalog.FindOrchestration(failed.Name) is not { } descriptor)
        {
            return null;
        }

        var stored = Registry.Database.Readers.Read(
            failed.Key, static (connection, key) => InstanceStatements.ReadTurns(connection, key));
        var row = failed with
        {
            Status = OrchestrationStatus.Running,
            Reason = request.Reason,
            Output = null,
            Ended = null,
            Updated = Now,
        };
        if (RewoundHistory.Of(row, stored.ConvertAll(turn => TurnRecord.Decode(turn.Data)), descriptor, Registry.Turns) is not { } rewound)
        {
            Registry.Log.NothingToRewind(Id);
            return null;
        }

        var write = RowWrite(request, row);
        write.TurnAt = row.Updated;
        write.Rewritten = rewound.Turns;
        write.NewTimers.AddRange(rewound.Timers);
        write.RewindsChildren = request.Reason;
        write.Outgoing.AddRange(rewound.FailedSubs.Select(action => (action, true)));
        write.Working = true;
        write.Reloads = true;
        return write;
    }

    private InstanceWrite? PurgeWrite(OperationRequest request) => _row!.Status.IsEnded()
        ? new InstanceWrite(Registry.Database, this, _row) { Purges = true, Messages = [request] }
        : null;

    private InstanceWrite RowWrite(OperationRequest request, InstanceRow row) =>
        new(Registry.Database, this, row) { UpdatesRow = true, Messages = [request] };
}

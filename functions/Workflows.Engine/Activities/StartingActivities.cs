namespace Workflows.Engine.Activities;

/// <summary>Activities that are about to start, because the turn that scheduled them has committed.</summary>
/// <param name="Pool">Where they run.</param>
/// <param name="Runs">The activities.</param>
/// <param name="Here">Whether the last one may run on the calling thread.</param>
internal readonly record struct StartingActivities(ActivityPool Pool, IReadOnlyList<ActivityRun>? Runs, bool Here)
{
    public void Start()
    {
        for (var i = 0; i < Runs?.Count; i++)
        {
            Pool.Start(Runs[i], Here && i == Runs.Count - 1);
        }
    }
}

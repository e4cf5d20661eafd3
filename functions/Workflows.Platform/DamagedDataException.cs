namespace Workflows.Platform;

/// <summary>
/// Something in the home's storage is not what was written there. It is not used, and nothing is done on its strength;
/// no retry helps until an admin has repaired it.
/// </summary>
/// <param name="what">Which record, in words for people.</param>
public sealed class DamagedDataException(string what) : Exception(
    $"{what} is damaged: it is not what was written. Restore the file from a copy, or have the record looked at.");

namespace Azure.Data.Tables.Models;

/// <summary>The service's error codes, comparable with a <see cref="RequestFailedException.ErrorCode"/> that is not null.</summary>
public readonly struct TableErrorCode : IEquatable<TableErrorCode>
{
    private readonly string _value;

    public TableErrorCode(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static TableErrorCode TableBeingDeleted { get; } = new("TableBeingDeleted");

    public static TableErrorCode TableNotFound { get; } = new("TableNotFound");

    public static implicit operator TableErrorCode(string value) => new(value);

    public static bool operator ==(TableErrorCode left, TableErrorCode right) => left.Equals(right);

    public static bool operator !=(TableErrorCode left, TableErrorCode right) => !left.Equals(right);

    public bool Equals(TableErrorCode other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object obj) => obj is TableErrorCode other && Equals(other);

    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    public override string ToString() => _value;
}

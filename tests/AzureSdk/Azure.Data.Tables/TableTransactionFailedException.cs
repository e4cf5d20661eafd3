using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>A batch was refused; nothing of it was written.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        // The service begins its message with the place of the action: "3:The specified entity already exists."
        var place = requestFailedException.Message.Split(':', 2)[0];
        FailedTransactionActionIndex = int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
    }

    public int? FailedTransactionActionIndex { get; }
}

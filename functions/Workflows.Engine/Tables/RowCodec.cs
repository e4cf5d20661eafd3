using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tables;

/// <summary>Encodes the properties of a row as bytes, each with its exact type.</summary>
internal static class RowCodec
{
    private enum Kind : byte
    {
        Text = 1,
        Int = 2,
        Long = 3,
        Double = 4,
        True = 5,
        False = 6,
        Time = 7,
        Guid = 8,
        Bytes = 9,
    }

    public static byte[] Encode(TableRow row)
    {
        var writer = ByteWriter.Rent();
        writer.Number(row.Properties.Count);
        foreach (var (name, value) in row.Properties)
        {
            writer.Text(name);
            EncodeValue(writer, value);
        }

        return writer.Release();
    }

    public static TableRow Decode(in RowId id, long version, long at, ReadOnlySpan<byte> properties)
    {
        var row = new TableRow(id.PartitionKey, id.RowKey)
        {
            ETag = RowVersion.ToETag(version),
            Timestamp = new DateTimeOffset(at, TimeSpan.Zero),
        };
        var reader = new ByteReader(properties);
        for (var left = reader.Int(); left > 0; left--)
        {
            var name = reader.Text();
            row[name] = DecodeValue(ref reader);
        }

        return row;
    }

    private static void EncodeValue(ByteWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Byte((byte)Kind.Text);
                writer.Text(text);
                break;
            case int number:
                writer.Byte((byte)Kind.Int);
                writer.Number(number);
                break;
            case long number:
                writer.Byte((byte)Kind.Long);
                writer.Number(number);
                break;
            case double number:
                writer.Byte((byte)Kind.Double);
                writer.Fixed(BitConverter.DoubleToInt64Bits(number));
                break;
            case bool flag:
                writer.Byte((byte)(flag ? Kind.True : Kind.False));
                break;
            case DateTimeOffset time:
                writer.Byte((byte)Kind.Time);
                writer.Number(time.UtcTicks);
                break;
            case Guid guid:
                writer.Byte((byte)Kind.Guid);
                writer.Bytes(guid.ToByteArray());
                break;
            case byte[] bytes:
                writer.Byte((byte)Kind.Bytes);
                writer.Bytes(bytes);
                break;
            default:
                throw new ArgumentException($"A row cannot store a {value.GetType().Name}.", nameof(value));
        }
    }

    private static object DecodeValue(ref ByteReader reader)
    {
        var kind = (Kind)reader.Byte();
        return kind switch
        {
            Kind.Text => reader.Text(),
            Kind.Int => (int)reader.Number(),
            Kind.Long => reader.Number(),
            Kind.Double => BitConverter.Int64BitsToDouble(reader.Fixed()),
            Kind.True => true,
            Kind.False => false,
            Kind.Time => new DateTimeOffset(reader.Number(), TimeSpan.Zero),
            Kind.Guid => new Guid(reader.Bytes()),
            Kind.Bytes => reader.Bytes(),
            _ => throw new InvalidDataException($"A stored row has a value of unknown kind {(byte)kind}."),
        };
    }
}

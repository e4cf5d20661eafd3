using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Platform;

namespace Workflows.Web.Hosting.Rows;

/// <summary>Reads a page of a list that a store keeps.</summary>
/// <param name="size">At most so many rows.</param>
/// <param name="continuation">Of the page before; null for the first.</param>
internal delegate Task<Page<T>> ReadPage<T>(int size, string? continuation);

/// <summary>
/// Fills pages with the rows that a person sees. Others are left out and the next ones are read, up to a bound; beyond
/// it a page is short, and the next one goes on. Its continuation may stand behind a row of another's, which it would
/// name: it is sealed.
/// </summary>
internal sealed class VisiblePages(IDataProtectionProvider protection)
{
    private const int Chunk = 100;

    private readonly IDataProtector _seal = protection.CreateProtector("Workflows.Rows.Continuation");

    /// <param name="mostRows">Rows looked at before a page is given as it is.</param>
    /// <param name="lookAt">What of a row the person sees; null when they must not know of it.</param>
    /// <param name="show">The row as they see it.</param>
    /// <exception cref="FormatException">The continuation is not one of ours.</exception>
    public async Task<Page<T>> FillAsync<T>(
        int size, string? continuation, int mostRows, ReadPage<T> read, Func<T, Task<FieldRights?>> lookAt,
        Func<FieldRights, T, T> show)
    {
        var next = continuation is null ? null : Open(continuation);
        var seen = new List<T>();
        var looked = 0;
        do
        {
            var left = size - seen.Count;
            var page = await read(Math.Max(left, Chunk), next);
            var (visible, end) = await LookAsync(page.Items, left, lookAt, show);
            if (end < page.Items.Count)
            {
                // A continuation follows a page's last row, so the page is read again up to the last row that fits.
                page = await read(end, next);
                (visible, _) = await LookAsync(page.Items, int.MaxValue, lookAt, show);
            }

            seen.AddRange(visible);
            looked += page.Items.Count;
            next = page.Continuation;
        }
        while (next is not null && seen.Count < size && looked < mostRows);

        return new Page<T>(seen, next is null ? null : _seal.Protect(next));
    }

    /// <returns>The first rows that are seen, at most so many, and behind which row the last one stands.</returns>
    private static async Task<(List<T> Visible, int End)> LookAsync<T>(
        IReadOnlyList<T> rows, int most, Func<T, Task<FieldRights?>> lookAt, Func<FieldRights, T, T> show)
    {
        var visible = new List<T>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (await lookAt(rows[i]) is { } fields)
            {
                visible.Add(show(fields, rows[i]));
                if (visible.Count == most)
                {
                    return (visible, i + 1);
                }
            }
        }

        return (visible, rows.Count);
    }

    private string Open(string continuation)
    {
        try
        {
            return _seal.Unprotect(continuation);
        }
        catch (CryptographicException exception)
        {
            throw new FormatException("The continuation is not one of ours.", exception);
        }
    }
}

using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Policies;

namespace Workflows.Web.Hosting.Rows;

/// <summary>The matrix of rights as a Markdown document.</summary>
public static class AccessReport
{
    /// <summary>Who may see and do what on which route, and who sees which field.</summary>
    /// <param name="routes">The home's whole route table.</param>
    /// <param name="policy">The policy in force.</param>
    public static string Print(IEnumerable<Endpoint> routes, Policy policy)
    {
        var text = $"""
            # Who may see and do what

            Made by the command `access` from the route table and the policy; a test asks every route and compares.
            Where a cell has two answers, the first is for a row of one's own, or of a person whom one leads; the second
            is for a row of another team and region. What is between them follows from the reach of the role. A mail is
            its deal's when it went to a buyer; one to a colleague is that colleague's alone, whatever the deal.

            {Reach(policy)}
            ## Routes

            {Table(["route", "row", "stranger", .. Names], Lines(routes, policy))}
            ## Fields

            A field that is left out looks like one that is not known: it is null, empty, or not on the page.

            {Table(["field", .. Names], Fields(policy))}
            """;
        return text.ReplaceLineEndings("\n");
    }

    private static IEnumerable<string> Names => AccessMatrix.Roles.Select(role => role.Name);

    private static string Reach(Policy policy)
    {
        var visibility = policy.Visibility ?? VisibilityPolicy.Default;
        return Table(
            ["reach", "sees", "changes"],
            [
                Row("sales", visibility.Sales), Row("manager", visibility.Manager),
                Row("director", visibility.Director), Row("operations", visibility.Operations),
                Row("finance, admin", RowScopes.Everything),
            ]);

        static string[] Row(string name, RowScopes scopes) => [name, Word(scopes.See), Word(scopes.Change)];
    }

    private static IEnumerable<string[]> Lines(IEnumerable<Endpoint> routes, Policy policy) =>
        AccessMatrix.Of(routes, policy).Select(line => (string[])
        [
            $"`{line.Route}`",
            line.Row.Reason is { } reason ? $"none: {reason}" : $"{Word(line.Row.Kind)}, {Word(line.Row.Access)}",
            Word(line.Stranger),
            .. AccessMatrix.Roles.Select(role => Word(line.Cells[role.Name])),
        ]);

    private static IEnumerable<string[]> Fields(Policy policy) => Enum.GetValues<RowField>().Select(field => (string[])
    [
        NameOf(field),
        .. AccessMatrix.Roles.Select(role =>
        {
            var (own, others) = AccessMatrix.FieldsOf(role.Name, role.Role, policy);
            return Pair(own.Shows(field) ? "shown" : "left out", others.Shows(field) ? "shown" : "left out");
        }),
    ]);

    private static string NameOf(RowField field) => field switch
    {
        RowField.CostAndMargin => "unit cost, margin, facts of a discount's approval",
        RowField.BuyerContact => "buyer's e-mail address and phone",
        RowField.CustomerCredit => "customer's limit, exposure and balances, facts of a credit approval",
        _ => "network address and program of an approver",
    };

    private static string Word(AccessCell cell) => Pair(Word(cell.Own), Word(cell.Others));

    private static string Word(AccessAnswer answer) => answer switch
    {
        AccessAnswer.Done => "yes",
        AccessAnswer.Listed => "listed",
        AccessAnswer.LeftOut => "left out",
        AccessAnswer.SignIn => "401",
        AccessAnswer.Forbidden => "403",
        _ => "404",
    };

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static string Pair(string own, string others) => own == others ? own : $"{own} / {others}";

    private static string Table(IReadOnlyList<string> heads, IEnumerable<string[]> lines)
    {
        var rows = lines.ToList();
        var widths = heads.Select((head, i) => rows.Select(row => row[i].Length).Append(head.Length).Max()).ToList();
        var text = new StringBuilder();
        Write([.. heads]);
        Write([.. widths.Select(width => new string('-', width))]);
        rows.ForEach(Write);
        return text.ToString();

        void Write(string[] cells)
        {
            var padded = cells.Select((cell, i) => cell.PadRight(widths[i]));
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", padded)} |\n");
        }
    }
}

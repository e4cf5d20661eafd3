using System.Globalization;
using System.Text;

namespace Workflows.Embedded.Commands;

/// <summary>What <c>--help</c> says.</summary>
internal static class Help
{
    private const string Program = "dotnet run --project functions/Workflows.Embedded --";

    public static string Of(IReadOnlyList<ICommand> commands, ICommand byDefault)
    {
        var text = new StringBuilder()
            .AppendLine("Workflows: every inquiry from the platform's webhook to money in the bank.")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"  {Program} [COMMAND] [OPTIONS]")
            .AppendLine();
        foreach (var command in commands)
        {
            var isDefault = command == byDefault ? " (the default)" : "";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"  {command.Syntax.Usage,-24} {command.Syntax.Summary}{isDefault}");
        }

        return text.AppendLine()
            .AppendLine("COMMAND --help tells its options, --version the version of the product.")
            .ToString();
    }

    public static string Of(ICommand command)
    {
        var syntax = command.Syntax;
        var text = new StringBuilder()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"  {Program} {syntax.Usage}{(syntax.Options.Count > 0 ? " [OPTIONS]" : "")}")
            .AppendLine()
            .AppendLine(syntax.Summary);
        if (syntax.Options.Count > 0)
        {
            text.AppendLine();
        }

        foreach (var option in syntax.Options)
        {
            var setting = option.Setting is null ? "" : $" [{option.Setting}]";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"  {$"{option.Name} {option.Value}",-24} {option.Help}{setting}");
        }

        return text.ToString();
    }
}

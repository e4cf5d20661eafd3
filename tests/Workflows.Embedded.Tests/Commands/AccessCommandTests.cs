using Workflows.Conformance;

namespace Workflows.Embedded.Tests.Commands;

public sealed class AccessCommandTests
{
    [Fact]
    public async Task The_matrix_of_the_documents_is_the_one_that_the_command_prints()
    {
        var (exit, output, error) = await Shell.RunAsync("access");

        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs", "access.md")), output);
    }

    [Fact]
    public async Task A_policy_of_one_s_own_shows_in_the_matrix()
    {
        var (_, policy, _) = await Shell.RunAsync("policy", "print");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file, policy.Replace("\"see\": \"Own\"", "\"see\": \"All\"", StringComparison.Ordinal));
            var (exit, output, _) = await Shell.RunAsync("access", "--policy", file);

            Assert.Equal(0, exit);
            Assert.Contains("| sales          | all  | own     |", output, StringComparison.Ordinal);
            var answer = output.Split('\n').Single(
                line => line.Contains("`POST /api/deals/{id}/answer`", StringComparison.Ordinal));
            Assert.Contains("yes / 403", answer, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

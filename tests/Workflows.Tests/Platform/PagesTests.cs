using Workflows.Platform;

namespace Workflows.Tests.Platform;

public sealed class PagesTests
{
    [Fact]
    public async Task A_list_is_read_to_its_end_over_pages_without_items()
    {
        var asked = new List<string?>();
        var pages = await Pages.ReadAllAsync(from =>
        {
            asked.Add(from);
            return Task.FromResult(from switch
            {
                null => new Page<int>([1, 2], "a"),
                "a" => new Page<int>([], "b"),
                _ => new Page<int>([3], null),
            });
        }).ToListAsync();

        Assert.Equal([1, 2, 3], pages.SelectMany(page => page.Items));
        Assert.Equal([null, "a", "b"], asked);
    }

    [Fact]
    public async Task No_page_is_read_before_it_is_asked_for()
    {
        var reads = 0;
        var first = await Pages.ReadAllAsync(_ => Task.FromResult(new Page<int>([++reads], "more"))).FirstAsync();
        Assert.Equal((1, 1), (Assert.Single(first.Items), reads));
    }
}

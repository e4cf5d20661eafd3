using Microsoft.Extensions.Hosting;
using Workflows.Azure.Serving;

await HomeApplication.CreateBuilder(args).Build().RunAsync();

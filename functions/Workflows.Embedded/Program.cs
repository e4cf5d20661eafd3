using Workflows.Embedded.Commands;

return await ProgramCommands.Create().RunAsync(args, Terminal.Process);

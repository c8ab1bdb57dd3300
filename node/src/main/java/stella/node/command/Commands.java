package stella.node.command;

import picocli.CommandLine;
import stella.node.cli.Console;

/** Adds the commands of this package to the program. */
public final class Commands {
    private Commands() {}

    public static void register(CommandLine root, Console console) {
        root.addSubcommand(new PutCommand(console));
        root.addSubcommand(new GetCommand(console));
        root.addSubcommand(new CatCommand(console));
        root.addSubcommand(new ListCommand(console));
        group(root, new DealGroup(), new DealList(console), new DealShow(console), new DealWatch(console));
        group(root, new RequestGroup(), new RequestList(console), new RequestShow(console));
        group(
                root,
                new ReputationGroup(),
                new ReputationList(console),
                new ReputationShow(console),
                new ReputationReplay(console),
                new ReputationEvaluate(console),
                new ReputationRecompute(console));
        root.addSubcommand(new WhyCommand(console));
        root.addSubcommand(new AppealCommand(console));
        root.addSubcommand(new FaultCommand(console));
        root.addSubcommand(new DoctorCommand(console));
        group(root, new ChainGroup(), new ChainSpec(console), new ChainImport(console));
    }

    private static void group(CommandLine root, Object group, Object... commands) {
        CommandLine line = new CommandLine(group);
        root.addSubcommand(line);
        for (Object command : commands) line.addSubcommand(command);
    }
}

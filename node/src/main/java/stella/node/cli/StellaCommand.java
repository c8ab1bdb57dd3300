package stella.node.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import stella.node.cli.content.CarExtract;
import stella.node.cli.content.CarGroup;
import stella.node.cli.content.CarList;
import stella.node.cli.content.CarPack;
import stella.node.cli.content.CarVerify;
import stella.node.cli.content.CidCommand;
import stella.node.cli.content.CommpCommand;
import stella.node.cli.content.ProofGroup;
import stella.node.cli.content.ProofMake;
import stella.node.cli.content.ProofVerify;
import stella.node.command.Commands;
import stella.node.dev.DemoCommand;
import stella.node.dev.DevCommand;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.piece.Piece;
import stella.protocol.unixfs.Profile;

/** The root of all commands. */
@Command(
        name = "stella",
        header = "Decentralised storage for Substrate chains.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stella demo model.tflite           the whole story of one file on a network of its own",
            "  stella dev                         a network that stays; then stella put, get, deal, reputation",
            "  stella cid model.tflite            the CID that any IPFS tool gives it",
            "  stella car pack model.tflite       the piece that a Store would hold",
            "  stella car verify model.tflite.car --output json"
        })
public final class StellaCommand implements Runnable {
    /** Examples come before everything else but the one line that says what a command is for. */
    private static final List<String> HELP_ORDER = List.of(
            UsageMessageSpec.SECTION_KEY_HEADER_HEADING,
            UsageMessageSpec.SECTION_KEY_HEADER,
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER,
            "blank",
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST);

    private static final String OUTPUT = "--output";

    private final Console console;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private StellaCommand(Console console) {
        this.console = console;
    }

    /** Every command of the program: one line each. */
    private static void register(CommandLine root, Console console) {
        root.addSubcommand(new DemoCommand(console));
        root.addSubcommand(new DevCommand(console));
        Commands.register(root, console);
        root.addSubcommand(new CidCommand(console));
        root.addSubcommand(new CommpCommand(console));
        group(
                root,
                new CarGroup(),
                new CarPack(console),
                new CarList(console),
                new CarExtract(console),
                new CarVerify(console));
        group(root, new ProofGroup(), new ProofMake(console), new ProofVerify(console));
    }

    private static void group(CommandLine root, Object group, Object... commands) {
        CommandLine line = new CommandLine(group);
        root.addSubcommand(line);
        for (Object command : commands) line.addSubcommand(command);
    }

    @Option(
            names = OUTPUT,
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            description = "Form of the data on standard output: table (default), json, ndjson or plain.")
    void output(@Nullable OutputFormat format) {
        if (format != null) console.format(format);
    }

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "No talk and no progress on standard error.")
    void quiet(boolean quiet) {
        if (quiet) console.quiet(true);
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.out());
    }

    /** Runs the program and returns its exit code. */
    public static int run(Console console, String... arguments) {
        presetFormat(console, arguments);
        int exitCode = commandLine(console).execute(arguments);
        console.out().flush();
        return exitCode;
    }

    /** The whole command tree. */
    static CommandLine commandLine(Console console) {
        CommandLine root = new CommandLine(new StellaCommand(console));
        register(root, console);
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUnmatchedOptionsArePositionalParams(false);
        root.setDefaultValueProvider(new EnvironmentDefaults(console.environment()));
        root.registerConverter(Cid.class, text -> readable("CID", text, Cid::parse));
        root.registerConverter(Piece.class, text -> readable("piece CID", text, Piece::parse));
        root.registerConverter(Hash.class, text -> readable("hash of 32 bytes in hexadecimal", text, Hash::hex));
        root.registerConverter(Profile.class, text -> readable("profile", text, Profile::named));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
        root.setParameterExceptionHandler((failure, _) -> Errors.usage(console, failure));
        root.setExecutionExceptionHandler((failure, _, _) -> Errors.execution(console, failure));
        orderHelp(root);
        return root;
    }

    /** From the environment, then from the arguments: so even an error before {@code --output json} is told in JSON. */
    private static void presetFormat(Console console, String... arguments) {
        presetFormat(console, console.environment().getOrDefault(EnvironmentDefaults.variable(OUTPUT), ""));
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(OUTPUT + "="))
                presetFormat(console, arguments[i].substring(OUTPUT.length() + 1));
            else if (arguments[i].equals(OUTPUT) && i + 1 < arguments.length) presetFormat(console, arguments[i + 1]);
        }
    }

    private static void presetFormat(Console console, String name) {
        for (OutputFormat format : OutputFormat.values())
            if (format.name().equalsIgnoreCase(name)) console.format(format);
    }

    private static void orderHelp(CommandLine command) {
        command.setHelpSectionKeys(HELP_ORDER);
        command.getHelpSectionMap().put("blank", _ -> System.lineSeparator());
        command.getSubcommands().values().forEach(StellaCommand::orderHelp);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(String text);
    }

    private static <T> T readable(String what, String text, Reading<T> reading) {
        try {
            return reading.of(text);
        } catch (MalformedException e) {
            throw new CommandLine.TypeConversionException("'" + text + "' is no " + what + ": " + e.reason());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException("'" + text + "' is no " + what);
        }
    }
}
